// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/spool.h"

namespace headgate::state {

/// The file begins with this; frames follow. A frame is length and CRC-32C of its body, 4 bytes
/// little endian each, and the body: the record's fixed parts, then each text after its length.
inline constexpr std::string_view spoolMagic = "HGSPOOL1";
static_assert(spoolMagic.size() == SpoolReader::firstOffset);
inline constexpr std::size_t frameHeaderSize = 8;
/// A record is Invalid long before (semantics 7: 32 MiB of rows); more is damage.
inline constexpr std::uint32_t largestFrame = 256U << 20;

void appendFrame(std::string& out, const SpoolRecord& record, std::uint8_t category);

struct FrameHeader
{
    std::uint32_t length = 0;
    std::uint32_t checksum = 0;
};
/// `bytes` holds at least frameHeaderSize bytes.
[[nodiscard]] FrameHeader readFrameHeader(std::string_view bytes);
/// Of the whole frame at the beginning of `bytes`, header included.
[[nodiscard]] inline std::size_t frameSize(std::string_view bytes)
{
    return frameHeaderSize + readFrameHeader(bytes).length;
}
/// Its length and its checksum are right.
[[nodiscard]] bool frameIsWhole(std::string_view frame);
/// False if the frame is not whole or does not parse.
[[nodiscard]] bool readFrame(std::string_view frame, SpoolRecord& into);
/// Takes a whole frame apart; nothing if it does not parse.
[[nodiscard]] std::optional<SpoolView> viewFrame(std::string_view frame);
/// The same frame under a category; `frame` is whole and one that viewFrame() takes.
void appendFrame(std::string& out, std::string_view frame, std::uint8_t category);

} // namespace headgate::state
