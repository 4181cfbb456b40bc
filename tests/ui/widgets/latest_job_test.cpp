// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latest_job.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

constexpr int longest = 20'000;

/// Work that waits until it is stopped.
LatestJob::End endless(const StopToken& stop)
{
    while (!stop.stopRequested())
        std::this_thread::yield();
    return [] { ADD_FAILURE() << "a stopped job ended"; };
}

TEST(LatestJobTest, EndsOnTheThreadThatAsked)
{
    LatestJob job;
    const QSignalSpy busy(&job, &LatestJob::busyChanged);
    std::thread::id worked;
    std::thread::id ended;
    job.start([&worked, &ended](const StopToken&) -> LatestJob::End {
        worked = std::this_thread::get_id();
        return [&ended] { ended = std::this_thread::get_id(); };
    });
    EXPECT_TRUE(job.isBusy());
    ASSERT_TRUE(QTest::qWaitFor([&job] { return !job.isBusy(); }, longest));
    EXPECT_EQ(ended, std::this_thread::get_id());
    EXPECT_NE(worked, ended);
    EXPECT_EQ(busy.count(), 2);
}

TEST(LatestJobTest, TheLatestWins)
{
    LatestJob job;
    int result = 0;
    job.start(endless);
    for (int i = 1; i <= 50; ++i)
        job.start([&result, i](const StopToken&) -> LatestJob::End {
            return [&result, i] { result = i; };
        });
    ASSERT_TRUE(QTest::qWaitFor([&job] { return !job.isBusy(); }, longest));
    EXPECT_EQ(result, 50);
}

TEST(LatestJobTest, ACancelledJobNeverEnds)
{
    LatestJob job;
    job.start(endless);
    job.cancel();
    EXPECT_FALSE(job.isBusy());
    bool done = false;
    job.start([&done](const StopToken&) -> LatestJob::End { return [&done] { done = true; }; });
    EXPECT_TRUE(QTest::qWaitFor([&done] { return done; }, longest));
}

TEST(LatestJobTest, GoesWithItsOwner)
{
    auto job = std::make_unique<LatestJob>();
    job->start(endless);
    job.reset();
    QCoreApplication::processEvents();
}

} // namespace
} // namespace headgate::ui
