// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"

#include <cstdint>
#include <optional>
#include <string>

namespace headgate::run {

/// Stops a run whose records are refused for a common reason, before it refuses them all
/// (semantics 20): each of the first 20 records that were answered on their own with one error
/// code, or over half of the first 1,000. Accepted records count, retried ones do not.
class RefusalWatch
{
public:
    void onOutcome(const connector::RecordOutcome& outcome);
    /// The common code once the run should stop.
    [[nodiscard]] const std::optional<std::string>& verdict() const { return m_verdict; }
    /// No further outcome changes the verdict.
    [[nodiscard]] bool isOver() const { return m_answered >= firstMany; }

private:
    static constexpr std::uint64_t firstFew = 20;
    static constexpr std::uint64_t firstMany = 1000;

    std::uint64_t m_answered = 0;
    std::uint64_t m_refused = 0;
    std::string m_code;
    bool m_oneCode = true;
    std::optional<std::string> m_verdict;
};

} // namespace headgate::run
