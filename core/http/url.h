// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headgate::http {

/// The parts of an absolute http or https URL, split by libcurl: what is checked is what is
/// connected to. IPv4 addresses in odd spellings (2130706433, 0x7f.1) come out dotted.
struct Url
{
    std::string scheme; ///< lower case
    std::string host;   ///< lower case; IPv6 in brackets
    std::uint16_t port = 0;
    std::string path;  ///< begins with '/'
    std::string whole; ///< without fragment

    /// Same scheme, host and port.
    [[nodiscard]] bool hasOriginOf(const Url& other) const;
    /// localhost, 127.0.0.0/8 or [::1]: libcurl never asks a name server for these.
    [[nodiscard]] bool isLoopback() const;
};

/// Refused, apart from what is no URL: user names in it, bytes outside printable ASCII, spaces,
/// backslashes and dot segments (also encoded), which a record's value could smuggle into a path.
[[nodiscard]] std::optional<Url> parseUrl(std::string_view text);
/// Where a Location header leads, by the same rules.
[[nodiscard]] std::optional<Url> resolveUrl(const Url& base, std::string_view location);

/// Everything but RFC 3986's unreserved characters as %XX; fit for a path segment, a query's name
/// or value, a form's field.
[[nodiscard]] std::string percentEncoded(std::string_view bytes);

} // namespace headgate::http
