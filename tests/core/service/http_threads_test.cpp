// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/http_threads.h"

#include "fakes/chaos_server.h"
#include "http/http_client.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace headgate::service {

namespace {

/// Counts what is open on all wires at once.
struct Load
{
    std::atomic<int> open = 0;
    std::atomic<int> most = 0;

    void add()
    {
        const int now = ++open;
        int before = most;
        while (before < now && !most.compare_exchange_weak(before, now)) {
        }
    }
};

/// Answers a request to "/now" at once, one to "/shared" likewise over a connection that carries
/// several, and leaves all others open. Notes which threads called it. However long it may wait:
/// without an answer only wake() ends it, so that a test in which one is lost hangs.
class Wire final : public http::Http
{
public:
    explicit Wire(Load* load = nullptr) : m_load(load) {}

    void start(std::uint64_t id, http::Request request) override
    {
        noteThread();
        ++m_started;
        if (m_load)
            m_load->add();
        m_open[id] = request.url;
        m_most = std::max(m_most, m_open.size());
    }

    [[nodiscard]] std::vector<http::Answer> wait(Milliseconds atMost) override
    {
        noteThread();
        std::vector<http::Answer> answers = std::exchange(m_ready, {});
        for (auto each = m_open.begin(); each != m_open.end();) {
            if (each->second != "/now" && each->second != "/shared") {
                ++each;
                continue;
            }
            answers.push_back(answerTo(each->first, http::Transport::Complete));
            answers.back().sharedConnection = each->second == "/shared";
            each = m_open.erase(each);
        }
        if (m_load)
            m_load->open -= static_cast<int>(answers.size());
        std::unique_lock lock(m_mutex);
        if (answers.empty() && atMost > Milliseconds(0))
            m_wakeUp.wait(lock, [this] { return m_woken; });
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

    // Once its thread has ended.
    [[nodiscard]] const std::set<std::thread::id>& threads() const { return m_threads; }
    [[nodiscard]] std::size_t started() const { return m_started; }
    [[nodiscard]] std::size_t mostAtOnce() const { return m_most; }

private:
    void noteThread() { m_threads.insert(std::this_thread::get_id()); }
    static http::Answer answerTo(std::uint64_t id, http::Transport transport)
    {
        http::Answer answer;
        answer.id = id;
        answer.transport = transport;
        return answer;
    }

    Load* m_load;
    std::map<std::uint64_t, std::string> m_open;
    std::vector<http::Answer> m_ready;
    std::set<std::thread::id> m_threads;
    std::size_t m_started = 0;
    std::size_t m_most = 0;
    std::mutex m_mutex;
    std::condition_variable m_wakeUp;
    bool m_woken = false;
};

/// Outlives the HttpThreads, which own what passes everything on to it.
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

std::unique_ptr<http::Http> startThreads(std::vector<std::unique_ptr<http::Http>> https)
{
    auto threads = HttpThreads::start(std::move(https));
    EXPECT_TRUE(threads) << threads.error().toString().toStdString();
    return std::move(*threads);
}

std::unique_ptr<http::Http> threadsOn(std::vector<Wire*> wires)
{
    std::vector<std::unique_ptr<http::Http>> https;
    for (Wire* const wire : wires)
        https.push_back(std::make_unique<Passing>(*wire));
    return startThreads(std::move(https));
}

http::Request to(const std::string& url)
{
    http::Request request;
    request.url = url;
    return request;
}

/// Of as many answers as are in flight; each once.
std::map<std::uint64_t, http::Transport> allAnswers(http::Http& http)
{
    std::map<std::uint64_t, http::Transport> seen;
    while (http.inFlight() > 0)
        for (const http::Answer& answer : http.wait(std::chrono::hours(1)))
            EXPECT_TRUE(seen.emplace(answer.id, answer.transport).second) << answer.id;
    return seen;
}

/// Sends ids 1 to `last`, `window` of them at once.
std::map<std::uint64_t, http::Transport> sendAll(http::Http& http, std::uint64_t last,
                                                 std::size_t window, const std::string& url)
{
    std::map<std::uint64_t, http::Transport> seen;
    for (std::uint64_t id = 1; id <= last; ++id) {
        http.start(id, to(url));
        while (http.inFlight() >= window)
            for (const http::Answer& answer : http.wait(std::chrono::hours(1)))
                EXPECT_TRUE(seen.emplace(answer.id, answer.transport).second) << answer.id;
    }
    seen.merge(allAnswers(http));
    return seen;
}

} // namespace

TEST(HttpThreads, everyRequestIsAnsweredOnceAndSentByOneOtherThread)
{
    Load load;
    Wire first(&load);
    Wire second(&load);
    constexpr std::uint64_t last = 3000;
    {
        const auto http = threadsOn({&first, &second});
        EXPECT_EQ(sendAll(*http, last, 8, "/now").size(), last);
        EXPECT_EQ(http->inFlight(), 0U);
    }
    EXPECT_EQ(first.started() + second.started(), last);
    EXPECT_LE(load.most, 8) << "more in flight than the caller has started";
    EXPECT_EQ(load.open, 0);
    std::set<std::thread::id> threads{std::this_thread::get_id()};
    for (const Wire* const wire : {&first, &second}) {
        EXPECT_GT(wire->started(), 0U);
        EXPECT_LE(wire->mostAtOnce(), 4U) << "each of them opens a connection";
        ASSERT_EQ(wire->threads().size(), 1U);
        EXPECT_TRUE(threads.insert(*wire->threads().begin()).second);
    }
}

TEST(HttpThreads, oneRequestAtATimeNeedsOneConnection)
{
    Wire first;
    Wire second;
    {
        const auto http = threadsOn({&first, &second});
        EXPECT_EQ(sendAll(*http, 50, 1, "/now").size(), 50U);
    }
    EXPECT_EQ(first.started(), 50U);
    EXPECT_EQ(second.started(), 0U);
}

TEST(HttpThreads, whereOneConnectionCarriesSeveralAllGoToTheFirst)
{
    Wire first;
    Wire second;
    {
        const auto http = threadsOn({&first, &second});
        EXPECT_EQ(sendAll(*http, 1, 1, "/shared").size(), 1U);
        EXPECT_EQ(sendAll(*http, 50, 8, "/shared").size(), 50U);
    }
    EXPECT_EQ(first.started(), 51U);
    EXPECT_EQ(second.started(), 0U);
}

TEST(HttpThreads, nothingLeavesBeforeTheCallerWaits)
{
    Wire wire;
    {
        const auto http = threadsOn({&wire});
        http->start(1, to("/now"));
        EXPECT_EQ(http->inFlight(), 1U);
    }
    EXPECT_EQ(wire.started(), 0U);
}

TEST(HttpThreads, whatIsAbandonedIsAnsweredByTheNextWait)
{
    for (const bool onWire : {false, true}) {
        Wire first;
        Wire second;
        const auto http = threadsOn({&first, &second});
        for (std::uint64_t id = 1; id <= 3; ++id)
            http->start(id, to("/never"));
        if (onWire) {
            EXPECT_TRUE(http->wait(Milliseconds(1)).empty());
        }
        http->abandonAll();
        const auto answers = http->wait(Milliseconds(0));
        ASSERT_EQ(answers.size(), 3U);
        for (const http::Answer& answer : answers)
            EXPECT_EQ(answer.transport, http::Transport::Abandoned);
        EXPECT_EQ(http->inFlight(), 0U);
    }
}

TEST(HttpThreads, abandonedAtAnyMomentEachIsAnsweredOnce)
{
    Wire first;
    Wire second;
    const auto http = threadsOn({&first, &second});
    std::uint64_t id = 0;
    for (int round = 0; round < 500; ++round) {
        std::map<std::uint64_t, bool> staysOpen;
        std::map<std::uint64_t, http::Transport> seen;
        const auto look = [&] {
            for (const http::Answer& answer : http->wait(Milliseconds(0)))
                EXPECT_TRUE(seen.emplace(answer.id, answer.transport).second) << answer.id;
        };
        for (int i = 0; i < round % 9; ++i) {
            const bool open = (round + i) % 3 == 0;
            staysOpen[++id] = open;
            http->start(id, to(open ? "/never" : "/now"));
            if ((round + i) % 4 == 0)
                look();
        }
        http->abandonAll();
        look();
        EXPECT_EQ(http->inFlight(), 0U) << "after abandonAll() one look brings all";
        ASSERT_EQ(seen.size(), staysOpen.size()) << round;
        for (const auto& [each, open] : staysOpen) {
            ASSERT_TRUE(seen.contains(each));
            if (open) {
                EXPECT_EQ(seen[each], http::Transport::Abandoned);
            }
        }
    }
}

TEST(HttpThreads, waitEndsWithoutAnAnswerWhenItsTimeIsUp)
{
    Wire wire;
    const auto http = threadsOn({&wire});
    http->start(1, to("/never"));
    EXPECT_TRUE(http->wait(Milliseconds(5)).empty());
    EXPECT_EQ(http->inFlight(), 1U);
}

TEST(HttpThreads, wakeEndsAWaitFromAnotherThread)
{
    Wire first;
    Wire second;
    const auto http = threadsOn({&first, &second});
    http->start(1, to("/never"));
    std::thread waker([&] { http->wake(); });
    EXPECT_TRUE(http->wait(std::chrono::hours(1)).empty());
    waker.join();
}

TEST(HttpThreads, endsWithRequestsInFlight)
{
    for (int requests = 0; requests <= 5; ++requests) {
        Wire first;
        Wire second;
        {
            const auto http = threadsOn({&first, &second});
            for (int id = 1; id <= requests; ++id)
                http->start(static_cast<std::uint64_t>(id), to("/never"));
            EXPECT_TRUE(http->wait(Milliseconds(requests % 2)).empty());
        }
        EXPECT_LE(first.inFlight() + second.inFlight(), static_cast<std::size_t>(requests));
    }
}

TEST(HttpThreads, realClientsSendEachRequestOnceOverNoMoreConnectionsThanRequestsAtOnce)
{
    fakes::ChaosScript echo;
    echo.respond = [](const fakes::SeenRequest& request) {
        return fakes::httpAnswer(200, request.body);
    };
    fakes::ChaosServer server(std::move(echo));
    std::vector<std::unique_ptr<http::Http>> clients;
    for (int i = 0; i < 2; ++i) {
        auto client = http::HttpClient::create();
        ASSERT_TRUE(client);
        clients.push_back(std::move(*client));
    }
    const auto http = startThreads(std::move(clients));
    constexpr std::uint64_t last = 400;
    std::set<std::uint64_t> answered;
    std::uint64_t next = 0;
    while (answered.size() < last) {
        while (http->inFlight() < 8 && next < last) {
            http::Request request = to(server.url("/"));
            request.method = "POST";
            request.body = std::make_shared<const std::string>(std::to_string(next));
            http->start(next++, std::move(request));
        }
        for (const http::Answer& answer : http->wait(std::chrono::minutes(1))) {
            EXPECT_EQ(answer.transport, http::Transport::Complete) << answer.detail;
            EXPECT_EQ(answer.body, std::to_string(answer.id));
            EXPECT_FALSE(answer.sharedConnection);
            EXPECT_TRUE(answered.insert(answer.id).second);
        }
    }
    std::set<std::string> bodies;
    for (const fakes::SeenRequest& request : server.seen())
        EXPECT_TRUE(bodies.insert(request.body).second) << request.body;
    EXPECT_EQ(bodies.size(), last);
    EXPECT_LE(server.connections(), 8);
    EXPECT_GE(server.connections(), 2);
}

} // namespace headgate::service
