// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/mode_table.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::plan;
using connector::Operation;
using project::DeleteBehaviour;
using project::SyncMode;

namespace {

constexpr SyncMode allModes[] = {SyncMode::Upsert, SyncMode::Update,  SyncMode::Insert,
                                 SyncMode::Mirror, SyncMode::Replace, SyncMode::Append,
                                 SyncMode::Delete};

/// One row of the table: a word per mode, in the order of allModes. "-" is a decision without an
/// operation, "." no decision at all.
struct Row
{
    Situation situation;
    const char* category;
    const char* operations[7];
};

const Row rows[] = {
    {Situation::New,
     "added",
     {"upsert", "update", "insert", "upsert", "replace", "append", "delete"}},
    {Situation::Readded,
     "added",
     {"upsert", "update", "insert", "upsert", "replace", "append", "delete"}},
    {Situation::Changed, "changed", {"upsert", "update", "-", "upsert", "replace", "-", "-"}},
    {Situation::Rekeyed, "rekeyed", {"upsert", "update", "-", "upsert", "replace", "-", "delete"}},
    {Situation::Unchanged, "unchanged", {"-", "-", "-", "-", "replace", "-", "-"}},
    {Situation::Removed, "removed", {".", ".", ".", "delete", ".", ".", "."}},
    {Situation::Absent, "", {".", ".", ".", ".", ".", ".", "."}},
    {Situation::Invalid, "invalid", {"-", "-", "-", "-", "-", "-", "-"}},
    {Situation::Filtered, "filtered", {"-", "-", "-", "-", "-", "-", "-"}},
    {Situation::RetryDue,
     "retried",
     {"upsert", "update", "insert", "upsert", "replace", "append", "delete"}},
    {Situation::InDoubt,
     "retried",
     {"upsert", "update", "insert", "upsert", "replace", "append", "delete"}},
    {Situation::RetryPaused, "held", {"-", "-", "-", "-", "-", "-", "-"}},
    {Situation::AwaitingDecision, "held", {"-", "-", "-", "-", "-", "-", "-"}},
    {Situation::Parked, "held", {"-", "-", "-", "-", "-", "-", "-"}},
    {Situation::SkippedAlways, "held", {"-", "-", "-", "-", "-", "-", "-"}},
    {Situation::SkippedOnce, "held", {"-", "-", "-", "-", "-", "-", "-"}},
    {Situation::Purged, "held", {"-", "-", "-", "-", "-", "-", "-"}},
};

ModeOptions optionsOf(SyncMode mode)
{
    ModeOptions options;
    options.mode = mode;
    options.deleteBehaviour = DeleteBehaviour::Delete;
    return options;
}

} // namespace

TEST(ModeTable, everyCell)
{
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < std::size(allModes); ++i) {
            const Decision decision = decide(optionsOf(allModes[i]), row.situation);
            const std::string expected = row.operations[i];
            const std::string cell = std::string(row.category) + " x " + project::name(allModes[i]);
            EXPECT_EQ(decision.category.has_value(), expected != ".") << cell;
            EXPECT_EQ(decision.operation  ? connector::name(*decision.operation)
                      : decision.category ? "-"
                                          : ".",
                      expected)
                << cell;
            if (decision.operation && row.situation != Situation::Unchanged) {
                EXPECT_STREQ(name(*decision.category), row.category) << cell;
            }
        }
    }
}

TEST(ModeTable, whatIsInDoubtAndMayNotBeRepeatedIsHeld)
{
    ModeOptions options = optionsOf(SyncMode::Append);
    options.mayRepeat = false;
    EXPECT_EQ(decide(options, Situation::InDoubt), (Decision{Category::Held, {}, {}}));
}

TEST(ModeTable, aMirrorAddsTheNewMatchValueAndRemovesTheOld)
{
    const Decision decision = decide(optionsOf(SyncMode::Mirror), Situation::Rekeyed);
    EXPECT_EQ(decision.operation, Operation::Upsert);
    EXPECT_EQ(decision.removeOld, Operation::Delete);
    const Decision retried = decide(optionsOf(SyncMode::Mirror), Situation::RetryDue, true);
    EXPECT_EQ(retried.category, Category::Retried);
    EXPECT_EQ(retried.removeOld, Operation::Delete);
    ModeOptions renames = optionsOf(SyncMode::Mirror);
    renames.canRename = true;
    EXPECT_EQ(decide(renames, Situation::Rekeyed).operation, Operation::Rename);
    EXPECT_EQ(decide(renames, Situation::Rekeyed).removeOld, std::nullopt);
}

TEST(ModeTable, aMirrorThatDoesNothingToRemovedRecords)
{
    ModeOptions nothing = optionsOf(SyncMode::Mirror);
    nothing.deleteBehaviour = DeleteBehaviour::Nothing;
    EXPECT_EQ(decide(nothing, Situation::Removed), Decision());
}

TEST(ModeTable, aDeclaredFullResyncSendsWhatIsUnchangedButNeverTwiceWhatActsOnce)
{
    for (const SyncMode mode : allModes) {
        ModeOptions options = optionsOf(mode);
        options.resendAll = true;
        const bool once =
            mode == SyncMode::Insert || mode == SyncMode::Append || mode == SyncMode::Delete;
        EXPECT_EQ(decide(options, Situation::Unchanged).operation.has_value(), !once);
    }
}

TEST(ModeTable, retryNowIgnoresPausesAndParking)
{
    ModeOptions options = optionsOf(SyncMode::Upsert);
    options.retryNow = true;
    EXPECT_EQ(decide(options, Situation::Parked).category, Category::Retried);
    EXPECT_EQ(decide(options, Situation::RetryPaused).operation, Operation::Upsert);
    EXPECT_EQ(decide(options, Situation::SkippedAlways).category, Category::Held);
}
