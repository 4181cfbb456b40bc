// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/run_controller.h"

namespace headgate::service {

RunController::RunController(WorkspaceOptions options, Surroundings surroundings, QObject* parent)
    : QObject(parent), m_options(std::move(options)), m_surroundings(surroundings)
{}

RunController::~RunController()
{
    cancel();
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void RunController::start(const RunRequest& request)
{
    m_thread = std::thread([this, request] { work(request); });
}

void RunController::work(const RunRequest& request)
{
    const auto finish = [this](const run::RunReport& report) {
        QMetaObject::invokeMethod(
            this, [this, report] { Q_EMIT finished(report); }, Qt::QueuedConnection);
    };
    const auto failed = [&](const Error& error) {
        run::RunReport report;
        report.sync = request.sync;
        report.kind = request.kind;
        report.error = error;
        report.exitCode = exitCode(error.kind);
        report.state = state::RunState::Failed;
        finish(report);
    };
    auto workspace = Workspace::open(m_options, m_surroundings);
    if (!workspace)
        return failed(workspace.error());
    auto prepared = (*workspace)->prepare(request);
    if (!prepared)
        return failed(prepared.error());
    PreparedRun* run = prepared->get();
    {
        const std::lock_guard lock(m_mutex);
        m_run = std::move(*prepared);
        if (m_cancels > 0)
            run->cancel();
        if (m_cancels > 1)
            run->abandon();
    }
    while (run->step()) {
    }
    finish(run->report());
}

run::RunProgress RunController::progress() const
{
    const std::lock_guard lock(m_mutex);
    return m_run ? m_run->progress() : run::RunProgress();
}

void RunController::cancel()
{
    const std::lock_guard lock(m_mutex);
    ++m_cancels;
    if (!m_run)
        return;
    if (m_cancels == 1)
        m_run->cancel();
    else
        m_run->abandon();
}

} // namespace headgate::service
