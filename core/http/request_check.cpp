// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/request_check.h"

#include <algorithm>
#include <array>
#include <utility>

namespace headgate::http {

namespace {

constexpr std::array<std::string_view, 10> transportHeaders = {
    "Host", "Content-Length", "Transfer-Encoding",  "Expect", "Connection", "Keep-Alive", "Upgrade",
    "TE",   "Trailer",        "Proxy-Authorization"};

constexpr std::array<bool, 256> tokenBytes = [] {
    std::array<bool, 256> table{};
    for (const std::string_view bytes : {"abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                         "0123456789", "!#$%&'*+-.^_`|~"})
        for (const char byte : bytes)
            table[static_cast<unsigned char>(byte)] = true;
    return table;
}();

bool isTokenByte(char c)
{
    return tokenBytes[static_cast<unsigned char>(c)];
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenByte);
}

bool isControl(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

std::string headerDefect(const Header& header)
{
    if (!isToken(header.name))
        return "a header's name is not a token";
    if (std::any_of(header.value.begin(), header.value.end(), isControl))
        return "the value of header " + header.name + " holds a control character";
    return isTransportHeader(header.name)
               ? "header " + header.name + " is written by the transport alone"
               : std::string();
}

} // namespace

bool isTransportHeader(std::string_view name)
{
    return std::any_of(transportHeaders.begin(), transportHeaders.end(),
                       [&](std::string_view each) { return sameHeaderName(each, name); });
}

std::string requestDefect(const Request& request, const Url& url)
{
    if (!isToken(request.method) || request.method == "CONNECT" || request.method == "TRACE")
        return "the method is not one that can be sent";
    if (url.scheme == "http" && !url.isLoopback())
        return "http:// is refused for hosts other than this machine; use https://";
    for (const Header& header : request.headers)
        if (std::string defect = headerDefect(header); !defect.empty())
            return defect;
    return {};
}

tl::expected<Url, std::string> checkRequest(const Request& request)
{
    auto url = parseUrl(request.url);
    if (!url)
        return tl::unexpected<std::string>(
            "the address is not an absolute, percent-encoded http or https URL without user name "
            "and dot segments");
    if (std::string defect = requestDefect(request, *url); !defect.empty())
        return tl::unexpected<std::string>(std::move(defect));
    return *std::move(url);
}

} // namespace headgate::http
