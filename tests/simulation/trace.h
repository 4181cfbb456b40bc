// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fake_clock.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headgate::simulation {

/// What happened in a history, event by event, and a hash over all of it: the same seed gives the
/// same one.
class Trace
{
public:
    explicit Trace(const fakes::FakeClock& clock) : m_clock(clock), m_start(clock.steady()) {}

    /// Prints each event as it happens.
    void show() { m_shown = true; }
    void add(const std::string& event);
    /// A broken promise. It is an event too.
    void violation(const std::string& promise, const std::string& what);

    [[nodiscard]] std::uint64_t hash() const { return m_hash; }
    [[nodiscard]] const std::vector<std::string>& lines() const { return m_lines; }
    [[nodiscard]] const std::vector<std::string>& violations() const { return m_violations; }

private:
    const fakes::FakeClock& m_clock;
    SteadyTime m_start;
    bool m_shown = false;
    std::uint64_t m_hash = 0;
    std::vector<std::string> m_lines;
    std::vector<std::string> m_violations;
};

} // namespace headgate::simulation
