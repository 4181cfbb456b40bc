// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

#include <QObject>
#include <QPointer>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace headgate::service {

/// A Workspace on a thread of its own, so that a window never waits: questions are answered one
/// after the other. Belongs to the thread that made it.
class WorkspaceThread final : public QObject
{
    Q_OBJECT

public:
    WorkspaceThread(WorkspaceOptions options, Surroundings surroundings, QObject* parent = nullptr);
    /// Waits for the question being answered; its query is cancelled.
    ~WorkspaceThread() override;

    /// `work` runs on the thread, as Result<T>(Workspace&, const StopToken&); `done` gets its
    /// result on the thread of `context`, unless that is gone.
    template <typename Work, typename Done>
    void ask(QObject* context, Work work, Done done)
    {
        QPointer<QObject> receiver(context);
        post([this, receiver, work, done](Result<std::unique_ptr<Workspace>>& workspace) {
            auto result =
                workspace
                    ? work(**workspace, m_stop.token())
                    : decltype(work(**workspace, m_stop.token()))(tl::unexpect, workspace.error());
            auto shared = std::make_shared<decltype(result)>(std::move(result));
            QMetaObject::invokeMethod(
                this,
                [receiver, done, shared] {
                    if (receiver)
                        done(std::move(*shared));
                },
                Qt::QueuedConnection);
        });
    }

    /// `work` runs on the thread, as any(Workspace&), even where this is destroyed before its turn;
    /// not where there is no workspace.
    template <typename Work>
    void tell(Work work)
    {
        post(
            [work](Result<std::unique_ptr<Workspace>>& workspace) {
                if (workspace)
                    work(**workspace);
            },
            true);
    }

private:
    struct Task
    {
        std::function<void(Result<std::unique_ptr<Workspace>>&)> work;
        bool lasting = false; ///< done at the end too
    };
    void post(std::function<void(Result<std::unique_ptr<Workspace>>&)> work, bool lasting = false);
    void serve();

    WorkspaceOptions m_options;
    Surroundings m_surroundings;
    StopSource m_stop;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace headgate::service
