// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/fingerprint.h"

#include <charconv>

namespace headgate::plan {

namespace {

void appendPart(std::string& bytes, std::string_view part)
{
    bytes += std::to_string(part.size());
    bytes += ':';
    bytes += part;
}

Hash128 firstOfSha256(std::string_view bytes)
{
    const std::string hex = sha256Hex(bytes);
    Hash128 hash;
    for (std::size_t i = 0; i < hash.bytes.size(); ++i)
        std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, hash.bytes[i], 16);
    return hash;
}

} // namespace

Hash128 fingerprint(std::string_view version, connector::Operation operation,
                    std::string_view object, std::string_view matchField, std::string_view match,
                    std::string_view payload)
{
    std::string bytes;
    bytes.reserve(payload.size() + 128);
    for (const std::string_view part :
         {std::string_view(connector::name(operation)), object, matchField, match, payload})
        appendPart(bytes, part);
    return version == "1" ? firstOfSha256(bytes) : fastHash(bytes);
}

} // namespace headgate::plan
