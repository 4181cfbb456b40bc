// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace headgate::run {

/// What became of a record that was to be sent.
enum class Outcome : std::uint8_t
{
    Successful,
    Unconfirmed, ///< accepted by a destination that cannot say it per record
    Rejected,
    InDoubt,
    Skipped, ///< with a reason: exists, absent
    Pending  ///< not sent, or surely not applied: the next run delivers it
};

[[nodiscard]] const char* name(Outcome outcome);

/// Added + Changed + Rekeyed + Retried + Removed = the sum of these, after every run.
struct OutcomeCounts
{
    std::map<Outcome, std::uint64_t> of;

    [[nodiscard]] std::uint64_t operator[](Outcome outcome) const;
    [[nodiscard]] std::uint64_t sum() const;
    bool operator==(const OutcomeCounts&) const = default;
};

/// From a run's stored counters: Pending is what is left of `sent`.
[[nodiscard]] OutcomeCounts outcomesOf(const std::map<std::string, std::uint64_t>& counters,
                                       std::uint64_t sent);

} // namespace headgate::run
