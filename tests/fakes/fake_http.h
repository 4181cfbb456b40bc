// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fake_clock.h"
#include "http/http.h"

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <vector>

namespace headgate::fakes {

/// http::Http in memory and in virtual time. The handler is the destination: it runs when the
/// request is started, and its answer's `duration` is how long wait() takes to hand it out. An
/// answer slower than the request's totalTimeout becomes Broken, as with a real transport, though
/// the handler has run. Requests that HttpClient would refuse are refused here too and never reach
/// the handler. One thread, except wake().
class FakeHttp final : public http::Http
{
public:
    using Handler = std::function<http::Answer(const http::Request&)>;

    struct Exchange
    {
        std::uint64_t id = 0;
        http::Request request;
        WallTime at;
    };

    /// Without a handler every request is answered with 200 and an empty body.
    explicit FakeHttp(FakeClock& clock) : m_clock(clock) {}

    void setHandler(Handler handler) { m_handler = std::move(handler); }
    /// Answers the next request that no earlier override waits for, in place of the handler.
    void overrideNext(Handler handler) { m_next.push_back(std::move(handler)); }
    /// Answers the n-th request, counted from 1 over the life of this object.
    void overrideAt(std::size_t number, Handler handler) { m_at[number] = std::move(handler); }
    /// Added to the duration of every answer.
    void setDelay(Milliseconds delay) { m_delay = delay; }

    /// Every request that was started, in order; bodies are shared, not copied.
    [[nodiscard]] const std::vector<Exchange>& log() const { return m_log; }
    /// The body of the n-th logged request, counted from 0; empty if it has none.
    [[nodiscard]] const std::string& body(std::size_t index) const;

    void start(std::uint64_t id, http::Request request) override;
    [[nodiscard]] std::vector<http::Answer> wait(Milliseconds atMost) override;
    [[nodiscard]] std::size_t inFlight() const override { return m_pending.size(); }
    void abandonAll() override;
    void wake() override { m_woken = true; }

private:
    struct Pending
    {
        SteadyTime due;
        http::Answer answer;
    };
    [[nodiscard]] http::Answer answerTo(const http::Request& request);

    FakeClock& m_clock;
    Handler m_handler;
    std::deque<Handler> m_next;
    std::map<std::size_t, Handler> m_at;
    Milliseconds m_delay{0};
    std::vector<Exchange> m_log;
    std::vector<Pending> m_pending;
    std::atomic<bool> m_woken = false;
};

/// A complete answer, as if the whole request had been read.
[[nodiscard]] http::Answer answered(int status, std::string body = {},
                                    std::vector<http::Header> headers = {});
/// No whole answer: Broken when a byte was taken, else NotSent.
[[nodiscard]] http::Answer unanswered(std::uint64_t bytesTaken);

} // namespace headgate::fakes
