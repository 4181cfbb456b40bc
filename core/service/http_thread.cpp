// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/http_thread.h"

#include "base/text.h"

#include <iterator>
#include <system_error>
#include <utility>

namespace headgate::service {

namespace {

constexpr Milliseconds longestWireWait = std::chrono::seconds(1);
constexpr Milliseconds longestAnswerWait = std::chrono::hours(24);

} // namespace

Result<std::unique_ptr<http::Http>> HttpThread::start(std::unique_ptr<Http> http)
{
    std::unique_ptr<HttpThread> thread(new HttpThread(std::move(http)));
    try {
        thread->m_thread = std::thread([self = thread.get()] { self->work(); });
    } catch (const std::system_error& error) {
        return fail(ErrorKind::Internal, "http.thread",
                    Text::tr("No thread could be started for the requests. Close other programs "
                             "and run again."),
                    QString::fromUtf8(error.what()));
    }
    return std::unique_ptr<http::Http>(std::move(thread));
}

HttpThread::~HttpThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        callThread();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void HttpThread::callThread()
{
    if (m_onWire)
        m_http->wake();
    else
        m_ordered.notify_one();
}

void HttpThread::start(std::uint64_t id, http::Request request)
{
    ++m_inFlight;
    const std::lock_guard lock(m_mutex);
    m_starts.push_back({id, std::move(request)});
    if (m_starts.size() == 1)
        callThread();
}

std::vector<http::Answer> HttpThread::wait(Milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    if (m_answers.empty() && !m_woken && atMost > Milliseconds(0))
        m_answered.wait_for(lock, std::min(atMost, longestAnswerWait),
                            [this] { return m_woken || !m_answers.empty(); });
    m_woken = false;
    std::vector<http::Answer> answers = std::exchange(m_answers, {});
    m_inFlight -= answers.size();
    return answers;
}

void HttpThread::abandonAll()
{
    std::unique_lock lock(m_mutex);
    m_abandon = true;
    callThread();
    m_answered.wait(lock, [this] { return !m_abandon; });
}

void HttpThread::wake()
{
    const std::lock_guard lock(m_mutex);
    m_woken = true;
    m_answered.notify_one();
}

void HttpThread::takeOrders(std::unique_lock<std::mutex>& lock)
{
    std::vector<Start> starts = std::exchange(m_starts, {});
    const bool abandon = m_abandon;
    lock.unlock();
    for (Start& each : starts)
        m_http->start(each.id, std::move(each.request));
    std::vector<http::Answer> abandoned;
    if (abandon) {
        m_http->abandonAll();
        abandoned = m_http->wait(Milliseconds(0));
    }
    lock.lock();
    if (abandon) {
        handOver(std::move(abandoned));
        m_abandon = false;
        m_answered.notify_one();
    }
}

void HttpThread::handOver(std::vector<http::Answer> answers)
{
    std::move(answers.begin(), answers.end(), std::back_inserter(m_answers));
    if (!m_answers.empty())
        m_answered.notify_one();
}

void HttpThread::work()
{
    std::unique_lock lock(m_mutex);
    while (!m_ended) {
        takeOrders(lock);
        if (m_ended || m_abandon || !m_starts.empty())
            continue;
        if (m_http->inFlight() == 0) {
            m_ordered.wait(lock, [this] { return m_ended || m_abandon || !m_starts.empty(); });
            continue;
        }
        m_onWire = true;
        lock.unlock();
        std::vector<http::Answer> answers = m_http->wait(longestWireWait);
        lock.lock();
        m_onWire = false;
        handOver(std::move(answers));
    }
}

} // namespace headgate::service
