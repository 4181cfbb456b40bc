// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/run_strip.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

using Phase = run::RunProgress::Phase;

run::RunProgress sending(std::uint64_t sent, std::uint64_t toSend)
{
    run::RunProgress progress;
    progress.phase = Phase::Sending;
    progress.sent = sent;
    progress.toSend = toSend;
    return progress;
}

} // namespace

TEST(ProgressText, saysHowFarHowFastAndHowLong)
{
    const ProgressText text = progressText(sending(2000, 10'000), std::chrono::seconds(4));
    EXPECT_EQ(text.phase, QStringLiteral("Sending: 2,000 of 10,000"));
    EXPECT_EQ(text.pace, QStringLiteral("500 a second, about 16 s left"));
    EXPECT_EQ(text.perMille, 200);
}

TEST(ProgressText, longTimesAreInMinutes)
{
    EXPECT_EQ(progressText(sending(1000, 1'000'000), std::chrono::seconds(2)).pace,
              QStringLiteral("500 a second, about 34 min left"));
}

TEST(ProgressText, saysNothingOfAPaceThatIsNotKnown)
{
    EXPECT_TRUE(progressText(sending(0, 10), std::chrono::seconds(9)).pace.isEmpty());
    EXPECT_TRUE(progressText(sending(5, 10), std::chrono::milliseconds(200)).pace.isEmpty());
}

TEST(ProgressText, everyPhaseHasAName)
{
    for (const Phase phase : {Phase::Waiting, Phase::Resuming, Phase::Reading, Phase::Sending,
                              Phase::Finishing, Phase::Done}) {
        run::RunProgress progress;
        progress.phase = phase;
        EXPECT_FALSE(progressText(progress, std::chrono::seconds(1)).phase.isEmpty());
    }
}

TEST(ProgressText, nothingToSendIsNoDivisionByNothing)
{
    EXPECT_EQ(progressText(sending(0, 0), std::chrono::seconds(1)).perMille, 0);
}

} // namespace headgate::ui
