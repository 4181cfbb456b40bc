// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/row_set.h"

#include <QObject>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace headgate::ui {

/// Sorts and filters on a thread of its own. The latest question wins: an older one is stopped and
/// its answer never comes. Belongs to the thread that made it; its signals come there.
class RowOrder final : public QObject
{
    Q_OBJECT

public:
    using Numbers = std::vector<std::uint32_t>;
    using Work =
        std::function<std::optional<Numbers>(const RowSet&, const RowQuery&, const StopToken&)>;

    explicit RowOrder(QObject* parent = nullptr, Work work = orderRows);
    /// Stops what is being computed and waits for its next look at the stop token.
    ~RowOrder() override;

    void ask(std::shared_ptr<const RowSet> rows, RowQuery query);
    /// What is being computed is not wanted any more.
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_asked != m_answered; }

Q_SIGNALS:
    void busyChanged(bool busy);
    void answered(const std::shared_ptr<const headgate::ui::RowSet>& rows,
                  const headgate::ui::RowQuery& query, const std::vector<std::uint32_t>& numbers);

private:
    struct Question
    {
        std::uint64_t number = 0;
        std::shared_ptr<const RowSet> rows;
        RowQuery query;
        StopToken stop;
    };

    void serve();
    void take(const Question& question, const Numbers& numbers);

    Work m_work;
    std::uint64_t m_asked = 0;
    std::uint64_t m_answered = 0;
    StopSource m_stop; ///< of the latest question
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Question> m_next;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace headgate::ui
