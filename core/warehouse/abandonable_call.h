// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/stop_token.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace headgate::warehouse {

/// Runs a call of a library that blocks and cannot be interrupted (looking up a name, connecting)
/// on a thread of its own and waits for it until `stop` or `timeout`. Empty then: the thread goes
/// on alone and drops what it gets. `call` owns all that it uses.
template <typename T>
std::optional<T> callAbandonably(std::function<T()> call, const StopToken& stop,
                                 Milliseconds timeout)
{
    struct Shared
    {
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<T> result;
        bool stopped = false;
    };
    const auto shared = std::make_shared<Shared>();
    std::thread([shared, call = std::move(call)] {
        T result = call();
        const std::lock_guard lock(shared->mutex);
        if (!shared->stopped)
            shared->result.emplace(std::move(result));
        shared->changed.notify_all();
    }).detach();
    const StopCallback onStop(stop, [shared] {
        const std::lock_guard lock(shared->mutex);
        shared->stopped = true;
        shared->changed.notify_all();
    });
    std::unique_lock lock(shared->mutex);
    shared->changed.wait_for(lock, timeout,
                             [&] { return shared->result.has_value() || shared->stopped; });
    shared->stopped = true;
    return std::move(shared->result);
}

} // namespace headgate::warehouse
