// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.h"

#include <QByteArray>
#include <algorithm>
#include <cstring>
#include <sodium.h>
// Values of a few bytes are hashed by the million: the call costs more than the hash.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace headgate {

Hash128 Hash128::fromBytes(std::string_view view)
{
    Hash128 hash;
    std::copy_n(view.begin(), std::min(view.size(), hash.bytes.size()), hash.bytes.begin());
    return hash;
}

std::string Hash128::hex() const
{
    return toHex(view());
}

Hash128 fastHash(std::string_view bytes, std::uint64_t seed)
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed));
    Hash128 hash;
    std::memcpy(hash.bytes.data(), canonical.digest, hash.bytes.size());
    return hash;
}

std::uint32_t shortHash(std::string_view bytes)
{
    return static_cast<std::uint32_t>(XXH3_128bits(bytes.data(), bytes.size()).high64 >> 32);
}

Hash128 keyedHash(const HashKey& key, std::string_view bytes)
{
    static_assert(crypto_shorthash_siphashx24_BYTES == sizeof(Hash128::bytes));
    static_assert(crypto_shorthash_siphashx24_KEYBYTES <= std::tuple_size_v<HashKey>);
    Hash128 hash;
    // It has nothing to fail at.
    static_cast<void>(crypto_shorthash_siphashx24(
        hash.bytes.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
        key.data()));
    return hash;
}

std::string sha256Hex(std::string_view bytes)
{
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return toHex(digest);
}

std::string hmacSha256(std::string_view key, std::string_view bytes)
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()),
                                key.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                                  bytes.size());
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
    return mac;
}

std::string toHex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string toBase64(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()))
        .toBase64()
        .toStdString();
}

} // namespace headgate
