// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "base/result.h"
#include "data/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
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
    std::string leaves; ///< packed (node, hash) pairs, 8 bytes each, little endian
    data::Value eventTime;
    std::string rows;          ///< source rows as JSON, may be empty
    std::uint8_t category = 0; ///< plan::Category
};

/// Append-only file of frames: length, CRC-32C, bytes. Durable only after sync().
class SpoolWriter
{
public:
    virtual ~SpoolWriter() = default;
    /// Byte offset of the frame.
    [[nodiscard]] virtual Result<std::uint64_t> append(const SpoolRecord& record) = 0;
    [[nodiscard]] virtual Result<void> sync() = 0;
    [[nodiscard]] static Result<std::unique_ptr<SpoolWriter>> create(const std::string& path);
};

/// Error: State "spool.damaged" with file and offset when a frame's length or checksum is wrong.
class SpoolReader
{
public:
    virtual ~SpoolReader() = default;
    /// `count` records from `offset` on, in order of appending.
    [[nodiscard]] virtual Result<std::vector<SpoolRecord>> read(std::uint64_t offset,
                                                                std::uint32_t count) = 0;
    /// The record at `offset` and the offset of the one behind it; nothing at the end of the file.
    /// The first record is at firstOffset.
    [[nodiscard]] virtual Result<std::optional<std::uint64_t>> next(std::uint64_t offset,
                                                                    SpoolRecord& into) = 0;
    static constexpr std::uint64_t firstOffset = 8;
    [[nodiscard]] static Result<std::unique_ptr<SpoolReader>> open(const std::string& path);
};

} // namespace headgate::state
