// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/settler_thread.h"

#include "base/text.h"

#include <system_error>
#include <utility>

namespace headgate::service {

SettlerThread::~SettlerThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

bool SettlerThread::isIdle() const
{
    const std::lock_guard lock(m_mutex);
    return !m_busy;
}

Milliseconds SettlerThread::lastTook() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastTook;
}

Result<void> SettlerThread::startThread()
{
    if (m_thread.joinable())
        return {};
    try {
        m_thread = std::thread([this] { work(); });
    } catch (const std::system_error& error) {
        return fail(ErrorKind::Internal, "settle.thread",
                    Text::tr("No thread could be started to write the state. Close other programs "
                             "and run again."),
                    QString::fromUtf8(error.what()));
    }
    return {};
}

Result<void> SettlerThread::start(run::SettlementGroup group)
{
    HEADGATE_TRY(finish());
    HEADGATE_TRY(startThread());
    {
        const std::lock_guard lock(m_mutex);
        m_group = std::move(group);
        m_busy = true;
    }
    m_changed.notify_all();
    return {};
}

Result<void> SettlerThread::finish()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_busy; });
    return std::exchange(m_result, {});
}

void SettlerThread::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_ended || m_group; });
        if (!m_group)
            return;
        run::SettlementGroup group = *std::exchange(m_group, {});
        lock.unlock();
        const auto begin = std::chrono::steady_clock::now();
        auto result = m_store.settle(group.state, group.lease, group.settlements);
        const auto took = std::chrono::steady_clock::now() - begin;
        lock.lock();
        m_result = std::move(result);
        m_lastTook = std::chrono::duration_cast<Milliseconds>(took);
        m_busy = false;
        m_changed.notify_all();
        // What was committed is given back while the next group is gathered.
        lock.unlock();
        group.settlements.clear();
        lock.lock();
    }
}

} // namespace headgate::service
