// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::fakes {

/// What a server saw of one request; partial ones are kept, too.
struct SeenRequest
{
    int connection = 0; ///< counted from 0
    int number = 0;     ///< on its connection, counted from 0
    std::string head;   ///< request line and headers with the empty line
    std::string body;
    bool whole = false;

    [[nodiscard]] std::string path() const;
    /// Value of the header, compared without case; empty if absent.
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// What a server does with one request.
struct ChaosScript
{
    enum class Cut
    {
        Never,
        BeforeReading, ///< as soon as the connection, or on a used one the request, is there
        InRequest,     ///< after `bytes` of the request's body
        AfterRequest,
        InAnswer ///< after `bytes` of the answer
    };

    Cut cut = Cut::Never;
    std::size_t bytes = 0;
    bool reset = false;       ///< RST, else FIN; after a FIN what still comes is read and kept
    bool stall = false;       ///< reads the request, answers nothing, keeps the connection open
    bool deaf = false;        ///< reads the head and then nothing, keeps the connection open
    bool close = false;       ///< FIN after the answer
    bool answerEarly = false; ///< after the head, then FIN while the body still comes
    Milliseconds delay{0};
    std::size_t dripBytes = 0; ///< 0: all at once
    Milliseconds dripPause{0};
    std::string greeting; ///< sent before anything is read
    std::string answer;   ///< as it goes on the wire
    /// In place of `answer`.
    std::function<std::string(const SeenRequest&)> respond;
    std::string endless; ///< sent after the answer again and again, until the peer closes
};

/// A real HTTP/1.1 server on 127.0.0.1 with plain sockets and a thread per connection, which
/// misbehaves as told and keeps every byte that it reads.
class ChaosServer
{
public:
    /// Called before a request is read, on the connection's thread.
    using Director = std::function<ChaosScript(int connection, int number)>;

    explicit ChaosServer(Director director);
    /// Every request gets `script`.
    explicit ChaosServer(ChaosScript script);
    ~ChaosServer();
    ChaosServer(const ChaosServer&) = delete;
    ChaosServer& operator=(const ChaosServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// "http://127.0.0.1:PORT" + path
    [[nodiscard]] std::string url(std::string_view path) const;
    [[nodiscard]] int connections() const;
    /// Connections are drained for a while after a FIN: wait for those before looking at the log.
    void settle();
    [[nodiscard]] std::vector<SeenRequest> seen() const;
    /// How many request lines with that path came, whole or not.
    [[nodiscard]] int copiesOf(std::string_view path) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// "HTTP/1.1 200 OK" with Content-Length.
[[nodiscard]] std::string httpAnswer(int status, std::string_view body = {},
                                     std::string_view extraHeaders = {});
[[nodiscard]] std::string gzipped(std::string_view bytes);

} // namespace headgate::fakes
