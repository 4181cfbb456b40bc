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
/// False if the body is not what its checksum says or does not parse.
[[nodiscard]] bool readFrameBody(const FrameHeader& header, std::string_view body,
                                 SpoolRecord& into);

} // namespace headgate::state
