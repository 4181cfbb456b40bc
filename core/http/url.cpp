// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/url.h"

#include <algorithm>
#include <charconv>
#include <curl/curl.h>
#include <memory>

namespace headgate::http {

namespace {

struct CurlUrlCloser
{
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, CurlUrlCloser>;

bool hasOnlyUrlBytes(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
}

std::optional<std::string> urlPart(CURLU* url, CURLUPart part, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK || text == nullptr)
        return std::nullopt;
    std::string copy(text);
    curl_free(text);
    return copy;
}

std::string urlLowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return text;
}

bool isDotSegment(std::string_view segment)
{
    std::size_t dots = 0;
    while (!segment.empty()) {
        const bool encoded = segment.starts_with("%2e") || segment.starts_with("%2E");
        if (!encoded && segment.front() != '.')
            return false;
        segment.remove_prefix(encoded ? 3 : 1);
        ++dots;
    }
    return dots == 1 || dots == 2;
}

bool hasDotSegment(std::string_view url)
{
    url = url.substr(0, url.find_first_of("?#"));
    while (!url.empty()) {
        const std::size_t slash = std::min(url.find('/'), url.size());
        if (isDotSegment(url.substr(0, slash)))
            return true;
        url.remove_prefix(std::min(slash + 1, url.size()));
    }
    return false;
}

std::optional<Url> takeApart(CURLU* handle)
{
    const auto scheme = urlPart(handle, CURLUPART_SCHEME);
    const auto host = urlPart(handle, CURLUPART_HOST);
    const auto port = urlPart(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    const auto path = urlPart(handle, CURLUPART_PATH);
    if (!scheme || !host || host->empty() || !port || !path ||
        curl_url_set(handle, CURLUPART_FRAGMENT, nullptr, 0) != CURLUE_OK)
        return std::nullopt;
    auto whole = urlPart(handle, CURLUPART_URL);
    Url url{urlLowerCase(*scheme), urlLowerCase(*host), 0, *path, {}};
    const char* const end = port->data() + port->size();
    const auto [next, error] = std::from_chars(port->data(), end, url.port);
    if (!whole || error != std::errc{} || next != end || url.port == 0 ||
        (url.scheme != "http" && url.scheme != "https"))
        return std::nullopt;
    url.whole = *std::move(whole);
    return url;
}

} // namespace

bool Url::hasOriginOf(const Url& other) const
{
    return scheme == other.scheme && host == other.host && port == other.port;
}

bool Url::isLoopback() const
{
    const bool isDotted = host.find_first_not_of("0123456789.") == std::string::npos;
    return host == "localhost" || host == "[::1]" || (isDotted && host.starts_with("127."));
}

std::optional<Url> parseUrl(std::string_view text)
{
    const std::size_t colon = text.find("://");
    if (!hasOnlyUrlBytes(text) || colon == std::string_view::npos)
        return std::nullopt;
    const std::size_t path = std::min(text.find('/', colon + 3), text.size());
    if (path == colon + 3 || hasDotSegment(text.substr(path)))
        return std::nullopt;
    const CurlUrl handle(curl_url());
    if (!handle || curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(),
                                CURLU_DISALLOW_USER) != CURLUE_OK)
        return std::nullopt;
    return takeApart(handle.get());
}

std::optional<Url> resolveUrl(const Url& base, std::string_view location)
{
    if (location.empty() || !hasOnlyUrlBytes(location))
        return std::nullopt;
    const CurlUrl handle(curl_url());
    if (!handle || curl_url_set(handle.get(), CURLUPART_URL, base.whole.c_str(), 0) != CURLUE_OK ||
        curl_url_set(handle.get(), CURLUPART_URL, std::string(location).c_str(),
                     CURLU_DISALLOW_USER) != CURLUE_OK)
        return std::nullopt;
    const auto whole = urlPart(handle.get(), CURLUPART_URL);
    return whole ? parseUrl(*whole) : std::nullopt;
}

std::string percentEncoded(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                                c == '~';
        if (unreserved) {
            text += c;
        } else {
            text += '%';
            text += digits[byte >> 4];
            text += digits[byte & 15];
        }
    }
    return text;
}

} // namespace headgate::http
