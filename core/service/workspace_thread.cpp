// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/workspace_thread.h"

#include <optional>

namespace headgate::service {

WorkspaceThread::WorkspaceThread(WorkspaceOptions options, Surroundings surroundings,
                                 QObject* parent)
    : QObject(parent), m_options(std::move(options)), m_surroundings(surroundings),
      m_thread([this] { serve(); })
{}

WorkspaceThread::~WorkspaceThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        std::erase_if(m_tasks, [](const Task& task) { return !task.lasting; });
    }
    m_stop.requestStop();
    m_wake.notify_all();
    m_thread.join();
}

void WorkspaceThread::post(std::function<void(Result<std::unique_ptr<Workspace>>&)> work,
                           bool lasting)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back({std::move(work), lasting});
    }
    m_wake.notify_all();
}

void WorkspaceThread::serve()
{
    std::optional<Result<std::unique_ptr<Workspace>>> workspace; // opened for the first question
    while (true) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        if (!workspace)
            workspace.emplace(Workspace::open(m_options, m_surroundings));
        task.work(*workspace);
    }
}

} // namespace headgate::service
