// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/curl_transfer.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>

namespace headgate::http {

namespace {

std::string_view trimmedHeaderValue(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

int CurlTransfer::onRequestBegins(void* self, char*, char*, int, int)
{
    auto& transfer = *static_cast<CurlTransfer*>(self);
    return ++transfer.m_requestsBegun == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

std::size_t CurlTransfer::onBodyWanted(char* into, std::size_t size, std::size_t count, void* self)
{
    auto& transfer = *static_cast<CurlTransfer*>(self);
    const std::size_t bytes = std::min(size * count, transfer.bodySize() - transfer.m_bodyTaken);
    if (bytes > 0)
        std::memcpy(into, transfer.m_request.body->data() + transfer.m_bodyTaken, bytes);
    transfer.m_bodyTaken += bytes;
    return bytes;
}

std::size_t CurlTransfer::onHeader(char* line, std::size_t size, std::size_t count, void* self)
{
    auto& transfer = *static_cast<CurlTransfer*>(self);
    const std::size_t bytes = size * count;
    transfer.m_headerBytes += bytes;
    transfer.m_received += bytes;
    if (transfer.m_headerBytes > transfer.m_options.headerLimit) {
        transfer.m_overLimit = true;
        return 0;
    }
    try {
        transfer.readHeaderLine({line, bytes});
    } catch (const std::bad_alloc&) {
        return 0;
    }
    return bytes;
}

void CurlTransfer::beginAnswer(std::string_view statusLine)
{
    m_answer.headers.clear();
    m_answer.status = 0;
    m_answer.sharedConnection = !statusLine.starts_with("HTTP/1");
    const std::size_t blank = std::min(statusLine.find(' ') + 1, statusLine.size());
    const char* const end = statusLine.data() + statusLine.size();
    int status = 0;
    if (std::from_chars(statusLine.data() + blank, end, status).ec == std::errc{})
        m_answer.status = status;
}

void CurlTransfer::readHeaderLine(std::string_view line)
{
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    if (m_headersWhole)
        return;
    if (line.starts_with("HTTP/")) {
        beginAnswer(line);
        return;
    }
    if (line.empty()) {
        m_headersWhole = m_answer.status >= 200;
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0)
        return;
    m_answer.headers.push_back({std::string(line.substr(0, colon)),
                                std::string(trimmedHeaderValue(line.substr(colon + 1))), false});
}

std::size_t CurlTransfer::onAnswerBytes(char* bytes, std::size_t size, std::size_t count,
                                        void* self)
{
    auto& transfer = *static_cast<CurlTransfer*>(self);
    const std::size_t length = size * count;
    transfer.m_received += length;
    std::string& body = transfer.m_answer.body;
    if (length > transfer.m_request.answerLimit - body.size()) {
        transfer.m_overLimit = true;
        return 0;
    }
    try {
        body.append(bytes, length);
    } catch (const std::bad_alloc&) {
        transfer.m_overLimit = true;
        return 0;
    }
    return length;
}

} // namespace headgate::http
