// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "run/sync_run.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace headgate::service {

/// Tells other processes, through the state, how far a run is, and hears when one of them cancels
/// it. It has a thread and a connection of its own, so that a run that waits hears too; a run that
/// is over before the first look costs nothing. What goes wrong here is logged and ends the
/// telling, never the run.
class RunBeacon
{
public:
    struct Run
    {
        std::string stateDirectory;
        std::string id;
        std::function<run::RunProgress()> progress; ///< thread-safe, as are the next two
        std::function<void()> cancel;
        std::function<void()> abandon;
    };
    static constexpr Milliseconds betweenLooks{500};

    RunBeacon(Run run, Clock& clock, Random& random, Milliseconds pause = betweenLooks);
    ~RunBeacon();
    RunBeacon(const RunBeacon&) = delete;
    RunBeacon& operator=(const RunBeacon&) = delete;

private:
    void serve();
    [[nodiscard]] Result<void> look(state::StateStore& store);
    [[nodiscard]] bool wait();

    Run m_run;
    Clock& m_clock;
    Random& m_random;
    Milliseconds m_pause;
    std::uint32_t m_heard = 0;
    std::string m_told;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ending = false;
    std::thread m_thread;
};

/// The text of state::RunRow::progress: "sending 120 4000".
[[nodiscard]] std::string progressLine(const run::RunProgress& progress);
/// What it says; Waiting where it says nothing.
[[nodiscard]] run::RunProgress progressFromLine(std::string_view line);

} // namespace headgate::service
