// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/runs_model.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

state::RunRow runAt(int minute, const char* id)
{
    state::RunRow run;
    run.id = id;
    run.syncName = "Customers";
    run.kind = "run";
    run.status = state::RunState::Succeeded;
    run.started = WallTime(std::chrono::minutes(minute));
    run.ended = run.started + std::chrono::milliseconds(2500);
    run.counts = {{"successful", 1000}, {"rejected", 2}};
    run.reportJson = R"({"planned":{"rows":5000,"read":1234,"added":1002,"unchanged":232}})";
    return run;
}

QString shown(const RunsModel& model, int row, RunsModel::Column column)
{
    return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

} // namespace

TEST(RunsModel, newestFirstWithPlanAndOutcome)
{
    RunsModel model;
    model.setRuns({runAt(1, "old"), runAt(9, "new")});
    ASSERT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.run(0)->id, "new");
    EXPECT_EQ(shown(model, 0, RunsModel::Read), QStringLiteral("1,234"));
    EXPECT_EQ(shown(model, 0, RunsModel::Successful), QStringLiteral("1,000"));
    EXPECT_EQ(shown(model, 0, RunsModel::Rejected), QStringLiteral("2"));
    EXPECT_EQ(shown(model, 0, RunsModel::Took), QStringLiteral("2.5 s"));
    EXPECT_EQ(shown(model, 0, RunsModel::State), QStringLiteral("Succeeded"));
}

TEST(RunsModel, aRunWithoutAReportYetIsShownToo)
{
    state::RunRow going = runAt(1, "going");
    going.status = state::RunState::Running;
    going.ended.reset();
    going.reportJson.clear();
    RunsModel model;
    model.setRuns({going});
    EXPECT_EQ(shown(model, 0, RunsModel::Read), QStringLiteral("0"));
    EXPECT_EQ(shown(model, 0, RunsModel::Took), QString());
}

TEST(RunsModel, aDamagedReportIsNoCount)
{
    state::RunRow run = runAt(1, "damaged");
    run.reportJson = "{\"planned\":[1,";
    RunsModel model;
    model.setRuns({run});
    EXPECT_EQ(shown(model, 0, RunsModel::Read), QStringLiteral("0"));
    EXPECT_EQ(shown(model, 0, RunsModel::Successful), QStringLiteral("1,000"));
}

TEST(RunsModel, everyColumnHasATitle)
{
    const RunsModel model;
    for (int column = 0; column < model.columnCount(); ++column)
        EXPECT_FALSE(
            model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

} // namespace headgate::ui
