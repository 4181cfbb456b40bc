// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/matching_key.h"

#include "shape/unicode_text.h"

#include <algorithm>

namespace headgate::shape {

namespace {

std::optional<std::string> plainEmail(std::string_view text)
{
    std::string address;
    appendLower(address, trimmed(text));
    const std::size_t at = address.find('@');
    if (at == std::string::npos || at == 0 || at + 1 == address.size() || address.rfind('@') != at)
        return std::nullopt;
    return address;
}

std::optional<std::string> googleEmail(std::string_view text)
{
    std::string compact;
    appendWithoutSpace(compact, text);
    auto address = plainEmail(compact);
    if (!address)
        return std::nullopt;
    const std::size_t at = address->find('@');
    const std::string domain = address->substr(at);
    if (domain != "@gmail.com" && domain != "@googlemail.com")
        return address;
    std::string local = address->substr(0, at);
    local.erase(std::remove(local.begin(), local.end(), '.'), local.end());
    if (local.empty())
        return std::nullopt;
    return local + domain;
}

bool isPhoneSeparator(char c)
{
    return std::string_view(" -()./\t").find(c) != std::string_view::npos;
}

/// Digits with country code.
std::optional<std::string> phoneDigits(std::string_view text, std::string_view countryCode)
{
    std::string compact;
    appendWithoutSpace(compact, text);
    bool international = compact.starts_with('+');
    if (const std::size_t trunk = compact.find("(0)"); international && trunk != std::string::npos)
        compact.erase(trunk, 3);
    std::string digits;
    for (const char c : std::string_view(compact).substr(international ? 1 : 0)) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (!isPhoneSeparator(c))
            return std::nullopt;
    }
    international = international || digits.starts_with("00");
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.empty())
        return std::nullopt;
    return international ? digits : std::string(countryCode) + digits;
}

} // namespace

std::optional<std::string> normalisedMatchingKey(std::string_view text, MatchingKey key,
                                                 std::string_view countryCode)
{
    switch (key) {
    case MatchingKey::None:
        return std::string(text);
    case MatchingKey::Email:
        return plainEmail(text);
    case MatchingKey::GoogleEmail:
        return googleEmail(text);
    case MatchingKey::PhoneDigits:
        return phoneDigits(text, countryCode);
    case MatchingKey::PhoneE164: {
        auto digits = phoneDigits(text, countryCode);
        return digits ? std::optional('+' + *digits) : std::nullopt;
    }
    }
    return std::nullopt;
}

} // namespace headgate::shape
