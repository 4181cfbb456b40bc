// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latest_job.h"

namespace headgate::ui {

LatestJob::LatestJob(QObject* parent) : QObject(parent), m_thread([this] { serve(); }) {}

LatestJob::~LatestJob()
{
    m_stop.requestStop();
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void LatestJob::start(Work work)
{
    m_stop.requestStop();
    m_stop = StopSource();
    const bool wasBusy = isBusy();
    ++m_started;
    {
        const std::lock_guard lock(m_mutex);
        m_next = Job{m_started, std::move(work), m_stop.token()};
    }
    m_wake.notify_all();
    if (!wasBusy)
        Q_EMIT busyChanged(true);
}

void LatestJob::cancel()
{
    if (!isBusy())
        return;
    m_stop.requestStop();
    m_ended = m_started;
    Q_EMIT busyChanged(false);
}

void LatestJob::serve()
{
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || m_next.has_value(); });
            if (m_ending)
                return;
            job = std::move(*m_next);
            m_next.reset();
        }
        End end = job.work(job.stop);
        QMetaObject::invokeMethod(
            this, [this, number = job.number, end = std::move(end)] { take(number, end); },
            Qt::QueuedConnection);
    }
}

void LatestJob::take(std::uint64_t number, const End& end)
{
    if (number != m_started || m_ended == m_started)
        return;
    m_ended = m_started;
    if (end)
        end();
    if (!isBusy())
        Q_EMIT busyChanged(false);
}

} // namespace headgate::ui
