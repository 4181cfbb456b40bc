// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

#include <QObject>
#include <mutex>
#include <thread>

namespace headgate::service {

/// One run on a thread of its own, for a window. All members belong to the thread that made it;
/// progress() is polled, nothing is signalled per record. The destructor abandons a run that is
/// still going and waits for it.
class RunController final : public QObject
{
    Q_OBJECT

public:
    RunController(WorkspaceOptions options, Surroundings surroundings, QObject* parent = nullptr);
    ~RunController() override;

    /// Once.
    void start(const RunRequest& request);
    [[nodiscard]] run::RunProgress progress() const;
    /// The first call sends nothing further and waits for what is in flight; the second does not.
    void cancel();

Q_SIGNALS:
    /// After the last step; the report holds the error of a run that could not begin.
    void finished(const headgate::run::RunReport& report);

private:
    void work(const RunRequest& request);

    WorkspaceOptions m_options;
    Surroundings m_surroundings;
    mutable std::mutex m_mutex;
    std::unique_ptr<PreparedRun> m_run;
    int m_cancels = 0;
    std::thread m_thread;
};

} // namespace headgate::service
