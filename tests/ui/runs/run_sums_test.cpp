// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_sums.h"

#include "runs/runs_model.h"

#include <QLabel>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

state::RunRow runWith(const char* report, std::map<std::string, std::uint64_t> counts)
{
    state::RunRow run;
    run.status = state::RunState::Partial;
    run.reportJson = report;
    run.counts = std::move(counts);
    return run;
}

} // namespace

TEST(RunSums, bothEquationsAddUp)
{
    const state::RunRow run = runWith(
        R"({"planned":{"read":1060,"added":1000,"changed":12,"unchanged":48,"removed":3},
            "milliseconds":{"plan":1250,"deliver":60,"resume":0},"requests":11})",
        {{"successful", 1010}, {"rejected", 2}});
    const auto counts = countsOf(run);
    const RunSum read = readSum(counts);
    EXPECT_EQ(read.text, QStringLiteral("Read 1,060 = 1,000 added + 12 changed + 48 unchanged"));
    const RunSum sent = sentSum(counts, run.status);
    EXPECT_EQ(sent.text, QStringLiteral("To send 1,015 (3 removed) = 1,010 successful + 2 rejected "
                                        "+ 3 pending"));
    for (const RunSum& sum : {read, sent}) {
        std::uint64_t all = 0;
        for (const RunSum::Part& part : sum.parts)
            all += part.count;
        EXPECT_EQ(all, sum.whole) << sum.text.toStdString();
    }
    EXPECT_EQ(durationsText(run),
              QStringLiteral("planned in 1.3 s · delivered in 0.1 s · 11 requests"));
}

TEST(RunSums, whatALaterRunSettledIsPendingNoMore)
{
    const state::RunRow run =
        runWith(R"({"planned":{"read":5,"added":5},"outcomes":{"pending":2,"in_doubt":3}})",
                {{"successful", 5}, {"in_doubt", 0}});
    EXPECT_EQ(sentSum(countsOf(run), run.status).text, QStringLiteral("To send 5 = 5 successful"));
}

TEST(RunSums, aGateSendsNothing)
{
    state::RunRow run = runWith(
        R"({"planned":{"read":9,"changed":9},"stops":[{"code":"g","message":"Too many."}]})", {});
    run.status = state::RunState::Stopped;
    const RunSum sum = sentSum(countsOf(run), run.status);
    EXPECT_EQ(sum.text, QStringLiteral("To send 9: a gate stopped it, nothing was sent"));
    EXPECT_TRUE(sum.parts.empty());
    RunSums widget;
    widget.setRun(run);
    bool said = false;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        said = said || (label->text() == QStringLiteral("Too many.") && !label->isHidden());
    EXPECT_TRUE(said);
}

TEST(RunSums, aRunThatGoesOnHasNothingPending)
{
    state::RunRow run = runWith("", {{"successful", 3}});
    run.status = state::RunState::Running;
    EXPECT_EQ(readSum(countsOf(run)).text, QStringLiteral("Read 0"));
    EXPECT_EQ(durationsText(run), QString());
}

} // namespace headgate::ui
