// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"

namespace headgate::cli {

/// Turns the signals that ask a process to end (SIGINT, SIGTERM, SIGHUP as SIGTERM; on Windows
/// Ctrl-C and closing the console) into stop requests: the first one stops gracefully, the second
/// abandons what is in flight, the third ends the process on the spot. There is one per process; it
/// must outlive everything that uses its tokens.
class Interrupts
{
public:
    Interrupts();
    ~Interrupts();
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;

    /// Stopped by the first signal.
    [[nodiscard]] StopToken stop() const { return m_stop.token(); }
    /// Stopped by the second.
    [[nodiscard]] StopToken abandon() const { return m_abandon.token(); }
    /// 128 and the number of the first signal: 130 for SIGINT, 143 for SIGTERM. 0: none came.
    [[nodiscard]] int exitCode() const;
    /// Called by the system's part, on a thread of its own.
    void received();

private:
    StopSource m_stop;
    StopSource m_abandon;
};

} // namespace headgate::cli
