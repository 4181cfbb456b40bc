// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/http.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace headgate::service {

/// Another Http on a thread of its own: what the wire costs is paid beside what is done with the
/// answers. The same requests, the same answers. All but wake() belong to one thread.
class HttpThread final : public http::Http
{
public:
    [[nodiscard]] static Result<std::unique_ptr<http::Http>> start(std::unique_ptr<Http> http);
    /// Ends what is in flight.
    ~HttpThread() override;

    void start(std::uint64_t id, http::Request request) override;
    [[nodiscard]] std::vector<http::Answer> wait(Milliseconds atMost) override;
    [[nodiscard]] std::size_t inFlight() const override { return m_inFlight; }
    void abandonAll() override;
    void wake() override;

private:
    struct Start
    {
        std::uint64_t id = 0;
        http::Request request;
    };

    explicit HttpThread(std::unique_ptr<Http> http) : m_http(std::move(http)) {}
    void work();
    /// Of the thread; the lock is held before and after.
    void takeOrders(std::unique_lock<std::mutex>& lock);
    // Under the lock.
    void callThread();
    void handOver(std::vector<http::Answer> answers);

    std::unique_ptr<Http> m_http; ///< the thread's, but for wake()
    std::size_t m_inFlight = 0;   ///< the caller's: started and not yet handed out

    std::mutex m_mutex; ///< of what follows
    std::condition_variable m_ordered;
    std::condition_variable m_answered;
    std::vector<Start> m_starts;
    std::vector<http::Answer> m_answers;
    bool m_abandon = false; ///< until the thread has done it
    bool m_woken = false;
    bool m_onWire = false; ///< the thread is within wait(): only wake() reaches it
    bool m_ended = false;
    std::thread m_thread;
};

} // namespace headgate::service
