// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project_session.h"

#include <QThreadPool>
#include <memory>
#include <utility>

namespace headgate::ui {

/// A question to a warehouse or destination that can be taken back: asking again, cancel() and the
/// end of this stop the one before, whose answer is then dropped. Belongs to the GUI thread.
class Question
{
public:
    Question() = default;
    ~Question() { cancel(); }
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    /// As ProjectSession::askFar(). `this` must not outlive `context`.
    template <typename Work, typename Done>
    void ask(ProjectSession& session, QObject* context, Work work, Done done)
    {
        cancel();
        const auto stop = std::make_shared<StopSource>();
        m_stop = stop;
        session.askFar(
            context,
            [stop, work](service::Workspace& workspace, const StopToken& ending) {
                const StopCallback end(ending, [stop] { stop->requestStop(); });
                using Answer = decltype(work(workspace, stop->token()));
                if (stop->stopRequested())
                    return Answer(fail(ErrorKind::Cancelled, "cancelled", {}));
                return work(workspace, stop->token());
            },
            [this, stop, done](auto answer) {
                if (m_stop != stop)
                    return;
                m_stop.reset();
                done(std::move(answer));
            });
    }

    void cancel()
    {
        // A driver's cancel may wait for the network.
        if (const auto stop = std::exchange(m_stop, nullptr))
            QThreadPool::globalInstance()->start([stop] { stop->requestStop(); });
    }
    [[nodiscard]] bool isAsked() const { return m_stop != nullptr; }

private:
    std::shared_ptr<StopSource> m_stop;
};

} // namespace headgate::ui
