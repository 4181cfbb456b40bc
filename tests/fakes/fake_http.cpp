// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_http.h"

#include "http/request_check.h"

#include <algorithm>
#include <utility>

namespace headgate::fakes {

namespace {

std::uint64_t wholeRequest(const http::Request& request)
{
    return std::max<std::uint64_t>(request.body ? request.body->size() : 0, 1);
}

} // namespace

const std::string& FakeHttp::body(std::size_t index) const
{
    static const std::string none;
    const http::Request& request = m_log.at(index).request;
    return request.body ? *request.body : none;
}

http::Answer FakeHttp::answerTo(const http::Request& request)
{
    Handler handler = m_handler;
    if (const auto at = m_at.find(m_log.size()); at != m_at.end()) {
        handler = at->second;
        m_at.erase(at);
    } else if (!m_next.empty()) {
        handler = std::move(m_next.front());
        m_next.pop_front();
    }
    http::Answer answer = handler ? handler(request) : answered(200);
    answer.duration += m_delay;
    const bool whole = answer.transport == http::Transport::Complete ||
                       answer.transport == http::Transport::Redirected ||
                       answer.transport == http::Transport::TooLarge;
    if (whole && answer.bytesTaken == 0)
        answer.bytesTaken = wholeRequest(request);
    if (answer.duration > request.totalTimeout) {
        answer = unanswered(wholeRequest(request));
        answer.detail = "timed out";
        answer.timedOut = true;
        answer.duration = request.totalTimeout;
    }
    return answer;
}

void FakeHttp::start(std::uint64_t id, http::Request request)
{
    m_log.push_back({id, request, m_clock.now()});
    http::Answer answer;
    if (const auto url = http::checkRequest(request)) {
        answer = answerTo(request);
    } else {
        answer.transport = http::Transport::BadRequest;
        answer.detail = url.error();
    }
    answer.id = id;
    const SteadyTime due = m_clock.steady() + answer.duration;
    m_pending.push_back({due, std::move(answer)});
}

std::vector<http::Answer> FakeHttp::wait(Milliseconds atMost)
{
    const SteadyTime now = m_clock.steady();
    SteadyTime until = now + atMost;
    for (const Pending& pending : m_pending)
        until = std::min(until, pending.due);
    if (m_woken.exchange(false))
        until = now;
    if (until > now)
        m_clock.advance(until - now);
    const auto ready =
        std::stable_partition(m_pending.begin(), m_pending.end(), [&](const Pending& pending) {
            return pending.due > m_clock.steady();
        });
    std::stable_sort(ready, m_pending.end(),
                     [](const Pending& a, const Pending& b) { return a.due < b.due; });
    std::vector<http::Answer> answers;
    std::transform(ready, m_pending.end(), std::back_inserter(answers),
                   [](Pending& pending) { return std::move(pending.answer); });
    m_pending.erase(ready, m_pending.end());
    return answers;
}

void FakeHttp::abandonAll()
{
    for (Pending& pending : m_pending) {
        if (pending.due <= m_clock.steady())
            continue;
        http::Answer abandoned;
        abandoned.id = pending.answer.id;
        abandoned.transport = http::Transport::Abandoned;
        abandoned.bytesTaken = pending.answer.bytesTaken;
        pending = {m_clock.steady(), std::move(abandoned)};
    }
}

http::Answer answered(int status, std::string body, std::vector<http::Header> headers)
{
    http::Answer answer;
    answer.transport = http::Transport::Complete;
    answer.status = status;
    answer.body = std::move(body);
    answer.headers = std::move(headers);
    return answer;
}

http::Answer unanswered(std::uint64_t bytesTaken)
{
    http::Answer answer;
    answer.transport = bytesTaken > 0 ? http::Transport::Broken : http::Transport::NotSent;
    answer.bytesTaken = bytesTaken;
    return answer;
}

} // namespace headgate::fakes
