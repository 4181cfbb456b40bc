// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "inbox/http_answer.h"

#include <QFile>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace headgate::inbox {

/// A request as it is kept: what could open somebody's account is masked.
struct ReceivedRequest
{
    std::uint64_t number = 0; ///< 1, 2, ... in order of arrival
    WallTime at{};
    std::string method;
    std::string target;
    std::vector<HttpHeader> headers;
    std::string body;
    std::string object;         ///< of a delivery; empty: it is none
    std::string operation;      ///< of a delivery
    std::string idempotencyKey; ///< of a delivery; empty: it named none
    std::uint32_t records = 0;  ///< of a delivery
    std::uint32_t taken = 0;
    std::uint32_t refused = 0; ///< also Exists and Absent
    bool replayed = false;     ///< its idempotency key was known: answered again, not applied again
    std::string trouble;       ///< what went wrong on request; empty: nothing
    int status = 0;            ///< of the answer; 0: the connection was cut
    std::string answer;        ///< body of the answer
};

/// Replaces the values of headers and query parameters that look like credentials, and those that
/// `alsoSecret` names.
void maskCredentials(ReceivedRequest& request, const std::vector<std::string>& alsoSecret);

/// What arrived: the newest in memory, and everything in a file of JSON lines if asked.
class RequestLog
{
public:
    RequestLog(std::size_t keepRequests, std::size_t keepBytes)
        : m_keepRequests(keepRequests), m_keepBytes(keepBytes)
    {}

    /// Appends from now on to `path`, which only its owner may read. Error: State "inbox.file".
    [[nodiscard]] Result<void> writeTo(const std::string& path);
    /// Numbers it. After a write error it is not kept either: State "inbox.file".
    [[nodiscard]] Result<void> add(ReceivedRequest request);

    /// Those with numbers above `after`, oldest first.
    [[nodiscard]] std::vector<ReceivedRequest> after(std::uint64_t after, std::size_t atMost) const;
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    /// Requests that memory no longer holds.
    [[nodiscard]] std::uint64_t dropped() const { return m_count - m_requests.size(); }
    /// Forgets what memory holds; the file stays.
    void clear();

private:
    std::size_t m_keepRequests;
    std::size_t m_keepBytes;
    std::size_t m_bytes = 0;
    std::uint64_t m_count = 0;
    std::deque<ReceivedRequest> m_requests;
    std::unique_ptr<QFile> m_file;
};

/// One line of the file, without its line feed.
[[nodiscard]] std::string toJson(const ReceivedRequest& request);

} // namespace headgate::inbox
