// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/interrupts.h"

#include <csignal>
#include <future>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::cli;

namespace {

void waitUntilStopped(const StopToken& token)
{
    std::promise<void> stopped;
    const StopCallback callback(token, [&] { stopped.set_value(); });
    stopped.get_future().wait();
}

} // namespace

TEST(CliInterrupts, theFirstSignalStopsAndTheSecondAbandons)
{
    const Interrupts interrupts;
    EXPECT_EQ(interrupts.exitCode(), 0);
    std::raise(SIGTERM);
    waitUntilStopped(interrupts.stop());
    EXPECT_FALSE(interrupts.abandon().stopRequested());
    std::raise(SIGINT);
    waitUntilStopped(interrupts.abandon());
    EXPECT_EQ(interrupts.exitCode(), 143);
}

TEST(CliInterruptsDeathTest, theThirdSignalEndsTheProcess)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            const Interrupts interrupts;
            std::raise(SIGINT);
            std::raise(SIGINT);
            std::raise(SIGINT);
        },
        testing::ExitedWithCode(130), "");
}
