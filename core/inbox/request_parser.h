// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::inbox {

struct HttpHeader
{
    std::string name;
    std::string value;
};

struct HttpRequest
{
    std::string method;
    std::string target; ///< origin form, as sent
    std::vector<HttpHeader> headers;
    std::string body; ///< without transfer coding
    bool keepAlive = true;

    /// First header of that name, compared without case; empty if absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct ParserLimits
{
    std::size_t lineBytes = 16 << 10;
    std::size_t headerBytes = 64 << 10;
    std::size_t headerCount = 100;
    std::size_t bodyBytes = 64 << 20;
};

/// Reads HTTP/1.1 requests (RFC 9112) from bytes in whatever pieces they come. Strict: whatever two
/// readers could understand differently (bare LF, folded headers, two lengths, length and chunks
/// together, space before a colon) is refused, not repaired.
class RequestParser
{
public:
    enum class Step
    {
        NeedMore,
        ExpectsContinue, ///< once per request: its sender waits for 100 Continue
        Complete,        ///< take() it
        Refused          ///< answer with status() and close; nothing more is read
    };

    explicit RequestParser(ParserLimits limits = {}) : m_limits(limits) {}

    void feed(std::string_view bytes);
    [[nodiscard]] Step step();
    [[nodiscard]] HttpRequest take();
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] const std::string& reason() const { return m_reason; }
    /// No byte of a request is waiting: the connection may be closed without harm.
    [[nodiscard]] bool idle() const;

private:
    enum class Phase
    {
        RequestLine,
        Headers,
        Body,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        Done,
        Refused
    };
    enum class Line
    {
        None,
        Whole,
        Bad
    };

    Line nextLine(std::string_view& line);
    void refuse(int status, std::string reason);
    bool advance();
    void requestLine(std::string_view line);
    void headerLine(std::string_view line);
    void headersEnd();
    void framing();
    void chunkSize(std::string_view line);
    bool takeBody();
    void lineOf(Phase phase, std::string_view line);

    ParserLimits m_limits;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::size_t m_scanned = 0; ///< no line feed stands before this
    Phase m_phase = Phase::RequestLine;
    HttpRequest m_request;
    std::size_t m_headerBytes = 0;
    std::size_t m_missing = 0; ///< bytes of the body or chunk still to come
    bool m_emptyLineSeen = false;
    bool m_askContinue = false;
    bool m_oldVersion = false;
    int m_status = 0;
    std::string m_reason;
};

/// ASCII only, as in header names.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);

} // namespace headgate::inbox
