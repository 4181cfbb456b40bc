// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
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

    auto operator<=>(const Hash128&) const = default;
};

/// XXH3-128: tells accidental differences apart. Not for anything an attacker could aim at.
[[nodiscard]] Hash128 fastHash(std::string_view bytes, std::uint64_t seed = 0);

/// 32 random bytes, made once per state directory.
using HashKey = std::array<std::uint8_t, 32>;

/// Keyed BLAKE2b-128: without the key nobody can test a guess (an e-mail address) against it.
[[nodiscard]] Hash128 keyedHash(const HashKey& key, std::string_view bytes);

/// Lower-case hexadecimal.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);
/// Raw 32 bytes.
[[nodiscard]] std::string hmacSha256(std::string_view key, std::string_view bytes);

[[nodiscard]] std::string toHex(std::string_view bytes);
[[nodiscard]] std::string toBase64(std::string_view bytes);

} // namespace headgate
