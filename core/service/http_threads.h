// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/http.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace headgate::service {

/// Other Https, each on a thread of its own: what the wire costs is paid beside what is done with
/// the answers. The same requests, the same answers, in the order in which they come; as with
/// HttpClient, what is started leaves with the next wait(). All but wake() belong to one thread.
///
/// Whoever has the fewest requests in flight takes the next one, of several the first. So one
/// request at a time needs one connection, and all of them together no more connections than
/// requests were in flight. Once a server carries several requests over one connection, all go to
/// the first.
class HttpThreads final : public http::Http
{
public:
    /// As many as pay off on this machine; at least one.
    [[nodiscard]] static std::size_t worthwhile();
    /// One or more. Error: Internal "http.thread".
    [[nodiscard]] static Result<std::unique_ptr<http::Http>>
    start(std::vector<std::unique_ptr<http::Http>> https);
    /// Ends what is in flight.
    ~HttpThreads() override;

    void start(std::uint64_t id, http::Request request) override;
    [[nodiscard]] std::vector<http::Answer> wait(Milliseconds atMost) override;
    [[nodiscard]] std::size_t inFlight() const override { return m_inFlight; }
    void abandonAll() override;
    void wake() override;

private:
    using Lock = std::unique_lock<std::mutex>;

    struct Start
    {
        std::uint64_t id = 0;
        http::Request request;
    };

    struct Lane
    {
        std::unique_ptr<Http> http; ///< the thread's, but for wake()
        // Under the mutex.
        std::condition_variable ordered;
        std::vector<Start> starts;
        std::size_t inFlight = 0; ///< ordered, and no answer handed over
        bool abandon = false;     ///< until the thread has done it
        bool onWire = false;      ///< the thread is within wait(), and nobody has woken it
        std::thread thread;

        [[nodiscard]] bool hasOrders() const { return abandon || !starts.empty(); }
    };

    HttpThreads() = default;
    void addLane(std::unique_ptr<Http> http);
    // Of a lane's thread. The lock is held before and after, and let go to wake others: they would
    // have to wait for it.
    void work(Lane& lane);
    void takeOrders(Lane& lane, Lock& lock);
    void waitOnWire(Lane& lane, Lock& lock);
    void handOver(Lane& lane, std::vector<http::Answer> answers, Lock& lock);
    // Of the caller; the lock likewise.
    void order(Lock& lock);
    void callThread(Lane& lane, Lock& lock);
    [[nodiscard]] Lane& laneOfNext();
    void noteSharing(const std::vector<http::Answer>& answers);
    // Under the lock.
    [[nodiscard]] bool hasNews() const { return m_woken || !m_answers.empty(); }

    std::vector<std::unique_ptr<Lane>> m_lanes;
    // The caller's.
    std::size_t m_inFlight = 0; ///< started and not yet handed out
    std::vector<Start> m_unordered;
    bool m_sharesConnection = false; ///< the server does, as far as was seen

    /// hasNews(), without the lock: most calls of wait() only look.
    std::atomic<bool> m_news = false;
    std::mutex m_mutex; ///< of what follows
    std::condition_variable m_answered;
    std::vector<http::Answer> m_answers;
    bool m_woken = false;
    bool m_ended = false;
};

} // namespace headgate::service
