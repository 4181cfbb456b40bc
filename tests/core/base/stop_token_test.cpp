// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/stop_token.h"

#include <atomic>
#include <gtest/gtest.h>
#include <memory>
#include <thread>

using namespace headgate;

TEST(StopToken, callbackRunsOnceAndAtOnceWhenLate)
{
    StopSource source;
    int calls = 0;
    const StopCallback early(source.token(), [&] { ++calls; });
    source.requestStop();
    source.requestStop();
    EXPECT_EQ(calls, 1);
    const StopCallback late(source.token(), [&] { ++calls; });
    EXPECT_EQ(calls, 2);
}

TEST(StopToken, aRemovedCallbackDoesNotRun)
{
    StopSource source;
    int calls = 0;
    {
        const StopCallback callback(source.token(), [&] { ++calls; });
    }
    source.requestStop();
    EXPECT_EQ(calls, 0);
}

TEST(StopToken, aCallbackMayRemoveItself)
{
    StopSource source;
    std::unique_ptr<StopCallback> callback;
    bool called = false;
    callback = std::make_unique<StopCallback>(source.token(), [&] {
        callback.reset();
        called = true;
    });
    source.requestStop();
    EXPECT_TRUE(called);
}

TEST(StopToken, destructorWaitsForARunningCallback)
{
    for (int round = 0; round < 200; ++round) {
        StopSource source;
        std::atomic<bool> alive = true;
        std::atomic<bool> usedWhenDead = false;
        auto callback = std::make_unique<StopCallback>(source.token(), [&] {
            std::this_thread::yield();
            if (!alive)
                usedWhenDead = true;
        });
        std::thread stopper([&] { source.requestStop(); });
        callback.reset();
        alive = false;
        stopper.join();
        EXPECT_FALSE(usedWhenDead);
    }
}
