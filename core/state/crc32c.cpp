// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/crc32c.h"

#include <array>

#if defined(__x86_64__) && defined(__GNUC__)
#define HEADGATE_CRC_INSTRUCTION
#include <cstring>
#include <nmmintrin.h>
#endif

namespace headgate::state {

namespace {

using CrcTables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr std::uint32_t reversedPolynomial = 0x82F63B78;

/// Table k holds the effect of a byte that is followed by k more: eight bytes a step.
constexpr CrcTables makeCrcTables()
{
    CrcTables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? reversedPolynomial : 0);
        tables[0][byte] = crc;
    }
    for (std::size_t k = 1; k < tables.size(); ++k)
        for (std::uint32_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = tables[k - 1][byte];
            tables[k][byte] = (before >> 8) ^ tables[0][before & 0xFF];
        }
    return tables;
}

constexpr CrcTables crcTables = makeCrcTables();

std::uint32_t littleEndian32(const char* bytes)
{
    std::uint32_t value = 0;
    for (int i = 3; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::uint32_t crcByTables(std::string_view bytes)
{
    std::uint32_t crc = 0xFFFFFFFF;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
        const std::uint32_t low = littleEndian32(at) ^ crc;
        const std::uint32_t high = littleEndian32(at + 4);
        crc = crcTables[7][low & 0xFF] ^ crcTables[6][low >> 8 & 0xFF] ^
              crcTables[5][low >> 16 & 0xFF] ^ crcTables[4][low >> 24] ^ crcTables[3][high & 0xFF] ^
              crcTables[2][high >> 8 & 0xFF] ^ crcTables[1][high >> 16 & 0xFF] ^
              crcTables[0][high >> 24];
    }
    for (; left > 0; --left, ++at)
        crc = (crc >> 8) ^ crcTables[0][(crc ^ static_cast<unsigned char>(*at)) & 0xFF];
    return ~crc;
}

#ifdef HEADGATE_CRC_INSTRUCTION
__attribute__((target("sse4.2"))) std::uint32_t crcByInstruction(std::string_view bytes)
{
    std::uint64_t crc = 0xFFFFFFFF;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= sizeof crc; left -= sizeof crc, at += sizeof crc) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        crc = _mm_crc32_u64(crc, word);
    }
    auto shorter = static_cast<std::uint32_t>(crc);
    for (; left > 0; --left, ++at)
        shorter = _mm_crc32_u8(shorter, static_cast<unsigned char>(*at));
    return ~shorter;
}
#endif

} // namespace

std::uint32_t crc32c(std::string_view bytes)
{
#ifdef HEADGATE_CRC_INSTRUCTION
    static const bool hasInstruction = __builtin_cpu_supports("sse4.2") != 0;
    if (hasInstruction)
        return crcByInstruction(bytes);
#endif
    return crcByTables(bytes);
}

} // namespace headgate::state
