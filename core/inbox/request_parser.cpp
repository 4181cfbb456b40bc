// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/request_parser.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace headgate::inbox {

namespace {

char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool isFieldValue(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

std::string_view trimmedField(std::string_view text)
{
    const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::optional<std::size_t> wholeNumber(std::string_view digits, int base)
{
    std::size_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number, base);
    return digits.empty() || error != std::errc{} || stop != end ? std::nullopt
                                                                 : std::optional(number);
}

bool listHolds(std::string_view list, std::string_view item)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (equalsIgnoringCase(trimmedField(list.substr(0, comma)), item))
            return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

} // namespace

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lowerAscii(x) == lowerAscii(y); });
}

std::string_view HttpRequest::header(std::string_view name) const
{
    for (const HttpHeader& header : headers)
        if (equalsIgnoringCase(header.name, name))
            return header.value;
    return {};
}

void RequestParser::feed(std::string_view bytes)
{
    if (m_phase != Phase::Refused)
        m_buffer.append(bytes);
}

RequestParser::Step RequestParser::step()
{
    while (m_phase != Phase::Done && m_phase != Phase::Refused) {
        if (m_askContinue) {
            m_askContinue = false;
            return Step::ExpectsContinue;
        }
        if (!advance())
            return Step::NeedMore;
    }
    return m_phase == Phase::Done ? Step::Complete : Step::Refused;
}

HttpRequest RequestParser::take()
{
    HttpRequest request = std::move(m_request);
    m_request = {};
    m_buffer.erase(0, m_at);
    m_at = m_scanned = m_headerBytes = m_missing = 0;
    m_emptyLineSeen = m_askContinue = m_oldVersion = false;
    m_phase = Phase::RequestLine;
    return request;
}

bool RequestParser::idle() const
{
    return m_phase == Phase::RequestLine && m_at == m_buffer.size();
}

void RequestParser::refuse(int status, std::string reason)
{
    m_phase = Phase::Refused;
    m_status = status;
    m_reason = std::move(reason);
    m_buffer.clear();
    m_at = m_scanned = 0;
}

RequestParser::Line RequestParser::nextLine(std::string_view& line)
{
    const std::size_t end = m_buffer.find('\n', std::max(m_at, m_scanned));
    if (end == std::string::npos || end - m_at > m_limits.lineBytes) {
        m_scanned = m_buffer.size();
        if (end == std::string::npos && m_buffer.size() - m_at <= m_limits.lineBytes)
            return Line::None;
        refuse(m_phase == Phase::RequestLine ? 414 : 431, "A line is too long.");
        return Line::Bad;
    }
    if (end == m_at || m_buffer[end - 1] != '\r') {
        refuse(400, "A line must end with CR LF.");
        return Line::Bad;
    }
    line = std::string_view(m_buffer).substr(m_at, end - 1 - m_at);
    m_at = m_scanned = end + 1;
    return Line::Whole;
}

/// False: more bytes are needed.
bool RequestParser::advance()
{
    if (m_phase == Phase::Body || m_phase == Phase::ChunkData)
        return takeBody();
    std::string_view line;
    switch (nextLine(line)) {
    case Line::None:
        return false;
    case Line::Bad:
        return true;
    case Line::Whole:
        lineOf(m_phase, line);
        return true;
    }
    return true;
}

void RequestParser::lineOf(Phase phase, std::string_view line)
{
    switch (phase) {
    case Phase::RequestLine:
        requestLine(line);
        return;
    case Phase::Headers:
        line.empty() ? headersEnd() : headerLine(line);
        return;
    case Phase::ChunkSize:
        chunkSize(line);
        return;
    case Phase::ChunkEnd:
        line.empty() ? void(m_phase = Phase::ChunkSize)
                     : refuse(400, "A chunk is longer than its size says.");
        return;
    case Phase::Trailers:
        m_headerBytes += line.size();
        if (line.empty())
            m_phase = Phase::Done;
        else if (m_headerBytes > m_limits.headerBytes)
            refuse(431, "The trailer is too large.");
        return;
    case Phase::Body:
    case Phase::ChunkData:
    case Phase::Done:
    case Phase::Refused:
        return;
    }
}

void RequestParser::requestLine(std::string_view line)
{
    if (line.empty() && !m_emptyLineSeen) {
        m_emptyLineSeen = true;
        return;
    }
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return refuse(400, "The request line is not METHOD TARGET VERSION.");
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!isToken(line.substr(0, first)))
        return refuse(400, "The method is not a token.");
    if (target.empty() || target.front() != '/' ||
        !std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7F; }))
        return refuse(400, "The target is not a path.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return refuse(version.substr(0, 5) == "HTTP/" ? 505 : 400, "The version is not HTTP/1.1.");
    m_request.method = std::string(line.substr(0, first));
    m_request.target = std::string(target);
    m_oldVersion = version == "HTTP/1.0";
    m_phase = Phase::Headers;
}

void RequestParser::headerLine(std::string_view line)
{
    m_headerBytes += line.size();
    if (m_headerBytes > m_limits.headerBytes || m_request.headers.size() >= m_limits.headerCount)
        return refuse(431, "The headers are too large.");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
        return refuse(400, "A header has no valid name.");
    const std::string_view value = trimmedField(line.substr(colon + 1));
    if (!isFieldValue(value))
        return refuse(400, "A header's value holds a control character.");
    m_request.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
}

void RequestParser::headersEnd()
{
    const auto count = [&](std::string_view name) {
        return std::count_if(
            m_request.headers.begin(), m_request.headers.end(),
            [&](const HttpHeader& header) { return equalsIgnoringCase(header.name, name); });
    };
    if (count("Host") > 1 || (count("Host") == 0 && !m_oldVersion))
        return refuse(400, "Exactly one Host header is needed.");
    const auto lengths = count("Content-Length") + count("Transfer-Encoding");
    if (lengths > 1)
        return refuse(400, "The body's length is given twice.");
    const std::string_view connection = m_request.header("Connection");
    m_request.keepAlive =
        m_oldVersion ? listHolds(connection, "keep-alive") : !listHolds(connection, "close");
    lengths == 0 ? void(m_phase = Phase::Done) : framing();
    const std::string_view expect = m_request.header("Expect");
    if (expect.empty() || m_phase == Phase::Refused)
        return;
    if (!equalsIgnoringCase(expect, "100-continue"))
        return refuse(417, "Only 100-continue can be expected.");
    m_askContinue = !m_oldVersion && m_phase != Phase::Done;
}

void RequestParser::framing()
{
    const std::string_view length = m_request.header("Content-Length");
    const std::string_view coding = m_request.header("Transfer-Encoding");
    if (!coding.empty()) {
        if (m_oldVersion)
            return refuse(400, "HTTP/1.0 has no transfer codings.");
        if (!equalsIgnoringCase(coding, "chunked"))
            return refuse(501, "The only transfer coding is chunked.");
        m_phase = Phase::ChunkSize;
        return;
    }
    const auto bytes = wholeNumber(length, 10);
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (length.empty() || !std::all_of(length.begin(), length.end(), isDigit))
        return refuse(400, "Content-Length is not a number.");
    if (!bytes || *bytes > m_limits.bodyBytes)
        return refuse(413, "The body is too large.");
    m_missing = *bytes;
    m_phase = m_missing == 0 ? Phase::Done : Phase::Body;
}

void RequestParser::chunkSize(std::string_view line)
{
    const std::string_view digits = line.substr(0, line.find(';'));
    const auto bytes = wholeNumber(digits, 16);
    if (!bytes || !isFieldValue(line))
        return refuse(400, "A chunk's size is not a number.");
    if (*bytes > m_limits.bodyBytes - m_request.body.size())
        return refuse(413, "The body is too large.");
    m_missing = *bytes;
    m_phase = m_missing == 0 ? Phase::Trailers : Phase::ChunkData;
}

bool RequestParser::takeBody()
{
    const std::size_t bytes = std::min(m_missing, m_buffer.size() - m_at);
    m_request.body.append(m_buffer, m_at, bytes);
    m_at += bytes;
    m_missing -= bytes;
    if (m_at == m_buffer.size()) {
        m_buffer.clear();
        m_at = 0;
    }
    m_scanned = m_at;
    if (m_missing > 0)
        return false;
    m_phase = m_phase == Phase::Body ? Phase::Done : Phase::ChunkEnd;
    return true;
}

} // namespace headgate::inbox
