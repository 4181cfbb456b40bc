// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"

#include <QObject>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace headgate::ui {

/// Computes on a thread of its own. The latest job wins: an older one is stopped and its end never
/// comes. Belongs to the thread that made it.
class LatestJob final : public QObject
{
    Q_OBJECT

public:
    /// Runs on the owner's thread.
    using End = std::function<void()>;
    /// Runs on the job's thread; what it answers is run after it, unless it was stopped or is
    /// empty.
    using Work = std::function<End(const StopToken&)>;

    explicit LatestJob(QObject* parent = nullptr);
    /// Stops the job and waits for its next look at the stop token.
    ~LatestJob() override;

    void start(Work work);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_started != m_ended; }

Q_SIGNALS:
    void busyChanged(bool busy);

private:
    struct Job
    {
        std::uint64_t number = 0;
        Work work;
        StopToken stop;
    };

    void serve();
    void take(std::uint64_t number, const End& end);

    std::uint64_t m_started = 0;
    std::uint64_t m_ended = 0;
    StopSource m_stop; ///< of the latest job
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Job> m_next;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace headgate::ui
