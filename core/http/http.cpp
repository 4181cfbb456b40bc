// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/http.h"

#include <algorithm>

namespace headgate::http {

namespace {

char asciiLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

bool sameHeaderName(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return asciiLower(x) == asciiLower(y);
           });
}

std::string_view Answer::header(std::string_view name) const
{
    for (const Header& header : headers)
        if (sameHeaderName(header.name, name))
            return header.value;
    return {};
}

const char* name(Transport transport)
{
    switch (transport) {
    case Transport::Complete:
        return "complete";
    case Transport::NotSent:
        return "not_sent";
    case Transport::TlsRefused:
        return "tls_refused";
    case Transport::Redirected:
        return "redirected";
    case Transport::Broken:
        return "broken";
    case Transport::TooLarge:
        return "too_large";
    case Transport::Abandoned:
        return "abandoned";
    case Transport::BadRequest:
        return "bad_request";
    }
    return "";
}

} // namespace headgate::http
