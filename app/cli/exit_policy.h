// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/command_spec.h"
#include "run/run_report.h"

#include <vector>

namespace headgate::cli {

/// Which records make a finished run exit with 1, and how many are put up with.
struct ExitPolicy
{
    bool rejected = true;
    bool invalid = true;
    bool parked = true;
    bool inDoubt = true;
    bool pending = true;
    double tolerated = 0; ///< share of the records read
};

/// --fail-on and --tolerate.
[[nodiscard]] std::vector<OptionSpec> exitPolicyOptions();
/// Error: Usage.
[[nodiscard]] Result<ExitPolicy> readExitPolicy(const Arguments& arguments);

/// The report's own exit code, unless it is 1 and the policy puts up with all of it.
[[nodiscard]] int exitCode(const run::RunReport& report, const ExitPolicy& policy);
/// Of several runs: the gravest one. A failed run outweighs records that were left over.
[[nodiscard]] int graver(int a, int b);

} // namespace headgate::cli
