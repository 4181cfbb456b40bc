// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/fingerprint.h"

#include <charconv>

namespace headgate::plan {

namespace {

void appendPart(std::string& bytes, std::string_view part)
{
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, part.size()).ptr;
    bytes.append(digits, static_cast<std::size_t>(end - digits));
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

Fingerprinter::Fingerprinter(std::string_view version, connector::Operation operation,
                             std::string_view object, std::string_view matchField)
    : m_isFirst(version == "1")
{
    for (const std::string_view part :
         {std::string_view(connector::name(operation)), object, matchField})
        appendPart(m_bytes, part);
    m_commonSize = m_bytes.size();
}

Hash128 Fingerprinter::of(std::string_view match, std::string_view payload)
{
    m_bytes.resize(m_commonSize);
    appendPart(m_bytes, match);
    appendPart(m_bytes, payload);
    return m_isFirst ? firstOfSha256(m_bytes) : fastHash(m_bytes);
}

Hash128 fingerprint(std::string_view version, connector::Operation operation,
                    std::string_view object, std::string_view matchField, std::string_view match,
                    std::string_view payload)
{
    return Fingerprinter(version, operation, object, matchField).of(match, payload);
}

} // namespace headgate::plan
