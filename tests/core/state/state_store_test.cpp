// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/process_identity.h"
#include "state/spool.h"
#include "store_fixture.h"

#include "base/text.h"

#include <QFileInfo>
#include <algorithm>
#include <filesystem>

namespace headgate::state {

namespace {

class StateStoreTest : public StoreTest
{
protected:
    StateStoreTest() : m_id(valueOf(m_store->create(sampleIdentity())).id) {}

    /// A plan with batches 1 to `batches`, ready.
    void makePlan(const PlanId& plan, std::uint64_t batches)
    {
        require(m_store->beginRun(sampleRun("run-of-" + plan, m_id)));
        PlanRow row;
        row.id = plan;
        row.state = m_id;
        row.run = "run-of-" + plan;
        row.status = PlanState::Ready;
        row.spoolPath = path(plan + ".spool");
        std::vector<BatchRow> rows;
        for (std::uint64_t number = 1; number <= batches; ++number)
            rows.push_back(sampleBatch(plan, number));
        require(m_store->savePlan(row, rows));
    }

    Settlement settlementOf(const PlanId& plan, std::uint64_t batch)
    {
        Settlement settlement;
        settlement.plan = plan;
        settlement.batch = batch;
        settlement.attempts = 1;
        return settlement;
    }

    StateId m_id;
};

TEST_F(StateStoreTest, FilesAreForTheirOwnerOnly)
{
    require(m_store->apply(m_id, std::vector{replacing(plainRecord(1))}));
    EXPECT_EQ(QFileInfo(toQString(folder())).permissions() & 0x0077, QFile::Permissions());
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
        const auto mode = std::filesystem::status(entry).permissions();
        EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
            << entry.path();
        ++files;
    }
    EXPECT_EQ(files, 4); // database, log, shared memory, marker
}

TEST_F(StateStoreTest, TheHashKeyStays)
{
    const HashKey key = m_store->hashKey();
    EXPECT_NE(key, HashKey());
    reopen();
    EXPECT_EQ(m_store->hashKey(), key);
}

TEST_F(StateStoreTest, StatesAreFoundBySyncLastUsedFirst)
{
    StateIdentity other = sampleIdentity();
    other.account = "iterable:staging";
    StateInfo second = valueOf(m_store->create(other));
    second.lastRun = m_clock.now();
    second.cursor = "2026-01-01 00:00:00.123456";
    second.definitionHash = "d";
    second.fingerprintVersion = "1";
    second.baseline = true;
    require(m_store->update(second));
    static_cast<void>(valueOf(m_store->create(sampleIdentity("elsewhere"))));
    reopen();
    const auto states = valueOf(m_store->statesOf("project", "production", "sync"));
    ASSERT_EQ(states.size(), 2U);
    EXPECT_EQ(states[0].identity, other);
    EXPECT_EQ(states[0].cursor, second.cursor);
    EXPECT_EQ(states[0].definitionHash, "d");
    EXPECT_EQ(states[0].fingerprintVersion, "1");
    EXPECT_EQ(states[0].lastRun, m_clock.now());
    EXPECT_TRUE(states[0].baseline);
    EXPECT_EQ(states[1].identity, sampleIdentity());
    EXPECT_FALSE(states[1].lastRun);
    EXPECT_EQ(valueOf(m_store->allStates()).size(), 3U);
}

TEST_F(StateStoreTest, AnIdentityHasOneState)
{
    EXPECT_EQ(codeOf(m_store->create(sampleIdentity())), "state.exists");
    const StateId other = valueOf(m_store->create(sampleIdentity("other"))).id;
    EXPECT_EQ(codeOf(m_store->adopt(other, sampleIdentity())), "state.exists");
    require(m_store->adopt(other, sampleIdentity("renamed")));
    EXPECT_EQ(valueOf(m_store->statesOf("project", "production", "renamed")).size(), 1U);
    EXPECT_EQ(codeOf(m_store->adopt(999, sampleIdentity("x"))), "state.unknown");
}

TEST_F(StateStoreTest, RecordsComeBackWholeInKeyOrder)
{
    std::vector<RecordChange> changes;
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        changes.push_back(replacing(seed % 2 == 0 ? fullRecord(seed) : plainRecord(seed)));
    require(m_store->apply(m_id, changes));
    reopen();
    std::sort(changes.begin(), changes.end(),
              [](const auto& a, const auto& b) { return a.record.keyHash < b.record.keyHash; });
    const auto records = scanAll(*m_store, m_id);
    ASSERT_EQ(records.size(), changes.size());
    for (std::size_t i = 0; i < records.size(); ++i)
        EXPECT_TRUE(same(records[i], changes[i].record)) << i;
    const auto one = valueOf(m_store->record(m_id, hashOf(4)));
    ASSERT_TRUE(one);
    EXPECT_TRUE(same(*one, fullRecord(4)));
    EXPECT_FALSE(valueOf(m_store->record(m_id, hashOf(999))));
}

TEST_F(StateStoreTest, AScanSeesTheMomentOfItsOpening)
{
    require(
        m_store->apply(m_id, std::vector{replacing(plainRecord(1)), replacing(plainRecord(2))}));
    const auto scan = valueOf(m_store->scan(m_id));
    require(m_store->apply(m_id, std::vector{replacing(plainRecord(3))}));
    RecordChange gone = replacing(plainRecord(1));
    gone.kind = ChangeKind::Erase;
    require(m_store->apply(m_id, std::vector{gone}));
    KnownRecord record;
    int seen = 0;
    while (valueOf(scan->next(record)))
        ++seen;
    EXPECT_EQ(seen, 2);
    EXPECT_EQ(scanAll(*m_store, m_id).size(), 2U);
}

TEST_F(StateStoreTest, OutstandingKeepsWhatWasDelivered)
{
    require(m_store->apply(m_id, std::vector{replacing(plainRecord(1))}));
    RecordChange refused;
    refused.kind = ChangeKind::Outstanding;
    refused.record = fullRecord(1);
    refused.record.delivered = false;
    refused.record.fingerprint = hashOf(77);
    RecordChange fresh = refused;
    fresh.record.keyHash = hashOf(2);
    require(m_store->apply(m_id, std::vector{refused, fresh}));

    KnownRecord expected = plainRecord(1);
    expected.status = refused.record.status;
    expected.triedFingerprint = refused.record.triedFingerprint;
    expected.attempts = refused.record.attempts;
    expected.retryAt = refused.record.retryAt;
    expected.code = refused.record.code;
    expected.message = refused.record.message;
    expected.keyText = refused.record.keyText;
    EXPECT_TRUE(same(*valueOf(m_store->record(m_id, hashOf(1))), expected));

    const KnownRecord added = *valueOf(m_store->record(m_id, hashOf(2)));
    EXPECT_FALSE(added.delivered);
    EXPECT_EQ(added.fingerprint, Hash128());
    EXPECT_EQ(added.status, RecordStatus::Rejected);
}

TEST_F(StateStoreTest, OutstandingMatchValuesAreKeptBesideTheFirst)
{
    RecordChange change = replacing(plainRecord(1));
    for (const char* match : {"tfirst", "tsecond", "tfirst", "tthird", "", "tsecond"}) {
        change.record.match = match;
        require(m_store->apply(m_id, std::vector{change}));
        change.kind = ChangeKind::Outstanding;
    }
    const KnownRecord known = *valueOf(m_store->record(m_id, hashOf(1)));
    EXPECT_EQ(known.alsoUnder, (std::vector<std::string>{"tsecond", "tthird"}));
}

TEST_F(StateStoreTest, CountsFollowEveryChange)
{
    KnownRecord unconfirmed = plainRecord(2);
    unconfirmed.unconfirmed = true;
    KnownRecord parked = fullRecord(3);
    parked.delivered = false;
    parked.unconfirmed = false;
    parked.status = RecordStatus::Parked;
    require(m_store->apply(
        m_id, std::vector{replacing(plainRecord(1)), replacing(unconfirmed), replacing(parked)}));
    auto counts = valueOf(m_store->recordCounts(m_id));
    EXPECT_EQ(counts["known"], 3U);
    EXPECT_EQ(counts["delivered"], 2U);
    EXPECT_EQ(counts["unconfirmed"], 1U);
    EXPECT_EQ(counts["parked"], 1U);
    EXPECT_EQ(counts["rejected"], 0U);
    EXPECT_EQ(valueOf(m_store->allStates()).front().delivered, 2U);

    RecordChange erased = replacing(plainRecord(1));
    erased.kind = ChangeKind::Erase;
    require(m_store->apply(m_id, std::vector{erased, erased}));
    counts = valueOf(m_store->recordCounts(m_id));
    EXPECT_EQ(counts["known"], 2U);
    EXPECT_EQ(counts["delivered"], 1U);
    const auto outstanding = valueOf(m_store->outstanding(m_id, 10));
    ASSERT_EQ(outstanding.size(), 1U);
    EXPECT_TRUE(same(outstanding[0], parked));
}

TEST_F(StateStoreTest, ResetForgetsAllButThePurged)
{
    KnownRecord purged;
    purged.keyHash = hashOf(9);
    purged.status = RecordStatus::Purged;
    require(m_store->apply(m_id, std::vector{replacing(plainRecord(1)), replacing(purged)}));
    StateInfo info = valueOf(m_store->allStates()).front();
    info.cursor = "5";
    require(m_store->update(info));
    makePlan("p", 1);
    require(m_store->reset(m_id));
    const auto records = scanAll(*m_store, m_id);
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].status, RecordStatus::Purged);
    EXPECT_EQ(valueOf(m_store->allStates()).front().cursor, "");
    EXPECT_FALSE(valueOf(m_store->openPlan(m_id)));
    EXPECT_EQ(valueOf(m_store->plan("p"))->status, PlanState::Discarded);
}

TEST_F(StateStoreTest, PlansComeBackWhole)
{
    makePlan("older", 1);
    PlanRow plan;
    plan.id = "newer";
    plan.state = m_id;
    plan.run = "run";
    plan.status = PlanState::Building;
    plan.created = m_clock.now();
    plan.spoolPath = path("newer.spool");
    plan.definitionHash = "definition";
    plan.newCursor = "cursor";
    plan.countsJson = "{}";
    plan.removals = plan.completeRead = plan.adHoc = true;
    BatchRow batch = sampleBatch("newer", 4);
    batch.parent = 2;
    batch.attempts = 5;
    batch.bodyHash = "body";
    batch.receipt = "job-1";
    batch.status = BatchState::Receipt;
    require(m_store->savePlan(plan, std::vector{sampleBatch("newer", 1), batch}));
    EXPECT_EQ(valueOf(m_store->openPlan(m_id))->id, "older");
    require(m_store->setPlanState("newer", PlanState::Stopped));
    reopen();
    const auto open = valueOf(m_store->openPlan(m_id));
    ASSERT_TRUE(open);
    EXPECT_EQ(open->id, "newer");
    EXPECT_EQ(open->run, "run");
    EXPECT_EQ(open->status, PlanState::Stopped);
    EXPECT_EQ(open->created, plan.created);
    EXPECT_EQ(open->spoolPath, plan.spoolPath);
    EXPECT_EQ(open->definitionHash, "definition");
    EXPECT_EQ(open->newCursor, "cursor");
    EXPECT_EQ(open->countsJson, "{}");
    EXPECT_TRUE(open->removals && open->completeRead && open->adHoc);
    EXPECT_EQ(open->lastBatch, 4U);
    const auto batches = valueOf(m_store->openBatches("newer", 2, 10));
    ASSERT_EQ(batches.size(), 1U);
    EXPECT_EQ(batches[0].number, 4U);
    EXPECT_EQ(batches[0].parent, 2U);
    EXPECT_EQ(batches[0].items, batch.items);
    EXPECT_EQ(batches[0].idempotencyKey, "key-4");
    EXPECT_EQ(batches[0].attempts, 5U);
    EXPECT_EQ(batches[0].bodyHash, "body");
    EXPECT_EQ(batches[0].receipt, "job-1");
    EXPECT_EQ(batches[0].status, BatchState::Receipt);
    EXPECT_FALSE(valueOf(m_store->plan("unknown")));
}

TEST_F(StateStoreTest, APlanIsFinishedOnlyWhenItsBatchesAre)
{
    makePlan("p", 2);
    Lease lease = valueOf(m_store->acquireLease("sync", Milliseconds(1000)));
    require(m_store->settle(m_id, lease, std::vector{settlementOf("p", 1)}));
    EXPECT_EQ(codeOf(m_store->setPlanState("p", PlanState::Finished)), "state.plan.open");
    require(m_store->settle(m_id, lease, std::vector{settlementOf("p", 2)}));
    require(m_store->setPlanState("p", PlanState::Finished));
    EXPECT_FALSE(valueOf(m_store->openPlan(m_id)));
    EXPECT_EQ(codeOf(m_store->setPlanState("unknown", PlanState::Ready)), "state.plan.unknown");
}

TEST_F(StateStoreTest, MarksAreTakenTogetherOrNotAtAll)
{
    makePlan("p", 3);
    EXPECT_EQ(codeOf(m_store->markStarted("p", std::vector<std::uint64_t>{1, 2, 99})),
              "state.batch.closed");
    EXPECT_EQ(valueOf(m_store->openBatches("p", 0, 1)).front().status, BatchState::Pending);
    require(m_store->markStarted("p", std::vector<std::uint64_t>{1, 2}));
    reopen();
    const auto batches = valueOf(m_store->openBatches("p", 0, 10));
    EXPECT_EQ(batches[0].status, BatchState::Started);
    EXPECT_EQ(batches[1].status, BatchState::Started);
    EXPECT_EQ(batches[2].status, BatchState::Pending);
}

TEST_F(StateStoreTest, AGroupIsSettledInOneTransaction)
{
    makePlan("p", 2);
    Lease lease = valueOf(m_store->acquireLease("sync", Milliseconds(1000)));
    Settlement first = settlementOf("p", 1);
    first.records = {replacing(plainRecord(1))};
    first.history = {sampleHistory("run-of-p", 1, "successful")};
    first.counts = {{"successful", 2}, {"in_doubt", -1}};
    first.children = {sampleBatch("p", 3)};
    first.children[0].parent = 1;
    first.status = BatchState::Retired;
    EXPECT_EQ(codeOf(m_store->settle(m_id, lease, std::vector{first, settlementOf("p", 9)})),
              "state.batch.closed");
    EXPECT_TRUE(scanAll(*m_store, m_id).empty());
    EXPECT_EQ(valueOf(m_store->openBatches("p", 0, 10)).size(), 2U);

    require(m_store->settle(m_id, lease, std::vector{first, settlementOf("p", 2)}));
    EXPECT_EQ(codeOf(m_store->settle(m_id, lease, std::vector{first})), "state.batch.closed");
    EXPECT_EQ(scanAll(*m_store, m_id).size(), 1U);
    const auto open = valueOf(m_store->openBatches("p", 0, 10));
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].number, 3U);
    const auto runs = valueOf(m_store->runs("sync", 10));
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].counts.at("successful"), 2U);
    EXPECT_EQ(valueOf(m_store->history("run-of-p", "", {}, 10)).size(), 1U);
}

TEST_F(StateStoreTest, ALostLeaseSettlesNothing)
{
    makePlan("p", 1);
    const Lease lost = valueOf(m_store->acquireLease("sync", Milliseconds(1000)));
    m_clock.advance(Milliseconds(1001));
    const Lease held = valueOf(m_store->acquireLease("sync", Milliseconds(1000)));
    const std::vector group{settlementOf("p", 1)};
    const auto refused = m_store->settle(m_id, lost, group);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Locked);
    EXPECT_EQ(refused.error().code, "state.lease.lost");
    EXPECT_EQ(valueOf(m_store->openBatches("p", 0, 10)).size(), 1U);
    require(m_store->settle(m_id, held, group));
}

TEST_F(StateStoreTest, RunsAreFoundByWhatIsAsked)
{
    const auto begin = [&](const char* id, const char* sync, const char* kind, int minute) {
        RunRow run = sampleRun(id, m_id, sync);
        run.kind = kind;
        run.started += std::chrono::minutes(minute);
        run.counts = {{"read", 7}};
        require(m_store->beginRun(run));
    };
    begin("run-1", "sync", "run", 0);
    begin("run-2", "other", "run", 1);
    begin("run-3", "sync", "push", 2);
    begin("run-4", "sync", "run", -9); // the clock was set back
    RunRow ended = sampleRun("run-1", m_id);
    ended.status = RunState::Partial;
    ended.reportJson = R"({"error":{"code":"Bad_Email"}})";
    require(m_store->finishRun(ended));
    const auto idsOf = [&](const RunFilter& filter) {
        std::string ids;
        for (const RunRow& run : valueOf(m_store->findRuns(filter))) {
            ids += run.id.back();
            EXPECT_EQ(run.counts.at("read"), 7U);
            EXPECT_EQ(run.pid, ProcessIdentity::current().pid);
        }
        return ids;
    };
    EXPECT_EQ(idsOf({}), "4321");
    RunFilter filter;
    filter.limit = 2;
    EXPECT_EQ(idsOf(filter), "43");
    filter.before = valueOf(m_store->findRuns(filter)).back().number;
    EXPECT_EQ(idsOf(filter), "21");
    filter = {};
    filter.syncId = "sync";
    EXPECT_EQ(idsOf(filter), "431");
    filter.kind = "run";
    EXPECT_EQ(idsOf(filter), "41");
    filter.status = RunState::Partial;
    EXPECT_EQ(idsOf(filter), "1");
    filter = {};
    filter.since = sampleRun("", 0).started + std::chrono::minutes(1);
    EXPECT_EQ(idsOf(filter), "32");
    filter = {};
    filter.text = "bad_EMAIL";
    EXPECT_EQ(idsOf(filter), "1");
    filter.text = "RUN-3";
    EXPECT_EQ(idsOf(filter), "3");
    filter = {};
    filter.id = "run-2";
    EXPECT_EQ(idsOf(filter), "2");
}

TEST_F(StateStoreTest, ACancelIsAskedOfARunThatGoesOn)
{
    const Lease lease = valueOf(m_store->acquireLease("sync/sync", Milliseconds(60'000)));
    RunRow run = sampleRun("run", m_id);
    run.lease = lease.name;
    run.leaseEpoch = lease.epoch;
    require(m_store->beginRun(run));
    const auto live = valueOf(m_store->liveRuns());
    ASSERT_EQ(live.size(), 1U);
    EXPECT_EQ(live.front().id, "run");
    EXPECT_EQ(valueOf(m_store->cancelRequests("run")), 0U);
    const auto other = valueOf(StateStore::open(folder(), m_clock, m_random));
    require(other->requestCancel("run"));
    require(other->requestCancel("run"));
    EXPECT_EQ(valueOf(m_store->cancelRequests("run")), 2U);
    EXPECT_EQ(codeOf(other->requestCancel("unknown")), "run.ended");

    run.status = RunState::Cancelled;
    run.ended = m_clock.now();
    require(m_store->finishRun(run));
    EXPECT_EQ(valueOf(m_store->cancelRequests("run")), 0U);
    EXPECT_EQ(codeOf(other->requestCancel("run")), "run.ended");
    EXPECT_TRUE(valueOf(m_store->liveRuns()).empty());
}

TEST_F(StateStoreTest, ARunWhoseLeaseIsGoneIsNotLive)
{
    const Lease lease = valueOf(m_store->acquireLease("sync/sync", Milliseconds(1000)));
    RunRow run = sampleRun("run", m_id);
    run.lease = lease.name;
    run.leaseEpoch = lease.epoch;
    require(m_store->beginRun(run));
    require(m_store->requestCancel("run"));
    m_clock.advance(Milliseconds(1001));
    EXPECT_TRUE(valueOf(m_store->liveRuns()).empty());
    EXPECT_EQ(valueOf(m_store->markInterrupted("sync")).size(), 1U);
    EXPECT_EQ(valueOf(m_store->cancelRequests("run")), 0U);
}

TEST_F(StateStoreTest, TheHistoryIsReadInPagesAndRowsOfOneAnswerShareIt)
{
    require(m_store->beginRun(sampleRun("run", m_id)));
    std::vector<HistoryRow> rows;
    for (std::uint64_t i = 1; i <= 5; ++i) {
        rows.push_back(sampleHistory("run", i, i == 3 ? "in_doubt" : "rejected"));
        rows.back().payload = "{}";
        rows.back().sameExchange = i != 1 && i != 4;
    }
    rows[0].request = "POST first";
    rows[0].answer = "no";
    rows[3].request = "POST second";
    rows.push_back(sampleHistory("run", 5, "rejected"));
    rows.back().message = "again";
    require(m_store->addHistory(rows));

    HistoryFilter filter;
    filter.run = "run";
    filter.limit = 2;
    const auto newest = valueOf(m_store->findHistory(filter));
    ASSERT_EQ(newest.size(), 2U);
    EXPECT_EQ(newest[0].message, "again") << "the newest of a record";
    EXPECT_EQ(newest[0].request, "") << "the row before it is of another call";
    EXPECT_EQ(newest[1].keyHash, hashOf(4));
    filter.before = newest.back().number;
    filter.limit = 10;
    const auto rest = valueOf(m_store->findHistory(filter));
    ASSERT_EQ(rest.size(), 3U);
    EXPECT_EQ(rest[0].keyHash, hashOf(3));
    EXPECT_EQ(rest[0].request, "POST first");
    EXPECT_EQ(rest[0].answer, "no");
    EXPECT_EQ(rest[2].request, "POST first");
    filter = {};
    filter.run = "run";
    filter.outcome = "in_doubt";
    filter.bodies = false;
    const auto plain = valueOf(m_store->findHistory(filter));
    ASSERT_EQ(plain.size(), 1U);
    EXPECT_EQ(plain[0].payload + plain[0].request, "");
    const auto whole = valueOf(m_store->historyRow(plain[0].number));
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->payload + whole->request, "{}POST first");
    EXPECT_FALSE(valueOf(m_store->historyRow(999)));
}

TEST_F(StateStoreTest, RunsComeBackNewestFirst)
{
    RunRow run = sampleRun("run-1", m_id);
    run.counts = {{"read", 10}};
    require(m_store->beginRun(run));
    RunRow later = sampleRun("run-2", 0);
    later.started += Milliseconds(1000);
    later.kind = "dry_run";
    require(m_store->beginRun(later));
    require(m_store->setProgress("run-1", "deliver 3 10"));
    run.status = RunState::Partial;
    run.ended = m_clock.now();
    run.plan = "plan";
    run.reportJson = "{}";
    run.exitCode = 1;
    run.progress = "done";
    run.counts = {{"rejected", 1}};
    require(m_store->finishRun(run));
    reopen();
    const auto runs = valueOf(m_store->runs("sync", 10));
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].id, "run-2");
    EXPECT_EQ(runs[0].kind, "dry_run");
    EXPECT_EQ(runs[0].status, RunState::Running);
    EXPECT_EQ(runs[1].status, RunState::Partial);
    EXPECT_EQ(runs[1].syncName, "Recently viewed");
    EXPECT_EQ(runs[1].target, "production");
    EXPECT_EQ(runs[1].state, m_id);
    EXPECT_EQ(runs[1].plan, "plan");
    EXPECT_EQ(runs[1].ended, m_clock.now());
    EXPECT_EQ(runs[1].reportJson, "{}");
    EXPECT_EQ(runs[1].exitCode, 1);
    EXPECT_EQ(runs[1].progress, "done");
    const std::map<std::string, std::uint64_t> counts = {{"read", 10}, {"rejected", 1}};
    EXPECT_EQ(runs[1].counts, counts);
    EXPECT_EQ(valueOf(m_store->runs("sync", 1)).size(), 1U);
    EXPECT_EQ(codeOf(m_store->setProgress("unknown", "")), "state.run.unknown");
    EXPECT_EQ(codeOf(m_store->finishRun(sampleRun("unknown", 0))), "state.run.unknown");
}

TEST_F(StateStoreTest, ARunWithoutItsLeaseWasInterrupted)
{
    const Lease lease = valueOf(m_store->acquireLease("sync", Milliseconds(1000)));
    RunRow run = sampleRun("with lease", m_id);
    run.lease = lease.name;
    run.leaseEpoch = lease.epoch;
    require(m_store->beginRun(run));
    require(m_store->beginRun(sampleRun("this process lives", m_id)));
    EXPECT_TRUE(valueOf(m_store->markInterrupted("sync")).empty());
    m_clock.advance(Milliseconds(1000));
    EXPECT_TRUE(valueOf(m_store->markInterrupted("another sync")).empty());
    const auto interrupted = valueOf(m_store->markInterrupted("sync"));
    ASSERT_EQ(interrupted.size(), 1U);
    EXPECT_EQ(interrupted[0].id, "with lease");
    EXPECT_EQ(interrupted[0].status, RunState::Interrupted);
    EXPECT_EQ(interrupted[0].ended, m_clock.now());
    EXPECT_TRUE(valueOf(m_store->markInterrupted("sync")).empty());
}

TEST_F(StateStoreTest, HistoryTellsTheNewestRowOfARecord)
{
    require(m_store->beginRun(sampleRun("run", m_id)));
    require(m_store->beginRun(sampleRun("other", m_id)));
    HistoryRow doubt = sampleHistory("run", 1, "in_doubt");
    HistoryRow refused = sampleHistory("run", 2, "rejected");
    refused.code = "code";
    refused.message = "message \xFF";
    refused.row = "[{}]";
    refused.payload = "{\"a\":1}";
    refused.request = "PUT " + std::string(4000, 'x');
    refused.answer = "409";
    refused.keep = true;
    HistoryRow keyless = sampleHistory("run", 0, "invalid");
    keyless.keyHash = {};
    require(m_store->addHistory(
        std::vector{doubt, refused, keyless, keyless, sampleHistory("other", 1, "successful")}));
    require(m_store->addHistory(std::vector{sampleHistory("run", 1, "successful")}));
    reopen();
    const auto all = valueOf(m_store->history("run", "", {}, 100));
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0].outcome, "successful");
    EXPECT_TRUE(valueOf(m_store->history("run", "in_doubt", {}, 100)).empty());
    EXPECT_EQ(valueOf(m_store->history("run", "invalid", {}, 100)).size(), 2U);
    EXPECT_EQ(valueOf(m_store->history("run", "", {}, 3)).size(), 3U);
    EXPECT_EQ(valueOf(m_store->history("run", "", hashOf(1), 100)).size(), 1U);
    EXPECT_EQ(valueOf(m_store->history("", "", hashOf(1), 100)).size(), 2U);
    const auto rejected = valueOf(m_store->history("run", "rejected", hashOf(2), 100));
    ASSERT_EQ(rejected.size(), 1U);
    EXPECT_EQ(rejected[0].run, "run");
    EXPECT_EQ(rejected[0].keyHash, hashOf(2));
    EXPECT_EQ(rejected[0].keyText, "customer 2");
    EXPECT_EQ(rejected[0].category, "added");
    EXPECT_EQ(rejected[0].code, "code");
    EXPECT_EQ(rejected[0].message, refused.message);
    EXPECT_EQ(rejected[0].row, "[{}]");
    EXPECT_EQ(rejected[0].payload, "{\"a\":1}");
    EXPECT_EQ(rejected[0].request, refused.request);
    EXPECT_EQ(rejected[0].answer, "409");
    EXPECT_EQ(rejected[0].at, refused.at);
    EXPECT_TRUE(rejected[0].keep);
    EXPECT_EQ(codeOf(m_store->addHistory(std::vector{sampleHistory("unknown", 1, "")})),
              "state.run.unknown");
}

TEST_F(StateStoreTest, TrimmingDropsOldAndSurplusSuccessesOnly)
{
    using std::chrono::hours;
    require(m_store->beginRun(sampleRun("run", m_id)));
    require(m_store->beginRun(sampleRun("of another sync", m_id, "another")));
    std::vector<HistoryRow> rows;
    const auto add = [&](std::uint64_t seed, int ageInHours, bool keep) {
        HistoryRow row = sampleHistory("run", seed, keep ? "rejected" : "successful");
        row.at = m_clock.now() - hours(ageInHours);
        row.payload = std::string(1000, 'p');
        row.request = "shared";
        row.keep = keep;
        rows.push_back(row);
    };
    add(1, 48, true);
    add(2, 48, false);
    for (std::uint64_t seed = 3; seed < 10; ++seed)
        add(seed, 1, false);
    rows.push_back(sampleHistory("of another sync", 1, "successful"));
    require(m_store->addHistory(rows));

    require(m_store->trimHistory(hours(24), 1 << 20));
    EXPECT_EQ(valueOf(m_store->history("run", "", {}, 100)).size(), 8U);
    require(m_store->trimHistory(hours(24), 3500));
    const auto left = valueOf(m_store->history("run", "", {}, 100));
    ASSERT_EQ(left.size(), 4U);
    EXPECT_EQ(left[0].keyHash, hashOf(9));
    EXPECT_EQ(left[2].keyHash, hashOf(7));
    EXPECT_EQ(left[3].outcome, "rejected");
    EXPECT_EQ(left[3].request, "shared");
    EXPECT_EQ(valueOf(m_store->history("of another sync", "", {}, 100)).size(), 1U);
}

TEST_F(StateStoreTest, OnlyTheHistoryOfTheNamedSyncIsTrimmed)
{
    require(m_store->beginRun(sampleRun("run", m_id)));
    require(m_store->beginRun(sampleRun("of another sync", m_id, "another")));
    require(m_store->addHistory(std::vector{sampleHistory("run", 1, "successful"),
                                            sampleHistory("of another sync", 1, "successful")}));
    m_clock.advance(std::chrono::hours(100));
    require(m_store->trimHistory("sync", std::chrono::hours(1), 1 << 20));
    EXPECT_TRUE(valueOf(m_store->history("run", "", {}, 10)).empty());
    EXPECT_EQ(valueOf(m_store->history("of another sync", "", {}, 10)).size(), 1U);
}

TEST_F(StateStoreTest, SpoolsThatNobodyNeedsAreDeleted)
{
    const auto file = [this](const std::string& name) { return path(name + ".spool"); };
    const auto makeSpool = [&](const std::string& name, std::chrono::hours age) {
        require(valueOf(SpoolWriter::create(file(name)))->sync());
        std::filesystem::last_write_time(file(name),
                                         std::filesystem::file_time_type::clock::now() - age);
    };
    for (const char* plan : {"open", "ended", "discarded"}) {
        makePlan(plan, 1);
        makeSpool(plan, std::chrono::hours(48));
    }
    makeSpool("left behind", std::chrono::hours(48));
    makeSpool("being written", std::chrono::hours(1));
    const Lease lease = valueOf(m_store->acquireLease("sync", Milliseconds(1000)));
    require(m_store->settle(m_id, lease, std::vector{settlementOf("ended", 1)}));
    require(m_store->setPlanState("ended", PlanState::Finished));
    require(m_store->setPlanState("discarded", PlanState::Discarded));

    require(m_store->trimHistory(std::chrono::hours(1), 0));
    EXPECT_TRUE(std::filesystem::exists(file("open")));
    EXPECT_TRUE(std::filesystem::exists(file("being written")));
    EXPECT_FALSE(std::filesystem::exists(file("ended")));
    EXPECT_FALSE(std::filesystem::exists(file("discarded")));
    EXPECT_FALSE(std::filesystem::exists(file("left behind")));
    EXPECT_EQ(valueOf(m_store->openBatches("open", 0, 10)).size(), 1U);
    EXPECT_EQ(valueOf(m_store->plan("ended"))->spoolPath, "");
    EXPECT_TRUE(valueOf(m_store->verify()).empty());
}

TEST_F(StateStoreTest, BatchesOfEndedPlansAreForgottenAndReferencesAreCheckedAsBefore)
{
    makePlan("open", 2);
    require(valueOf(SpoolWriter::create(path("open.spool")))->sync());
    makePlan("discarded", 2);
    require(m_store->setPlanState("discarded", PlanState::Discarded));

    require(m_store->trimHistory(std::chrono::hours(1), 0));
    EXPECT_EQ(valueOf(m_store->openBatches("open", 0, 10)).size(), 2U);
    EXPECT_TRUE(valueOf(m_store->openBatches("discarded", 0, 10)).empty());
    PlanRow ofNoState;
    ofNoState.id = "of no state";
    ofNoState.state = m_id + 1;
    EXPECT_FALSE(m_store->savePlan(ofNoState, {}));
    EXPECT_TRUE(valueOf(m_store->verify()).empty());
}

TEST_F(StateStoreTest, APlanThatWasNotFinishedGoesWithItsRun)
{
    const Lease lease = valueOf(m_store->acquireLease("sync", Milliseconds(1000)));
    RunRow run = sampleRun("run", m_id);
    run.lease = lease.name;
    run.leaseEpoch = lease.epoch;
    require(m_store->beginRun(run));
    PlanRow plan;
    plan.id = "plan";
    plan.state = m_id;
    plan.run = "run";
    require(m_store->savePlan(plan, {}));
    m_clock.advance(Milliseconds(1000));
    EXPECT_EQ(valueOf(m_store->markInterrupted("sync")).size(), 1U);
    EXPECT_EQ(valueOf(m_store->plan("plan"))->status, PlanState::Discarded);
}

} // namespace

} // namespace headgate::state
