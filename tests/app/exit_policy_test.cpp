// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/exit_policy.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::cli;

namespace {

run::RunReport partialReport()
{
    run::RunReport report;
    report.exitCode = 1;
    report.planned.read = 1000;
    report.planned.of[plan::Category::Invalid] = 4;
    report.outcomes.of[run::Outcome::Rejected] = 6;
    return report;
}

int exitWith(const std::vector<std::pair<std::string, std::string>>& options,
             const run::RunReport& report)
{
    Arguments arguments;
    for (const auto& [name, value] : options)
        arguments.addOption(name, value);
    const auto policy = readExitPolicy(arguments);
    EXPECT_TRUE(policy.has_value());
    return policy ? exitCode(report, *policy) : -1;
}

} // namespace

TEST(CliExitPolicy, onlyWhatIsAskedForCountsAndAShareIsPutUpWith)
{
    const run::RunReport report = partialReport();
    EXPECT_EQ(exitWith({}, report), 1);
    EXPECT_EQ(exitWith({{"fail-on", "pending"}}, report), 0);
    EXPECT_EQ(exitWith({{"fail-on", "nothing"}}, report), 0);
    EXPECT_EQ(exitWith({{"fail-on", "in-doubt"}, {"fail-on", "invalid"}}, report), 1);
    EXPECT_EQ(exitWith({{"tolerate", "1%"}}, report), 0);
    EXPECT_EQ(exitWith({{"tolerate", "0.9%"}}, report), 1);
    EXPECT_EQ(exitWith({{"tolerate", "0.004"}, {"fail-on", "invalid"}}, report), 0);
    EXPECT_EQ(exitWith({{"tolerate", "0.003"}, {"fail-on", "invalid"}}, report), 1);
}

TEST(CliExitPolicy, whatEarlierRunsLeftInDoubtCounts)
{
    run::RunReport report;
    report.exitCode = 1;
    report.planned.read = 1000;
    report.inDoubt = 5;
    EXPECT_EQ(exitWith({}, report), 1);
    EXPECT_EQ(exitWith({{"fail-on", "in-doubt"}}, report), 1);
    EXPECT_EQ(exitWith({{"fail-on", "rejected"}}, report), 0);
    EXPECT_EQ(exitWith({{"tolerate", "0.5%"}}, report), 0);
    report.outcomes.of[run::Outcome::InDoubt] = 5;
    EXPECT_EQ(exitWith({{"tolerate", "0.5%"}}, report), 0) << "they are the same records";
}

TEST(CliExitPolicy, failuresAreNeverPutUpWith)
{
    run::RunReport report = partialReport();
    for (const int code : {3, 4, 5, 6, 7, 8, 70, 130}) {
        report.exitCode = code;
        EXPECT_EQ(exitWith({{"fail-on", "nothing"}, {"tolerate", "100%"}}, report), code);
    }
}

TEST(CliExitPolicy, nothingStandsAlone)
{
    Arguments arguments;
    arguments.addOption("fail-on", "nothing");
    arguments.addOption("fail-on", "rejected");
    EXPECT_EQ(readExitPolicy(arguments).error().code, "usage.option.conflict");
}

TEST(CliExitPolicy, theGravestOfSeveralRunsIsTheProcess)
{
    const int ordered[] = {0, 1, 7, 6, 4, 3, 5, 2, 8, 70, 143, 130};
    for (std::size_t i = 0; i < std::size(ordered); ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            EXPECT_EQ(graver(ordered[i], ordered[j]), ordered[i]);
            EXPECT_EQ(graver(ordered[j], ordered[i]), ordered[i]);
        }
    }
}
