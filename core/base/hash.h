// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace headgate {

/// 128 bits; ordered as its bytes are, which is the order of the state's tables.
struct Hash128
{
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] std::string_view view() const
    {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    /// The first 16 bytes; what is missing is 0.
    [[nodiscard]] static Hash128 fromBytes(std::string_view view);
    [[nodiscard]] std::string hex() const;

    /// The first eight bytes, in an order that is theirs.
    [[nodiscard]] std::uint64_t prefix() const { return wordAt(0); }

    bool operator==(const Hash128&) const = default;
    std::strong_ordering operator<=>(const Hash128& other) const
    {
        const std::strong_ordering order = wordAt(0) <=> other.wordAt(0);
        return order != 0 ? order : wordAt(8) <=> other.wordAt(8);
    }

private:
    /// Big endian, so that numbers are ordered as bytes are.
    [[nodiscard]] std::uint64_t wordAt(std::size_t at) const
    {
        const auto byte = [&](std::size_t i) { return std::uint64_t(bytes[at + i]); };
        return byte(0) << 56 | byte(1) << 48 | byte(2) << 40 | byte(3) << 32 | byte(4) << 24 |
               byte(5) << 16 | byte(6) << 8 | byte(7);
    }
};

/// XXH3-128: tells accidental differences apart. Not for anything an attacker could aim at.
[[nodiscard]] Hash128 fastHash(std::string_view bytes, std::uint64_t seed = 0);
/// The first four bytes of fastHash(), the first one highest.
[[nodiscard]] std::uint32_t shortHash(std::string_view bytes);

/// 32 random bytes, made once per state directory.
using HashKey = std::array<std::uint8_t, 32>;

/// SipHash-2-4 of 128 bits: without the key nobody can test a guess (an e-mail address) against it.
[[nodiscard]] Hash128 keyedHash(const HashKey& key, std::string_view bytes);

/// Lower-case hexadecimal.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);
/// Raw 32 bytes.
[[nodiscard]] std::string hmacSha256(std::string_view key, std::string_view bytes);

[[nodiscard]] std::string toHex(std::string_view bytes);
[[nodiscard]] std::string toBase64(std::string_view bytes);

} // namespace headgate
