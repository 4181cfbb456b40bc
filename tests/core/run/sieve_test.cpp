// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/run_world.h"
#include "state/database.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using project::SyncMode;
using run::RunKind;
using state::RecordStatus;

namespace {

using Records = std::vector<shape::ShapedRecord>;

/// Hands out every record, whatever a sieve would say.
class EveryRecord final : public shape::RecordStream
{
public:
    explicit EveryRecord(Records records) : m_records(std::move(records)) {}
    [[nodiscard]] Result<shape::RecordStep> read(Records& into) override
    {
        return m_records.read(into);
    }
    [[nodiscard]] std::uint64_t rowsRead() const override { return m_records.rowsRead(); }
    void setSieve(std::shared_ptr<shape::RecordSieve>) override {}

private:
    ScriptedRecords m_records;
};

/// The same history twice: with unchanged records dropped where they are shaped, and without.
class Twins
{
public:
    Twins(std::uint64_t seed, SyncMode mode, const std::function<void(RunWorldFixture&)>& prepare)
        : m_sieving(seed), m_plain(seed)
    {
        for (RunWorldFixture* world : {&m_sieving, &m_plain}) {
            world->sync.mode = mode;
            world->sync.gates = {};
            world->sync.gates.invalidShare = 1;
            world->sync.gates.changedShare = 1;
            world->sync.gates.removedShare = 1;
            prepare(*world);
        }
    }

    void both(const std::function<void(RunWorldFixture&)>& change)
    {
        change(m_sieving);
        change(m_plain);
    }

    /// Runs both and compares all that a run says and leaves.
    run::RunReport run(RunKind kind = RunKind::Run,
                       const std::function<void(run::SyncRunOptions&)>& change = {})
    {
        const run::RunReport report = m_sieving.run(kind, change);
        const run::RunReport plain = m_plain.run(kind, [&](run::SyncRunOptions& options) {
            options.openRecords = [this]() -> Result<std::unique_ptr<shape::RecordStream>> {
                return std::make_unique<EveryRecord>(m_plain.records);
            };
            if (change)
                change(options);
        });
        EXPECT_EQ(plan::toJson(report.planned), plan::toJson(plain.planned));
        EXPECT_EQ(report.planned.rows, plain.planned.rows);
        for (const run::Outcome outcome :
             {run::Outcome::Successful, run::Outcome::Unconfirmed, run::Outcome::Rejected,
              run::Outcome::InDoubt, run::Outcome::Skipped, run::Outcome::Pending})
            EXPECT_EQ(report.outcomes[outcome], plain.outcomes[outcome]);
        EXPECT_EQ(report.parked, plain.parked);
        EXPECT_EQ(report.paused, plain.paused);
        EXPECT_EQ(report.inDoubt, plain.inDoubt);
        EXPECT_EQ(report.exitCode, plain.exitCode);
        EXPECT_EQ(report.requests, plain.requests);
        EXPECT_EQ(m_sieving.saas.records, m_plain.saas.records);
        EXPECT_EQ(m_sieving.saas.appended, m_plain.saas.appended);
        EXPECT_EQ(m_sieving.state().cursor, m_plain.state().cursor);
        compareKnown();
        return report;
    }

private:
    void compareKnown()
    {
        const auto sieving = m_sieving.store().scan(m_sieving.state().id);
        const auto plain = m_plain.store().scan(m_plain.state().id);
        ASSERT_TRUE(sieving);
        ASSERT_TRUE(plain);
        EXPECT_EQ((*sieving)->known(), (*plain)->known());
        state::KnownRecord left;
        state::KnownRecord right;
        while (*(*sieving)->next(left)) {
            ASSERT_TRUE(*(*plain)->next(right));
            EXPECT_EQ(left.keyHash, right.keyHash);
            EXPECT_EQ(left.status, right.status) << left.keyText;
            EXPECT_EQ(left.delivered, right.delivered) << left.keyText;
            EXPECT_EQ(left.fingerprint, right.fingerprint) << left.keyText;
            EXPECT_EQ(left.triedFingerprint, right.triedFingerprint) << left.keyText;
            EXPECT_EQ(left.matchHash, right.matchHash) << left.keyText;
            EXPECT_EQ(left.attempts, right.attempts) << left.keyText;
            EXPECT_EQ(left.eventTime.text, right.eventTime.text) << left.keyText;
        }
    }

    RunWorldFixture m_sieving;
    RunWorldFixture m_plain;
};

Records twinRecords(int count)
{
    Records records;
    for (int i = 0; i < count; ++i)
        records.push_back(record("k" + std::to_string(i), "{}"));
    return records;
}

void setStatus(RunWorldFixture& world, const std::string& key, RecordStatus status)
{
    state::RecordChange change;
    change.record = world.known(key);
    ASSERT_NE(change.record.keyHash, Hash128()) << key;
    change.record.status = status;
    ASSERT_TRUE(world.store().apply(world.state().id, {&change, 1}));
}

shape::ShapedRecord keyless()
{
    shape::ShapedRecord shaped;
    shaped.problems.push_back({"record.key.null", QStringLiteral("NULL"), {}, {}, 1});
    return shaped;
}

shape::ShapedRecord filtered(const std::string& key)
{
    shape::ShapedRecord shaped = record(key, {});
    shaped.filtered = true;
    return shaped;
}

} // namespace

/// A record of each kind among 39 that are unchanged: what is done about it, and what is counted.
TEST(Sieve, changesNothingOfWhatARunDoesAboutARecord)
{
    const auto hold = [](RecordStatus status) {
        return [status](RunWorldFixture& world) { setStatus(world, "k3", status); };
    };
    struct Case
    {
        const char* name;
        std::function<void(RunWorldFixture&)> change;
        Category category;
        std::uint64_t count;
        std::uint64_t unchanged;
    };
    const Case cases[] = {
        {"nothing", [](auto&) {}, Category::Unchanged, 40, 40},
        {"in another order",
         [](auto& world) { std::reverse(world.records.begin(), world.records.end()); },
         Category::Unchanged, 40, 40},
        {"a newer event time", [](auto& world) { world.records[3].eventTime.text = "2026-02-02"; },
         Category::Unchanged, 40, 40},
        {"another payload", [](auto& world) { world.records[3].payload = "[]"; }, Category::Changed,
         1, 39},
        {"another match value",
         [](auto& world) { world.records[3] = record("k3", "new@x.example", "{}"); },
         Category::Rekeyed, 1, 39},
        {"the match value of another",
         [](auto& world) { world.records[3] = record("k3", "k4@example.com", "{}"); },
         Category::Invalid, 2, 38},
        {"match values swapped",
         [](auto& world) { std::swap(world.records[3].match, world.records[4].match); },
         Category::Rekeyed, 2, 38},
        {"no match value", [](auto& world) { world.records[3].match = {}; }, Category::Invalid, 1,
         39},
        {"gone", [](auto& world) { world.records.erase(world.records.begin() + 3); },
         Category::Removed, 1, 39},
        {"new", [](auto& world) { world.records.push_back(record("new", "{}")); }, Category::Added,
         1, 40},
        {"a new one with the match value of another",
         [](auto& world) { world.records.push_back(record("new", "k3@example.com", "{}")); },
         Category::Invalid, 2, 39},
        {"twice as it is", [](auto& world) { world.records.push_back(world.records[3]); },
         Category::Invalid, 1, 39},
        {"three times as it is",
         [](auto& world) { world.records.insert(world.records.end(), 2, world.records[3]); },
         Category::Invalid, 1, 39},
        {"as it is, then changed", [](auto& world) { world.records.push_back(record("k3", "[]")); },
         Category::Invalid, 1, 39},
        {"changed, then as it is",
         [](auto& world) { world.records.insert(world.records.begin(), record("k3", "[]")); },
         Category::Invalid, 1, 39},
        {"as it is, then invalid",
         [](auto& world) { world.records.push_back(invalidRecord("k3")); }, Category::Invalid, 1,
         39},
        {"as it is, then filtered", [](auto& world) { world.records.push_back(filtered("k3")); },
         Category::Invalid, 1, 39},
        {"invalid", [](auto& world) { world.records[3] = invalidRecord("k3"); }, Category::Invalid,
         1, 39},
        {"filtered", [](auto& world) { world.records[3] = filtered("k3"); }, Category::Filtered, 1,
         39},
        {"a row without a key", [](auto& world) { world.records.push_back(keyless()); },
         Category::Invalid, 1, 40},
        {"a row without a key, and one gone", [](auto& world) { world.records[3] = keyless(); },
         Category::Invalid, 1, 39},
        {"larger than may be sent", [](auto& world) { world.destination.can.recordBytes = 1; },
         Category::Invalid, 40, 0},
        {"refused before", hold(RecordStatus::Rejected), Category::Unchanged, 40, 40},
        {"parked", hold(RecordStatus::Parked), Category::Unchanged, 40, 40},
        {"skipped once", hold(RecordStatus::SkippedOnce), Category::Held, 1, 39},
        {"skipped always", hold(RecordStatus::SkippedAlways), Category::Held, 1, 39},
        {"in doubt", hold(RecordStatus::InDoubt), Category::Retried, 1, 39},
        {"awaiting a decision", hold(RecordStatus::AwaitingDecision), Category::Held, 1, 39},
        {"purged", hold(RecordStatus::Purged), Category::Held, 1, 39},
        {"invalid before", hold(RecordStatus::Invalid), Category::Unchanged, 40, 40},
    };
    for (const Case& each : cases) {
        for (const int runsBefore : {1, 2}) {
            SCOPED_TRACE(each.name);
            Twins twins(1, SyncMode::Mirror, [](RunWorldFixture& world) {
                world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
                world.records = twinRecords(40);
            });
            for (int i = 0; i < runsBefore; ++i)
                static_cast<void>(twins.run());
            twins.both(each.change);
            const run::RunReport report = twins.run();
            EXPECT_EQ(report.error ? report.error->toString() : QString(), QString());
            EXPECT_EQ(report.planned[each.category], each.count);
            EXPECT_EQ(report.planned[Category::Unchanged], each.unchanged);
            twins.both([](RunWorldFixture& world) { world.records = twinRecords(40); });
            static_cast<void>(twins.run());
        }
    }
}

/// What comes about by chance, in every mode, by every kind of run.
TEST(Sieve, changesNothingOfAnyHistory)
{
    constexpr int people = 24;
    const auto keyOf = [](std::uint64_t i) { return "k" + std::to_string(i); };
    for (const SyncMode mode : {SyncMode::Upsert, SyncMode::Update, SyncMode::Insert,
                                SyncMode::Mirror, SyncMode::Append, SyncMode::Delete}) {
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            SCOPED_TRACE(testing::Message()
                         << "mode " << static_cast<int>(mode) << ", seed " << seed);
            Twins twins(seed, mode, [&](RunWorldFixture& world) {
                world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
                world.records = twinRecords(people);
                if (seed % 2 == 0)
                    world.saas.refuses["k5@example.com"] = "bad_email";
            });
            FakeRandom dice(seed);
            for (int run = 0; run < 5; ++run) {
                for (std::uint64_t changes = dice.next() % 4; changes > 0; --changes) {
                    const std::uint64_t what = dice.next() % 10;
                    const std::uint64_t who = dice.next() % people;
                    const std::uint64_t other = dice.next() % people;
                    twins.both([&](RunWorldFixture& world) {
                        Records& all = world.records;
                        const auto found =
                            std::find_if(all.begin(), all.end(), [&](const auto& each) {
                                return each.keyText == keyOf(who);
                            });
                        if (found == all.end() || what == 0)
                            return all.push_back(record(keyOf(who), "{}"));
                        switch (what) {
                        case 1:
                            all.erase(found);
                            break;
                        case 2:
                            *found = invalidRecord(keyOf(who));
                            break;
                        case 3:
                            *found = filtered(keyOf(who));
                            break;
                        case 4:
                            *found = record(keyOf(who), keyOf(other) + "@example.com", "{}");
                            break;
                        case 5:
                            *found = record(keyOf(who), keyOf(who) + "@else.example", "{}");
                            break;
                        case 6:
                            all.push_back(keyless());
                            break;
                        default:
                            *found = record(keyOf(who), std::to_string(other));
                            break;
                        }
                    });
                }
                const RunKind kinds[] = {RunKind::Run,   RunKind::Run,   RunKind::DryRun,
                                         RunKind::Limit, RunKind::Retry, RunKind::Run};
                const RunKind kind = kinds[dice.next() % std::size(kinds)];
                static_cast<void>(twins.run(kind, [&](run::SyncRunOptions& options) {
                    options.limit = kind == RunKind::Limit ? 10 : 0;
                }));
                twins.both([](RunWorldFixture& world) {
                    std::erase_if(world.records, [](const auto& each) { return each.key.empty(); });
                    world.clock.advance(std::chrono::minutes(7));
                });
            }
        }
    }
}

namespace {

/// Something else happens at each read.
class Interrupted final : public shape::RecordStream
{
public:
    Interrupted(Records records, std::function<void()> meanwhile)
        : m_records(std::move(records)), m_meanwhile(std::move(meanwhile))
    {}
    [[nodiscard]] Result<shape::RecordStep> read(Records& into) override
    {
        m_meanwhile();
        return m_records.read(into);
    }
    [[nodiscard]] std::uint64_t rowsRead() const override { return m_records.rowsRead(); }
    void setSieve(std::shared_ptr<shape::RecordSieve> sieve) override
    {
        m_records.setSieve(std::move(sieve));
    }

private:
    ScriptedRecords m_records;
    std::function<void()> m_meanwhile;
};

run::RunReport interruptedRun(RunWorldFixture& world, const std::function<void()>& meanwhile)
{
    return world.run(RunKind::Run, [&](run::SyncRunOptions& options) {
        options.openRecords = [&]() -> Result<std::unique_ptr<shape::RecordStream>> {
            return std::make_unique<Interrupted>(world.records, meanwhile);
        };
    });
}

} // namespace

/// Another sync may deliver for hours meanwhile: its log has to be emptied.
TEST(Sieve, holdsNothingOfTheStateWhileRowsAreRead)
{
    RunWorldFixture world;
    world.records = twinRecords(40);
    ASSERT_EQ(world.run().outcomes[run::Outcome::Successful], 40U);
    // The second finds the tags that the first kept.
    for (int round = 0; round < 2; ++round) {
        int reads = 0;
        const run::RunReport report = interruptedRun(world, [&] {
            auto beside = state::Database::open(world.directory() + "/state/state.db",
                                                state::Database::Access::ReadWrite);
            ASSERT_TRUE(beside) << beside.error().toString().toStdString();
            const auto busy = (*beside)->number("PRAGMA wal_checkpoint(TRUNCATE)");
            ASSERT_TRUE(busy);
            EXPECT_EQ(*busy, 0) << "round " << round;
            ++reads;
        });
        EXPECT_GT(reads, 0);
        EXPECT_EQ(report.planned[Category::Unchanged], 40U);
    }
}

TEST(Sieve, stopsWhereSomebodyElseChangedWhatIsKnown)
{
    RunWorldFixture world;
    world.records = twinRecords(40);
    ASSERT_EQ(world.run().outcomes[run::Outcome::Successful], 40U);
    for (int round = 0; round < 2; ++round) {
        const std::size_t deliveries = world.saas.deliveries.size();
        const RecordStatus other = round == 0 ? RecordStatus::SkippedAlways : RecordStatus::Settled;
        const run::RunReport report = interruptedRun(world, [&] { setStatus(world, "k3", other); });
        ASSERT_TRUE(report.error);
        EXPECT_EQ(report.error->code, "state.moved");
        EXPECT_EQ(world.saas.deliveries.size(), deliveries);
        EXPECT_FALSE(world.run().error);
    }
}
