// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace headgate::state {

enum class Liveness
{
    Alive,
    Dead,
    Unknown ///< of another host or process namespace
};

/// Which process holds something. A process id alone is reused; with the start time and the boot
/// it is not.
struct ProcessIdentity
{
    std::string host;
    std::string space; ///< process namespace: containers may share host name and boot
    std::int64_t pid = 0;
    std::string start; ///< the operating system's own figure
    std::string boot;

    /// Found out once: a process does not fork without exec.
    [[nodiscard]] static const ProcessIdentity& current();
    [[nodiscard]] Liveness liveness() const;
    [[nodiscard]] bool sameBoot(const ProcessIdentity& other) const;
    /// "host pid start", for messages.
    [[nodiscard]] std::string toString() const;

    bool operator==(const ProcessIdentity&) const = default;
};

} // namespace headgate::state
