// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/outcome.h"

namespace headgate::run {

const char* name(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Successful:
        return "successful";
    case Outcome::Unconfirmed:
        return "unconfirmed";
    case Outcome::Rejected:
        return "rejected";
    case Outcome::InDoubt:
        return "in_doubt";
    case Outcome::Skipped:
        return "skipped";
    case Outcome::Pending:
        return "pending";
    }
    return "pending";
}

std::uint64_t OutcomeCounts::operator[](Outcome outcome) const
{
    const auto found = of.find(outcome);
    return found == of.end() ? 0 : found->second;
}

std::uint64_t OutcomeCounts::sum() const
{
    std::uint64_t total = 0;
    for (const auto& entry : of)
        total += entry.second;
    return total;
}

OutcomeCounts outcomesOf(const std::map<std::string, std::uint64_t>& counters, std::uint64_t sent)
{
    OutcomeCounts outcomes;
    for (const Outcome outcome : {Outcome::Successful, Outcome::Unconfirmed, Outcome::Rejected,
                                  Outcome::InDoubt, Outcome::Skipped})
        if (const auto found = counters.find(name(outcome)); found != counters.end())
            outcomes.of[outcome] = found->second;
    const std::uint64_t known = outcomes.sum();
    outcomes.of[Outcome::Pending] = sent > known ? sent - known : 0;
    return outcomes;
}

} // namespace headgate::run
