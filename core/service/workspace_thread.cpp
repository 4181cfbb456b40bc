// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/workspace_thread.h"

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
        m_tasks.clear();
    }
    m_stop.requestStop();
    m_wake.notify_all();
    m_thread.join();
}

void WorkspaceThread::post(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_all();
}

void WorkspaceThread::serve()
{
    auto workspace = Workspace::open(m_options, m_surroundings);
    while (true) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
            if (m_ending)
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        task(workspace);
    }
}

} // namespace headgate::service
