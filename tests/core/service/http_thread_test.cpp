// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/http_thread.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

namespace headgate::service {

namespace {

/// Answers a request to "/now" at once and leaves all others open. Notes which threads called it.
class Wire final : public http::Http
{
public:
    void start(std::uint64_t id, http::Request request) override
    {
        noteThread();
        m_open[id] = request.url;
    }

    [[nodiscard]] std::vector<http::Answer> wait(Milliseconds atMost) override
    {
        noteThread();
        std::vector<http::Answer> answers = std::exchange(m_ready, {});
        for (auto each = m_open.begin(); each != m_open.end();) {
            if (each->second != "/now") {
                ++each;
                continue;
            }
            answers.push_back(answerTo(each->first, http::Transport::Complete));
            each = m_open.erase(each);
        }
        std::unique_lock lock(m_mutex);
        if (answers.empty())
            m_wakeUp.wait_for(lock, atMost, [this] { return m_woken; });
        m_woken = false;
        return answers;
    }

    [[nodiscard]] std::size_t inFlight() const override { return m_open.size() + m_ready.size(); }

    void abandonAll() override
    {
        noteThread();
        for (const auto& [id, url] : std::exchange(m_open, {}))
            m_ready.push_back(answerTo(id, http::Transport::Abandoned));
    }

    void wake() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_woken = true;
        }
        m_wakeUp.notify_all();
    }

    /// Once its thread has ended.
    [[nodiscard]] const std::set<std::thread::id>& threads() const { return m_threads; }

private:
    void noteThread() { m_threads.insert(std::this_thread::get_id()); }
    static http::Answer answerTo(std::uint64_t id, http::Transport transport)
    {
        http::Answer answer;
        answer.id = id;
        answer.transport = transport;
        return answer;
    }

    std::map<std::uint64_t, std::string> m_open;
    std::vector<http::Answer> m_ready;
    std::set<std::thread::id> m_threads;
    std::mutex m_mutex;
    std::condition_variable m_wakeUp;
    bool m_woken = false;
};

/// Outlives the HttpThread, which owns what passes everything on to it.
class Passing final : public http::Http
{
public:
    explicit Passing(Wire& wire) : m_wire(wire) {}
    void start(std::uint64_t id, http::Request request) override
    {
        m_wire.start(id, std::move(request));
    }
    [[nodiscard]] std::vector<http::Answer> wait(Milliseconds atMost) override
    {
        return m_wire.wait(atMost);
    }
    [[nodiscard]] std::size_t inFlight() const override { return m_wire.inFlight(); }
    void abandonAll() override { m_wire.abandonAll(); }
    void wake() override { m_wire.wake(); }

private:
    Wire& m_wire;
};

std::unique_ptr<http::Http> threadOn(Wire& wire)
{
    auto thread = HttpThread::start(std::make_unique<Passing>(wire));
    EXPECT_TRUE(thread) << thread.error().toString().toStdString();
    return std::move(*thread);
}

http::Request to(const std::string& url)
{
    http::Request request;
    request.url = url;
    return request;
}

/// Of as many answers as are in flight.
std::map<std::uint64_t, http::Transport> allAnswers(http::Http& http)
{
    std::map<std::uint64_t, http::Transport> seen;
    while (http.inFlight() > 0)
        for (const http::Answer& answer : http.wait(std::chrono::seconds(30)))
            seen[answer.id] = answer.transport;
    return seen;
}

} // namespace

TEST(HttpThread, everyRequestIsAnsweredOnceAndSentByOneOtherThread)
{
    Wire wire;
    {
        const auto http = threadOn(wire);
        std::map<std::uint64_t, http::Transport> seen;
        for (std::uint64_t id = 1; id <= 500; ++id) {
            http->start(id, to("/now"));
            while (http->inFlight() >= 8)
                for (const http::Answer& answer : http->wait(std::chrono::seconds(30)))
                    EXPECT_TRUE(seen.emplace(answer.id, answer.transport).second);
        }
        seen.merge(allAnswers(*http));
        EXPECT_EQ(seen.size(), 500U);
        EXPECT_EQ(http->inFlight(), 0U);
    }
    ASSERT_EQ(wire.threads().size(), 1U);
    EXPECT_NE(*wire.threads().begin(), std::this_thread::get_id());
}

TEST(HttpThread, whatIsAbandonedIsAnsweredByTheNextWait)
{
    Wire wire;
    const auto http = threadOn(wire);
    for (std::uint64_t id = 1; id <= 3; ++id)
        http->start(id, to("/never"));
    http->abandonAll();
    const auto answers = http->wait(Milliseconds(0));
    ASSERT_EQ(answers.size(), 3U);
    for (const http::Answer& answer : answers)
        EXPECT_EQ(answer.transport, http::Transport::Abandoned);
    EXPECT_EQ(http->inFlight(), 0U);
}

TEST(HttpThread, waitEndsWithoutAnAnswerWhenItsTimeIsUp)
{
    Wire wire;
    const auto http = threadOn(wire);
    http->start(1, to("/never"));
    EXPECT_TRUE(http->wait(Milliseconds(5)).empty());
    EXPECT_EQ(http->inFlight(), 1U);
}

TEST(HttpThread, wakeEndsAWaitFromAnotherThread)
{
    Wire wire;
    const auto http = threadOn(wire);
    http->start(1, to("/never"));
    std::thread waker([&] { http->wake(); });
    EXPECT_TRUE(http->wait(std::chrono::hours(1)).empty());
    waker.join();
}

TEST(HttpThread, endsWithRequestsInFlight)
{
    Wire wire;
    {
        const auto http = threadOn(wire);
        http->start(1, to("/never"));
    }
    EXPECT_LE(wire.inFlight(), 1U);
}

} // namespace headgate::service
