// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"
#include "project/project.h"
#include "service/sample_survey.h"
#include "shape/live_record.h"

#include <QObject>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace headgate::ui {

/// What is to be shaped.
struct ShapeQuestion
{
    std::shared_ptr<const service::RecordSample> sample;
    project::SyncDefinition sync;
    project::ModelDefinition model; ///< the sync's main model
    std::size_t record = 0;
    std::optional<shape::NodeId> trace; ///< a leaf whose chain is wanted
    bool survey = true;                 ///< all records of the sample too, after this one
    std::size_t recordBytes = 0;        ///< that the destination takes of one; 0: not known
};

/// Shapes on a thread of its own. The latest question wins: an older one's answer never comes.
/// Belongs to the thread that made it; its signals come there.
class ShapeWorker final : public QObject
{
    Q_OBJECT

public:
    explicit ShapeWorker(QObject* parent = nullptr);
    /// Stops what is being computed and waits for its next look at the stop token.
    ~ShapeWorker() override;

    void ask(ShapeQuestion question);
    [[nodiscard]] bool isBusy() const { return m_asked != m_answered; }

Q_SIGNALS:
    void shaped(const headgate::ui::SharedLiveRecord& record);
    void surveyed(const std::shared_ptr<const headgate::service::SampleSurvey>& survey);

private:
    struct Task
    {
        std::uint64_t number = 0;
        ShapeQuestion question;
        StopToken stop;
    };
    void serve();
    void answer(const Task& task);

    std::uint64_t m_asked = 0;
    std::uint64_t m_answered = 0;
    StopSource m_stop; ///< of the latest question
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Task> m_next;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace headgate::ui
