// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/row_order.h"

#include "ui/widgets/sample_rows.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <atomic>
#include <gmock/gmock.h>

namespace headgate::ui {
namespace {

/// Work that waits until it is told to go on, or stopped.
struct HeldWork
{
    std::atomic<int> begun = 0;
    std::atomic<int> stopped = 0;
    std::atomic<bool> released = false;
    std::atomic<bool> onAnotherThread = true;
    std::thread::id caller = std::this_thread::get_id();

    std::optional<RowOrder::Numbers> operator()(const RowQuery& query, const StopToken& stop)
    {
        ++begun;
        if (std::this_thread::get_id() == caller)
            onAnotherThread = false;
        while (!released && !stop.stopRequested())
            std::this_thread::yield();
        if (stop.stopRequested()) {
            ++stopped;
            return std::nullopt;
        }
        return RowOrder::Numbers{static_cast<std::uint32_t>(query.sortColumn.value_or(99))};
    }
};

class RowOrderTest : public testing::Test
{
protected:
    RowOrderTest()
    {
        QObject::connect(
            &m_order, &RowOrder::answered, &m_order,
            [this](const auto&, const RowQuery&, const std::vector<std::uint32_t>& numbers) {
                m_answers.push_back(numbers);
            });
    }
    [[nodiscard]] static bool wait(const std::function<bool()>& until)
    {
        return QTest::qWaitFor(until, 20000);
    }

    HeldWork m_work;
    RowOrder m_order{nullptr, [this](const RowSet&, const RowQuery& query, const StopToken& stop) {
                         return m_work(query, stop);
                     }};
    std::shared_ptr<const RowSet> m_rows = sampleRows(3);
    std::vector<RowOrder::Numbers> m_answers;
};

TEST_F(RowOrderTest, WorksOnAnotherThreadAndAnswersOnThisOne)
{
    std::thread::id answeredOn;
    QObject::connect(&m_order, &RowOrder::answered, &m_order,
                     [&] { answeredOn = std::this_thread::get_id(); });
    m_work.released = true;
    m_order.ask(m_rows, {1, false, ""});
    ASSERT_TRUE(wait([&] { return !m_answers.empty(); }));
    EXPECT_TRUE(m_work.onAnotherThread);
    EXPECT_EQ(answeredOn, std::this_thread::get_id());
    EXPECT_THAT(m_answers[0], testing::ElementsAre(1));
}

TEST_F(RowOrderTest, TheGuiThreadGoesOnWhileItWorks)
{
    m_order.ask(m_rows, {1, false, ""});
    ASSERT_TRUE(wait([&] { return m_work.begun == 1; }));
    int beats = 0;
    QTimer heart;
    QObject::connect(&heart, &QTimer::timeout, &heart, [&] { ++beats; });
    heart.start(1);
    ASSERT_TRUE(wait([&] { return beats > 5; }));
    EXPECT_TRUE(m_order.isBusy());
    EXPECT_TRUE(m_answers.empty());
}

TEST_F(RowOrderTest, TheLatestQuestionWins)
{
    m_order.ask(m_rows, {1, false, ""});
    ASSERT_TRUE(wait([&] { return m_work.begun == 1; }));
    m_order.ask(m_rows, {2, false, ""});
    m_order.ask(m_rows, {3, false, ""});
    m_work.released = true;
    ASSERT_TRUE(wait([&] { return !m_order.isBusy(); }));
    QCoreApplication::processEvents();
    ASSERT_EQ(m_answers.size(), 1u);
    EXPECT_THAT(m_answers[0], testing::ElementsAre(3));
    EXPECT_GE(m_work.stopped, 1);
}

TEST_F(RowOrderTest, AnAnswerOnItsWayIsDroppedByANewerQuestion)
{
    m_work.released = true;
    m_order.ask(m_rows, {1, false, ""});
    ASSERT_TRUE(wait([&] { return m_work.begun == 1; }) || m_work.begun == 1);
    m_order.ask(m_rows, {2, false, ""});
    ASSERT_TRUE(wait([&] { return !m_order.isBusy(); }));
    EXPECT_THAT(m_answers.back(), testing::ElementsAre(2));
}

TEST_F(RowOrderTest, CancelledIsNotAnswered)
{
    QSignalSpy busy(&m_order, &RowOrder::busyChanged);
    m_order.ask(m_rows, {1, false, ""});
    ASSERT_TRUE(wait([&] { return m_work.begun == 1; }));
    m_order.cancel();
    EXPECT_FALSE(m_order.isBusy());
    ASSERT_TRUE(wait([&] { return m_work.stopped == 1; }));
    QCoreApplication::processEvents();
    EXPECT_TRUE(m_answers.empty());
    ASSERT_EQ(busy.count(), 2);
    EXPECT_TRUE(busy.at(0).at(0).toBool());
    EXPECT_FALSE(busy.at(1).at(0).toBool());
}

TEST(RowOrder, GoesAwayWhileItWorks)
{
    HeldWork work;
    {
        RowOrder order(nullptr, [&](const RowSet&, const RowQuery& query, const StopToken& stop) {
            return work(query, stop);
        });
        order.ask(sampleRows(3), {1, false, ""});
        ASSERT_TRUE(QTest::qWaitFor([&] { return work.begun == 1; }, 20000));
    }
    EXPECT_EQ(work.stopped, 1);
}

TEST(RowOrder, SortsAMillionRowsElsewhere)
{
    const auto rows = sampleRows(1000000);
    RowOrder order;
    QSignalSpy answers(&order, &RowOrder::answered);
    std::vector<std::uint32_t> numbers;
    QObject::connect(&order, &RowOrder::answered, &order,
                     [&](const auto&, const auto&, const auto& answer) { numbers = answer; });
    order.ask(rows, {0, false, ""});
    EXPECT_TRUE(order.isBusy()) << "asking does not wait";
    ASSERT_TRUE(QTest::qWaitFor([&] { return answers.count() == 1; }, 120000));
    ASSERT_EQ(numbers.size(), rows->rowCount());
    EXPECT_EQ(numbers.front(), 999999u);
    EXPECT_EQ(numbers.back(), 0u);
}

} // namespace
} // namespace headgate::ui
