// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run_text.h"

#include "fakes/print_to.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::cli;
using testing::HasSubstr;
using testing::Not;

namespace {

run::RunReport sentReport()
{
    run::RunReport report;
    report.run = "7c9e6679";
    report.sync = "people";
    report.state = state::RunState::Partial;
    report.exitCode = 1;
    report.ended = report.started + Milliseconds(1400);
    report.planned.rows = 12;
    report.planned.read = 10;
    report.planned.of[plan::Category::Added] = 8;
    report.planned.of[plan::Category::Unchanged] = 2;
    report.outcomes.of[run::Outcome::Successful] = 7;
    report.outcomes.of[run::Outcome::Rejected] = 1;
    report.requests = 2;
    report.rejections = {{"email.invalid", "no \x1b[31maddress", "bob@", 1}};
    return report;
}

std::string shown(const run::RunReport& report)
{
    return runText(report, Output(GlobalOptions())).toStdString();
}

} // namespace

TEST(CliRunText, saysWhatWasReadWhatBecameOfItAndWhatToDo)
{
    EXPECT_EQ(shown(sentReport()),
              "people: finished, not everything was accepted (1.4 s)\n"
              "  read        12 rows, 10 records\n"
              "  plan        8 added, 2 unchanged\n"
              "  outcome     7 successful, 1 rejected, in 2 requests\n"
              "  rejected    1 x email.invalid: no \\x1b[31maddress, for example bob@\n"
              "  run         7c9e6679\n"
              "  To see them: headgate rejected people\n");
}

TEST(CliRunText, aStoppedRunNamesTheGateAndThePlanToConfirm)
{
    run::RunReport report = sentReport();
    report.state = state::RunState::Stopped;
    report.plan = "plan-1";
    report.stops = {{"gate.changed", QStringLiteral("too many changes")}};
    const std::string text = shown(report);
    EXPECT_THAT(text, HasSubstr("  gate        too many changes\n"));
    EXPECT_THAT(text, HasSubstr("headgate run people --confirm=plan-1\n"));
    EXPECT_THAT(text, Not(HasSubstr("outcome")));
}

TEST(CliRunText, aDryRunShowsRecordsAndClaimsNothingWasSent)
{
    run::RunReport report = sentReport();
    report.kind = run::RunKind::DryRun;
    plan::PlanSample added;
    added.operation = "upsert";
    added.keyText = "1";
    added.match = "a@b";
    added.payload = R"({"n":1.10})";
    report.samples = {added};
    const std::string text = shown(report);
    EXPECT_THAT(text, HasSubstr("people: planned, nothing was sent"));
    EXPECT_THAT(text, HasSubstr("  added 1\n    {\n      \"n\": 1.10\n    }\n"));
    EXPECT_THAT(text, Not(HasSubstr("outcome")));
}

TEST(CliRunText, durationsAsPeopleSayThem)
{
    EXPECT_EQ(durationText(Milliseconds(0)), QStringLiteral("0.0 s"));
    EXPECT_EQ(durationText(Milliseconds(1450)), QStringLiteral("1.4 s"));
    EXPECT_EQ(durationText(Milliseconds(200'000)), QStringLiteral("3 min 20 s"));
    EXPECT_EQ(durationText(Milliseconds(7'260'000)), QStringLiteral("2 h 1 min"));
}
