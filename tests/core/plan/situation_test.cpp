// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/situation.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::plan;
using state::KnownRecord;
using state::RecordStatus;

namespace {

Hash128 hash(std::uint8_t value)
{
    Hash128 made;
    made.bytes[0] = value;
    return made;
}

const WallTime now{Milliseconds(1'000'000)};
const Seen seen{Seen::Kind::Valid, hash(1), hash(7)};

KnownRecord delivered(RecordStatus status = RecordStatus::Settled)
{
    KnownRecord known;
    known.delivered = true;
    known.fingerprint = hash(1);
    known.matchHash = hash(7);
    known.status = status;
    return known;
}

} // namespace

TEST(Situation, ofPresentRecords)
{
    EXPECT_EQ(situationOf(seen, nullptr, now), Situation::New);
    KnownRecord known = delivered();
    EXPECT_EQ(situationOf(seen, &known, now), Situation::Unchanged);
    known.fingerprint = hash(2);
    EXPECT_EQ(situationOf(seen, &known, now), Situation::Changed);
    known.matchHash = hash(8);
    EXPECT_EQ(situationOf(seen, &known, now), Situation::Rekeyed);
    known.delivered = false;
    EXPECT_EQ(situationOf(seen, &known, now), Situation::Readded);
    known.fingerprint = {};
    EXPECT_EQ(situationOf(seen, &known, now), Situation::New);
}

/// Its first write had no answer; whatever became of it later, it has to be found again.
TEST(Situation, whatMayBeThereIsRekeyedAndRemovedLikeWhatIs)
{
    for (const RecordStatus status : {RecordStatus::Rejected, RecordStatus::Settled,
                                      RecordStatus::SkippedOnce, RecordStatus::Invalid}) {
        SCOPED_TRACE(state::name(status));
        KnownRecord known = delivered(status);
        known.delivered = false;
        known.fingerprint = {};
        EXPECT_EQ(situationOf({}, &known, now), Situation::Absent);
        known.match = "tann";
        EXPECT_EQ(situationOf({}, &known, now), Situation::Removed);
        if (status == RecordStatus::SkippedOnce)
            continue;
        EXPECT_EQ(situationOf(seen, &known, now), Situation::New) << "written where it may be";
        known.alsoUnder = {"tbob"};
        EXPECT_EQ(situationOf(seen, &known, now), Situation::Rekeyed);
        known.alsoUnder.clear();
        known.matchHash = hash(8);
        EXPECT_EQ(situationOf(seen, &known, now), Situation::Rekeyed);
    }
}

TEST(Situation, aHeldOlderMatchValueIsRekeyed)
{
    KnownRecord known = delivered();
    known.alsoUnder = {"tbob"};
    EXPECT_EQ(situationOf(seen, &known, now), Situation::Rekeyed);
}

TEST(Situation, aRefusedRecordWaitsOnlyForTheSamePayload)
{
    KnownRecord known = delivered(RecordStatus::Rejected);
    known.fingerprint = hash(2);
    known.triedFingerprint = hash(1);
    known.retryAt = now + Milliseconds(1);
    EXPECT_EQ(situationOf(seen, &known, now), Situation::RetryPaused);
    known.retryAt = now;
    EXPECT_EQ(situationOf(seen, &known, now), Situation::RetryDue);
    known.status = RecordStatus::Parked;
    EXPECT_EQ(situationOf(seen, &known, now), Situation::Parked);
    known.triedFingerprint = hash(3);
    EXPECT_EQ(situationOf(seen, &known, now), Situation::Changed);
    known.fingerprint = hash(1);
    EXPECT_EQ(situationOf(seen, &known, now), Situation::Unchanged);
}

TEST(Situation, invalidAndFilteredRecordsArePresent)
{
    const KnownRecord known = delivered();
    EXPECT_EQ(situationOf(Seen{Seen::Kind::Invalid, {}, {}}, &known, now), Situation::Invalid);
    EXPECT_EQ(situationOf(Seen{Seen::Kind::Filtered, {}, {}}, &known, now), Situation::Filtered);
}

TEST(Situation, ofAbsentRecords)
{
    const std::pair<RecordStatus, Situation> cases[] = {
        {RecordStatus::Settled, Situation::Removed},
        {RecordStatus::Rejected, Situation::Removed},
        {RecordStatus::SkippedOnce, Situation::Removed},
        {RecordStatus::Invalid, Situation::Removed},
        {RecordStatus::InDoubt, Situation::Removed},
        {RecordStatus::Parked, Situation::Absent},
        {RecordStatus::SkippedAlways, Situation::Absent},
        {RecordStatus::AwaitingDecision, Situation::Absent},
        {RecordStatus::Purged, Situation::Absent}};
    for (const auto& [status, expected] : cases) {
        const KnownRecord known = delivered(status);
        EXPECT_EQ(situationOf({}, &known, now), expected) << state::name(status);
    }
    KnownRecord gone = delivered();
    gone.delivered = false;
    EXPECT_EQ(situationOf({}, &gone, now), Situation::Absent);
    EXPECT_EQ(situationOf({}, nullptr, now), Situation::Absent);
}

TEST(Situation, whatPeopleDecidedHolds)
{
    const std::pair<RecordStatus, Situation> cases[] = {
        {RecordStatus::Purged, Situation::Purged},
        {RecordStatus::SkippedAlways, Situation::SkippedAlways},
        {RecordStatus::SkippedOnce, Situation::SkippedOnce},
        {RecordStatus::AwaitingDecision, Situation::AwaitingDecision},
        {RecordStatus::InDoubt, Situation::InDoubt}};
    for (const auto& [status, expected] : cases) {
        const KnownRecord known = delivered(status);
        EXPECT_EQ(situationOf(seen, &known, now), expected) << state::name(status);
    }
}
