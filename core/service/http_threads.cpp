// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/http_threads.h"

#include "base/text.h"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

namespace headgate::service {

namespace {

constexpr Milliseconds longestWireWait = std::chrono::seconds(1);
constexpr Milliseconds longestAnswerWait = std::chrono::hours(24);
/// What becomes of an answer takes about half the time of an exchange: a third would wait.
constexpr unsigned mostThreads = 2;

} // namespace

std::size_t HttpThreads::worthwhile()
{
    return std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads);
}

Result<std::unique_ptr<http::Http>>
HttpThreads::start(std::vector<std::unique_ptr<http::Http>> https)
{
    std::unique_ptr<HttpThreads> threads(new HttpThreads);
    try {
        for (std::unique_ptr<Http>& http : https)
            threads->addLane(std::move(http));
    } catch (const std::system_error& error) {
        return fail(ErrorKind::Internal, "http.thread",
                    Text::tr("No thread could be started for the requests. Close other programs "
                             "and run again."),
                    QString::fromUtf8(error.what()));
    }
    return std::unique_ptr<http::Http>(std::move(threads));
}

void HttpThreads::addLane(std::unique_ptr<Http> http)
{
    m_lanes.push_back(std::make_unique<Lane>());
    Lane& lane = *m_lanes.back();
    lane.http = std::move(http);
    lane.thread = std::thread([this, &lane] { work(lane); });
}

HttpThreads::~HttpThreads()
{
    {
        Lock lock(m_mutex);
        m_ended = true;
        for (const auto& lane : m_lanes)
            callThread(*lane, lock);
    }
    for (const auto& lane : m_lanes)
        if (lane->thread.joinable())
            lane->thread.join();
}

void HttpThreads::callThread(Lane& lane, Lock& lock)
{
    const bool onWire = std::exchange(lane.onWire, false);
    lock.unlock();
    if (onWire)
        lane.http->wake();
    else
        lane.ordered.notify_one();
    lock.lock();
}

void HttpThreads::start(std::uint64_t id, http::Request request)
{
    ++m_inFlight;
    m_unordered.push_back({id, std::move(request)});
}

HttpThreads::Lane& HttpThreads::laneOfNext()
{
    if (m_sharesConnection)
        return *m_lanes.front();
    return **std::min_element(m_lanes.begin(), m_lanes.end(), [](const auto& a, const auto& b) {
        return a->inFlight < b->inFlight;
    });
}

void HttpThreads::order(Lock& lock)
{
    if (m_unordered.empty())
        return;
    for (Start& each : m_unordered) {
        Lane& lane = laneOfNext();
        ++lane.inFlight;
        lane.starts.push_back(std::move(each));
    }
    m_unordered.clear();
    for (const auto& lane : m_lanes)
        if (!lane->starts.empty())
            callThread(*lane, lock);
}

std::vector<http::Answer> HttpThreads::wait(Milliseconds atMost)
{
    const bool looks = atMost <= Milliseconds(0);
    if (looks && m_unordered.empty() && !m_news)
        return {};
    Lock lock(m_mutex);
    order(lock);
    if (!looks)
        m_answered.wait_for(lock, std::min(atMost, longestAnswerWait),
                            [this] { return hasNews(); });
    m_news = false;
    m_woken = false;
    std::vector<http::Answer> answers = std::exchange(m_answers, {});
    lock.unlock();
    m_inFlight -= answers.size();
    noteSharing(answers);
    return answers;
}

void HttpThreads::noteSharing(const std::vector<http::Answer>& answers)
{
    for (const http::Answer& answer : answers)
        if (answer.transport == http::Transport::Complete)
            m_sharesConnection = answer.sharedConnection;
}

void HttpThreads::abandonAll()
{
    Lock lock(m_mutex);
    order(lock);
    for (const auto& lane : m_lanes)
        lane->abandon = true;
    for (const auto& lane : m_lanes)
        callThread(*lane, lock);
    m_answered.wait(lock, [this] {
        return std::none_of(m_lanes.begin(), m_lanes.end(),
                            [](const auto& lane) { return lane->abandon; });
    });
}

void HttpThreads::wake()
{
    {
        const Lock lock(m_mutex);
        m_woken = true;
        m_news = true;
    }
    m_answered.notify_one();
}

void HttpThreads::takeOrders(Lane& lane, Lock& lock)
{
    std::vector<Start> starts = std::exchange(lane.starts, {});
    const bool abandon = lane.abandon;
    lock.unlock();
    for (Start& each : starts)
        lane.http->start(each.id, std::move(each.request));
    std::vector<http::Answer> abandoned;
    if (abandon) {
        lane.http->abandonAll();
        abandoned = lane.http->wait(Milliseconds(0));
    }
    lock.lock();
    if (abandon) {
        lane.abandon = false;
        handOver(lane, std::move(abandoned), lock);
    }
}

void HttpThreads::handOver(Lane& lane, std::vector<http::Answer> answers, Lock& lock)
{
    lane.inFlight -= answers.size();
    std::move(answers.begin(), answers.end(), std::back_inserter(m_answers));
    m_news = hasNews();
    lock.unlock();
    m_answered.notify_one();
    lock.lock();
}

void HttpThreads::waitOnWire(Lane& lane, Lock& lock)
{
    lane.onWire = true;
    lock.unlock();
    std::vector<http::Answer> answers = lane.http->wait(longestWireWait);
    lock.lock();
    lane.onWire = false;
    if (!answers.empty())
        handOver(lane, std::move(answers), lock);
}

void HttpThreads::work(Lane& lane)
{
    Lock lock(m_mutex);
    while (!m_ended) {
        if (lane.hasOrders())
            takeOrders(lane, lock);
        else if (lane.http->inFlight() > 0)
            waitOnWire(lane, lock);
        else
            lane.ordered.wait(lock, [&] { return m_ended || lane.hasOrders(); });
    }
}

} // namespace headgate::service
