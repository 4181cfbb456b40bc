// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::http {

struct Header
{
    std::string name;
    std::string value;
    bool secret = false; ///< shown as a mask wherever the request is shown
};

/// ASCII, without case.
[[nodiscard]] bool sameHeaderName(std::string_view a, std::string_view b);

/// One request as it goes out. Built anew for every attempt, so that signatures are fresh; never
/// stored with its credentials.
struct Request
{
    std::string method = "GET";
    std::string url;                         ///< absolute and percent-encoded
    std::string shownUrl;                    ///< the url with secret parts masked; empty: as url
    std::vector<Header> headers;             ///< CR, LF and NUL are refused, not cleaned
    std::shared_ptr<const std::string> body; ///< null: a request without a body
    bool secretBody = false;                 ///< holds credentials (a token request): never shown
    std::string caFile;                      ///< extra trusted certificates, PEM; empty: system
    Milliseconds connectTimeout{15'000};
    Milliseconds totalTimeout{60'000};  ///< from start to the last byte of the answer
    std::size_t answerLimit = 32 << 20; ///< decoded bytes
};

/// How far an exchange got. Together with the status it decides what may be concluded.
enum class Transport
{
    Complete,   ///< a whole answer arrived, framing verified; `status` is valid
    NotSent,    ///< surely not applied: no byte of the body was taken (name, connection, proxy)
    TlsRefused, ///< surely not applied: the certificate or the handshake was refused
    Redirected, ///< a 3xx that the policy refuses; `location` names the target
    Broken,     ///< bytes were taken and no whole answer came: may have been applied
    TooLarge,   ///< the answer went over answerLimit: may have been applied
    Abandoned,  ///< we stopped waiting (cancel, lost lease); may have been applied if taken > 0
    BadRequest  ///< refused by us before sending (CR in a header, http:// to a far host)
};
[[nodiscard]] const char* name(Transport transport);

struct Answer
{
    std::uint64_t id = 0;
    Transport transport = Transport::NotSent;
    int status = 0;
    std::vector<Header> headers;
    std::string body;
    /// Of the request's body, as the transport took them. A request without a body counts as one
    /// byte once it may have left. So 0 means: surely not applied.
    std::uint64_t bytesTaken = 0;
    bool timedOut = false; ///< ended by a deadline or the lowest speed
    std::string location;
    std::string detail; ///< the library's words, redacted
    Milliseconds duration{0};
    bool sharedConnection = false; ///< HTTP/2 or newer: it carries several requests at once

    /// First header of that name, compared without case; empty if absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Requests in flight at once, on one thread. Implemented by HttpClient on libcurl and by fakes.
/// One wire copy per start(): nothing is repeated, redirected or retried in here except a GET to
/// the same origin.
class Http
{
public:
    virtual ~Http() = default;
    virtual void start(std::uint64_t id, Request request) = 0;
    /// Returns as soon as an answer is there, wake() is called or the time is up.
    [[nodiscard]] virtual std::vector<Answer> wait(Milliseconds atMost) = 0;
    [[nodiscard]] virtual std::size_t inFlight() const = 0;
    /// Closes every open exchange; each is answered as Abandoned by the next wait().
    virtual void abandonAll() = 0;
    /// The only member that any thread may call.
    virtual void wake() = 0;
};

} // namespace headgate::http
