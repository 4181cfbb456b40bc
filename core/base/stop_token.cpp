// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/stop_token.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace headgate {

namespace detail {
struct StopState
{
    std::atomic<bool> stopped = false;
    std::mutex mutex;
    std::condition_variable finished;
    std::map<std::uint64_t, std::function<void()>> callbacks;
    std::uint64_t nextId = 1;
    std::uint64_t runningId = 0;
    std::thread::id runningThread;
};
} // namespace detail

bool StopToken::stopRequested() const
{
    return m_state && m_state->stopped.load(std::memory_order_acquire);
}

StopSource::StopSource() : m_state(std::make_shared<detail::StopState>()) {}

void StopSource::requestStop()
{
    detail::StopState& state = *m_state;
    std::unique_lock lock(state.mutex);
    if (state.stopped.exchange(true, std::memory_order_acq_rel))
        return;
    state.runningThread = std::this_thread::get_id();
    while (!state.callbacks.empty()) {
        auto node = state.callbacks.extract(state.callbacks.begin());
        state.runningId = node.key();
        lock.unlock();
        node.mapped()();
        lock.lock();
        state.runningId = 0;
        state.finished.notify_all();
    }
}

StopCallback::StopCallback(const StopToken& token, std::function<void()> action)
    : m_state(token.m_state)
{
    if (!m_state)
        return;
    {
        std::lock_guard lock(m_state->mutex);
        if (!m_state->stopped.load(std::memory_order_acquire)) {
            m_id = m_state->nextId++;
            m_state->callbacks.emplace(m_id, std::move(action));
            return;
        }
    }
    action();
}

StopCallback::~StopCallback()
{
    if (!m_state || m_id == 0)
        return;
    std::unique_lock lock(m_state->mutex);
    m_state->callbacks.erase(m_id);
    if (m_state->runningThread != std::this_thread::get_id())
        m_state->finished.wait(lock, [&] { return m_state->runningId != m_id; });
}

} // namespace headgate
