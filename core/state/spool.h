// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "base/result.h"
#include "data/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::state {

/// One record of a plan, on disk until its outcome is known.
struct SpoolRecord
{
    Hash128 keyHash;
    std::string keyText;
    data::Value match;         ///< normalised
    data::Value previousMatch; ///< for Re-keyed
    std::string payload;
    std::string requestValues;
    Hash128 fingerprint;
    Hash128 matchHash;
    std::string leaves; ///< by plan::packLeaves
    data::Value eventTime;
    std::string rows;          ///< source rows as JSON, may be empty
    std::uint8_t category = 0; ///< plan::Category
};

/// The same as its frame has it: views of the frame's bytes.
struct SpoolView
{
    std::string_view frame; ///< all of it, as it lies in the spool
    Hash128 keyHash;
    Hash128 fingerprint;
    Hash128 matchHash;
    std::string_view keyText;
    data::ValueView match;
    data::ValueView previousMatch;
    std::string_view payload;
    std::string_view requestValues;
    std::string_view leaves;
    data::ValueView eventTime;
    std::string_view rows;
    std::uint8_t category = 0;
};

/// Append-only file of frames: length, CRC-32C, bytes. Durable only after sync().
class SpoolWriter
{
public:
    virtual ~SpoolWriter() = default;
    /// Byte offset of the frame.
    [[nodiscard]] virtual Result<std::uint64_t> append(const SpoolRecord& record) = 0;
    /// A frame as appendFrame() makes it.
    [[nodiscard]] virtual Result<std::uint64_t> appendEncoded(std::string_view frame) = 0;
    [[nodiscard]] virtual Result<void> sync() = 0;
    [[nodiscard]] static Result<std::unique_ptr<SpoolWriter>> create(const std::string& path);
};

/// Fast where frames are read in order, also at up to `mostPlaces` places of the file in turn.
/// Error: State "spool.damaged" with file and offset when a frame's length or checksum is wrong.
class SpoolReader
{
public:
    virtual ~SpoolReader() = default;
    /// `count` records from `offset` on, in order of appending.
    [[nodiscard]] virtual Result<std::vector<SpoolRecord>> read(std::uint64_t offset,
                                                                std::uint32_t count) = 0;
    /// Appends the frame at `offset`, which is whole, to `bytes`. See viewFrame().
    [[nodiscard]] virtual Result<void> readFrame(std::uint64_t offset, std::string& bytes) = 0;
    /// The record at `offset` and the offset of the one behind it; nothing at the end of the file.
    /// The first record is at firstOffset.
    [[nodiscard]] virtual Result<std::optional<std::uint64_t>> next(std::uint64_t offset,
                                                                    SpoolRecord& into) = 0;
    static constexpr std::uint64_t firstOffset = 8;
    static constexpr std::size_t mostPlaces = 256;
    [[nodiscard]] static Result<std::unique_ptr<SpoolReader>> open(const std::string& path);
};

} // namespace headgate::state
