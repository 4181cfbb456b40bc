// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/row_order.h"

#include <QMetaObject>

namespace headgate::ui {

RowOrder::RowOrder(QObject* parent, Work work)
    : QObject(parent), m_work(std::move(work)), m_thread([this] { serve(); })
{}

RowOrder::~RowOrder()
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

void RowOrder::ask(std::shared_ptr<const RowSet> rows, RowQuery query)
{
    const bool wasBusy = isBusy();
    m_stop.requestStop();
    m_stop = StopSource();
    {
        const std::lock_guard lock(m_mutex);
        m_next = Question{++m_asked, std::move(rows), std::move(query), m_stop.token()};
    }
    m_wake.notify_one();
    if (!wasBusy)
        Q_EMIT busyChanged(true);
}

void RowOrder::cancel()
{
    if (!isBusy())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_next.reset();
    }
    m_stop.requestStop();
    m_answered = m_asked;
    Q_EMIT busyChanged(false);
}

void RowOrder::serve()
{
    for (;;) {
        Question question;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || m_next.has_value(); });
            if (m_ending)
                return;
            question = std::move(*m_next);
            m_next.reset();
        }
        std::optional<Numbers> numbers = m_work(*question.rows, question.query, question.stop);
        if (!numbers || question.stop.stopRequested())
            continue;
        QMetaObject::invokeMethod(
            this,
            [this, question = std::move(question), numbers = std::move(*numbers)] {
                take(question, numbers);
            },
            Qt::QueuedConnection);
    }
}

void RowOrder::take(const Question& question, const Numbers& numbers)
{
    if (question.number != m_asked || m_answered == m_asked)
        return;
    m_answered = m_asked;
    Q_EMIT answered(question.rows, question.query, numbers);
    Q_EMIT busyChanged(false);
}

} // namespace headgate::ui
