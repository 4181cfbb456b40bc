// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_worker.h"

#include <QMetaObject>

namespace headgate::ui {

ShapeWorker::ShapeWorker(QObject* parent) : QObject(parent), m_thread([this] { serve(); }) {}

ShapeWorker::~ShapeWorker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_next.reset();
    }
    m_stop.requestStop();
    m_wake.notify_one();
    m_thread.join();
}

void ShapeWorker::ask(ShapeQuestion question)
{
    m_stop.requestStop();
    m_stop = StopSource();
    {
        const std::lock_guard lock(m_mutex);
        m_next = Task{++m_asked, std::move(question), m_stop.token()};
    }
    m_wake.notify_one();
}

void ShapeWorker::serve()
{
    for (;;) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || m_next.has_value(); });
            if (m_ending)
                return;
            task = std::move(*m_next);
            m_next.reset();
        }
        answer(task);
    }
}

void ShapeWorker::answer(const Task& task)
{
    const ShapeQuestion& question = task.question;
    auto live = std::make_shared<LiveRecord>();
    live->record = question.record;
    auto shaper = service::SampleShaper::create(question.sample, question.sync, question.model);
    if (!shaper)
        live->error = shaper.error();
    else if (question.record < question.sample->records.size()) {
        live->shaped = (*shaper)->shape(question.record);
        live->nodes = nodeValues(live->shaped.provenance);
        live->traced = question.trace;
        if (question.trace)
            for (const service::TracedValue& value :
                 (*shaper)->trace(question.record, *question.trace))
                live->trace.push_back(value.invalid.empty() ? value.json : value.invalid);
    }
    QMetaObject::invokeMethod(
        this,
        [this, number = task.number, live] {
            if (number != m_asked)
                return;
            m_answered = number;
            Q_EMIT shaped(live);
        },
        Qt::QueuedConnection);
    if (!shaper || !question.survey || task.stop.stopRequested())
        return;
    auto survey = std::make_shared<const service::SampleSurvey>(
        service::survey(**shaper, task.stop, question.recordBytes));
    QMetaObject::invokeMethod(
        this,
        [this, number = task.number, survey] {
            if (number == m_asked && survey->finished)
                Q_EMIT surveyed(survey);
        },
        Qt::QueuedConnection);
}

} // namespace headgate::ui
