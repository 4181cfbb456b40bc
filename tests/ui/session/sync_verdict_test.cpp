// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sync_verdict.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

constexpr WallTime now{std::chrono::hours(24 * 365 * 50)};

service::SyncStatus statusWith(state::RunState state)
{
    service::SyncStatus status;
    status.sync = "s";
    status.delivered = 1200;
    status.lastRun.emplace();
    status.lastRun->status = state;
    status.lastRun->started = now - std::chrono::minutes(7);
    status.lastRun->ended = now - std::chrono::minutes(5);
    return status;
}

service::SyncStatus statusWith(const char* outstanding, std::uint64_t count)
{
    service::SyncStatus status = statusWith(state::RunState::Partial);
    status.outstanding[outstanding] = count;
    return status;
}

service::SyncStatus stopped()
{
    service::SyncStatus status = statusWith(state::RunState::Stopped);
    status.planStopped = true;
    return status;
}

struct VerdictCase
{
    const char* name;
    service::SyncStatus status;
    SyncSituation situation;
    Tone tone;
    SyncAction action;
    const char* sentence;
};

class SyncVerdictOf : public testing::TestWithParam<VerdictCase>
{};

} // namespace

TEST_P(SyncVerdictOf, saysOneThingAndOffersOneAction)
{
    const VerdictCase& each = GetParam();
    const SyncVerdict verdict = verdictOf(each.status, each.situation);
    EXPECT_EQ(verdict.tone, each.tone);
    EXPECT_EQ(verdict.action, each.action);
    EXPECT_EQ(verdict.sentence.toStdString(), each.sentence);
    EXPECT_FALSE(verdict.detail.isEmpty());
    EXPECT_FALSE(actionText(verdict.action).isEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Situations, SyncVerdictOf,
    testing::Values(
        VerdictCase{"never", {}, {true, false, now}, Tone::Neutral, SyncAction::Run, "Never run"},
        VerdictCase{"unshaped",
                    {},
                    {false, false, now},
                    Tone::Neutral,
                    SyncAction::Shape,
                    "Not shaped yet"},
        VerdictCase{"running",
                    statusWith("rejected", 3),
                    {true, true, now},
                    Tone::Info,
                    SyncAction::Watch,
                    "Running"},
        VerdictCase{"gate",
                    stopped(),
                    {true, false, now},
                    Tone::Warning,
                    SyncAction::Confirm,
                    "A gate stopped the last plan; nothing of it was sent"},
        VerdictCase{"doubt",
                    statusWith("in_doubt", 1500),
                    {true, false, now},
                    Tone::Warning,
                    SyncAction::Decide,
                    "1,500 records in doubt: sent, but not acknowledged"},
        VerdictCase{"awaiting",
                    statusWith("awaiting_decision", 2),
                    {true, false, now},
                    Tone::Warning,
                    SyncAction::Decide,
                    "2 records in doubt: sent, but not acknowledged"},
        VerdictCase{"refused",
                    statusWith("rejected", 4312),
                    {true, false, now},
                    Tone::Error,
                    SyncAction::ShowRun,
                    "4,312 records refused by the destination"},
        VerdictCase{"causes",
                    statusWith("rejected", 4312),
                    {true, false, now, 3},
                    Tone::Error,
                    SyncAction::ShowRun,
                    "4,312 refused, 3 causes"},
        VerdictCase{"cause",
                    statusWith("rejected", 7),
                    {true, false, now, 1},
                    Tone::Error,
                    SyncAction::ShowRun,
                    "7 refused, one cause"},
        VerdictCase{"parked",
                    statusWith("parked", 1),
                    {true, false, now},
                    Tone::Error,
                    SyncAction::ShowRun,
                    "1 record refused by the destination"},
        VerdictCase{"failed",
                    statusWith(state::RunState::Failed),
                    {true, false, now},
                    Tone::Error,
                    SyncAction::ShowRun,
                    "The last run failed"},
        VerdictCase{"interrupted",
                    statusWith(state::RunState::Interrupted),
                    {true, false, now},
                    Tone::Warning,
                    SyncAction::Run,
                    "The last run was interrupted; the next one goes on with it"},
        VerdictCase{"well",
                    statusWith(state::RunState::Succeeded),
                    {true, false, now},
                    Tone::Success,
                    SyncAction::Run,
                    "Everything that was planned is delivered"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(SyncVerdict, whatNeedsSomebodyComesFirst)
{
    const SyncSituation calm{true, false, now};
    const auto urgency = [&](const service::SyncStatus& status) {
        return verdictOf(status, calm).urgency;
    };
    EXPECT_LT(urgency(stopped()), urgency(statusWith("in_doubt", 1)));
    EXPECT_LT(urgency(statusWith("in_doubt", 1)), urgency(statusWith("rejected", 1)));
    EXPECT_LT(urgency(statusWith("rejected", 1)), urgency({}));
    EXPECT_LT(urgency({}), urgency(statusWith(state::RunState::Succeeded)));
}

TEST(SyncVerdict, datesTheLastRun)
{
    EXPECT_EQ(timeAgo(now - std::chrono::seconds(59), now), QStringLiteral("just now"));
    EXPECT_EQ(timeAgo(now - std::chrono::minutes(5), now), QStringLiteral("5 min ago"));
    EXPECT_EQ(timeAgo(now - std::chrono::hours(23), now), QStringLiteral("23 h ago"));
    EXPECT_TRUE(timeAgo(now - std::chrono::hours(25), now).startsWith(QStringLiteral("on ")));
}

} // namespace headgate::ui
