// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/http.h"

#include <memory>
#include <string>

namespace headgate::http {

struct HttpOptions
{
    /// "http://host:port", "socks5h://..."; empty: what the environment names (HTTPS_PROXY,
    /// NO_PROXY). Requests to this machine never take a proxy, all others pass it in a TLS tunnel:
    /// it sees host and port, never a credential of the destination.
    std::string proxy;
    std::string caFile; ///< for requests that name none, see Request::caFile
    std::string userAgent = "Headgate/" HEADGATE_VERSION;
    std::size_t headerLimit = 64 << 10; ///< bytes of an answer's headers
    /// While a body is on its way in either direction: fewer bytes per second over lowestSpeedTime
    /// end the exchange. Waiting for the answer to begin is bounded by the total timeout alone.
    std::uint32_t lowestSpeed = 1024;
    Milliseconds lowestSpeedTime{10'000};
    /// An idle connection older than this is not used again: the far end may have closed it.
    Milliseconds idleLimit{30'000};
    bool http2 = true; ///< over TLS only
};

/// Http on libcurl's multi interface.
///
/// One wire copy per start(): libcurl would silently repeat a request whose reused connection dies.
/// The callback before each request line aborts at the second one, so that requests without a body
/// may reuse connections, too. A large body moreover comes from a callback that cannot rewind; a
/// small one goes out with the request line, in one packet, and counts as taken from there on.
///
/// A whole answer means that its framing was seen to its end; where only the closed connection
/// ends a body, `detail` says so and the caller's own rules decide. No cookies, no .netrc, no
/// protocol but http and https, TLS 1.2 or newer with verification.
///
/// One thread owns it, except for wake().
class HttpClient final : public Http
{
public:
    /// Error: Internal "http.library".
    [[nodiscard]] static Result<std::unique_ptr<HttpClient>> create(HttpOptions options = {});
    ~HttpClient() override;

    void start(std::uint64_t id, Request request) override;
    [[nodiscard]] std::vector<Answer> wait(Milliseconds atMost) override;
    [[nodiscard]] std::size_t inFlight() const override;
    void abandonAll() override;
    void wake() override;

private:
    class Engine;
    explicit HttpClient(std::unique_ptr<Engine> engine);
    std::unique_ptr<Engine> m_engine;
};

} // namespace headgate::http
