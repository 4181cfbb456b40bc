// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/exit_policy.h"

#include "cli/cli_text.h"

#include <algorithm>
#include <array>

namespace headgate::cli {

std::vector<OptionSpec> exitPolicyOptions()
{
    return {
        {"fail-on",
         "WHAT",
         CliText::tr("Exit with 1 only for these records: rejected, invalid, parked, in-doubt or "
                     "pending; nothing: for none. May be repeated. Without it: for all of them."),
         {"rejected", "invalid", "parked", "in-doubt", "pending", "nothing"},
         true},
        {"tolerate", "SHARE",
         CliText::tr("Exit with 0 as long as such records are no more than this share of the "
                     "records read: 0.01 or 1%.")},
    };
}

Result<ExitPolicy> readExitPolicy(const Arguments& arguments)
{
    ExitPolicy policy;
    if (arguments.has("fail-on")) {
        const std::vector<std::string> chosen = arguments.values("fail-on");
        const auto has = [&](const char* what) {
            return std::ranges::find(chosen, what) != chosen.end();
        };
        policy = {has("rejected"), has("invalid"), has("parked"), has("in-doubt"), has("pending")};
        if (has("nothing") && chosen.size() > 1) {
            return fail(ErrorKind::Usage, "usage.option.conflict",
                        CliText::tr("--fail-on=nothing stands alone."));
        }
    }
    const Result<std::optional<double>> tolerated = arguments.share("tolerate");
    if (!tolerated)
        return Failure(tolerated.error());
    policy.tolerated = tolerated->value_or(0);
    return policy;
}

int exitCode(const run::RunReport& report, const ExitPolicy& policy)
{
    if (report.exitCode != 1)
        return report.exitCode;
    std::uint64_t counted = 0;
    if (policy.rejected)
        counted += report.outcomes[run::Outcome::Rejected] + report.paused;
    if (policy.invalid)
        counted += report.planned[plan::Category::Invalid];
    if (policy.parked)
        counted += report.parked;
    if (policy.inDoubt)
        counted += std::max(report.outcomes[run::Outcome::InDoubt], report.inDoubt);
    if (policy.pending)
        counted += report.outcomes[run::Outcome::Pending];
    const double most = policy.tolerated * static_cast<double>(report.planned.read);
    return static_cast<double>(counted) > most ? 1 : 0;
}

int graver(int a, int b)
{
    // Interrupted, defect, local state, then what attempted nothing or failed outside, then 1.
    static constexpr std::array order = {0, 1, 7, 6, 4, 3, 5, 2, 8, 70, 143, 130};
    const auto rank = [](int code) { return std::ranges::find(order, code) - order.begin(); };
    return rank(a) >= rank(b) ? a : b;
}

} // namespace headgate::cli
