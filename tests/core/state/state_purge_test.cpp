// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/accepted_log.h"
#include "state/spool.h"
#include "state/spool_frame.h"
#include "state/trace_scrubber.h"
#include "store_fixture.h"

#include <filesystem>
#include <fstream>

namespace headgate::state {

namespace {

constexpr const char* person = "ann.lee@example.org";
constexpr const char* personMatch = "ann-lee-4711";
constexpr const char* personOldMatch = "ann-born-as-0815";

class StatePurgeTest : public StoreTest
{
protected:
    StatePurgeTest() : m_id(valueOf(m_store->create(sampleIdentity())).id)
    {
        require(m_store->beginRun(sampleRun("run", m_id)));
    }

    [[nodiscard]] Hash128 personHash() const { return keyedHash(m_store->hashKey(), person); }

    [[nodiscard]] KnownRecord personRecord() const
    {
        KnownRecord record = fullRecord(1);
        record.keyHash = personHash();
        record.keyText = person;
        record.match = std::string("f") + personMatch;
        record.alsoUnder = {std::string("f") + personOldMatch};
        record.message = std::string("no such user ") + person;
        return record;
    }

    void makePlan(const PlanId& plan, PlanState status, BatchState batchStatus)
    {
        PlanRow row;
        row.id = plan;
        row.state = m_id;
        row.run = "run";
        row.status = status;
        row.spoolPath = path(plan + ".spool");
        row.countsJson = std::string("{\"sample\":\"") + person + "\"}";
        const auto writer = valueOf(SpoolWriter::create(row.spoolPath));
        SpoolRecord record;
        record.keyHash = personHash();
        record.keyText = person;
        record.payload = std::string("{\"email\":\"") + person + "\"}";
        static_cast<void>(valueOf(writer->append(record)));
        require(writer->sync());
        BatchRow batch = sampleBatch(plan, 1);
        batch.status = batchStatus;
        require(m_store->savePlan(row, std::vector{batch}));
    }

    /// Files of the folder that hold the bytes.
    [[nodiscard]] std::vector<std::string> filesWith(const std::string& bytes) const
    {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder())) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string all((std::istreambuf_iterator<char>(in)), {});
            if (all.find(bytes) != std::string::npos)
                found.push_back(entry.path().filename().string());
        }
        return found;
    }

    StateId m_id;
};

TEST_F(StatePurgeTest, NoFileKeepsAByteOfThePerson)
{
    makePlan("delivered", PlanState::Discarded, BatchState::Retired);
    makePlan("waiting", PlanState::Ready, BatchState::Pending);
    std::vector<RecordChange> changes = {replacing(personRecord())};
    for (std::uint64_t seed = 2; seed < 300; ++seed)
        changes.push_back(replacing(fullRecord(seed)));
    require(m_store->apply(m_id, changes));
    HistoryRow own = sampleHistory("run", 1, "rejected");
    own.keyHash = personHash();
    own.keyText = person;
    own.payload = std::string("{\"email\":\"") + person + "\"}";
    HistoryRow others = sampleHistory("run", 2, "rejected");
    others.message = std::string("duplicate of ") + person;
    others.payload =
        std::string("{\"manager\":\"") + personMatch + "\",\"before\":\"" + personOldMatch + "\"}";
    others.request = std::string("[{\"email\":\"") + person + "\"},{\"email\":\"bob\"}]" +
                     std::string(2000, ' ');
    others.answer = "{\"bad\":[\"ann.lee%40example.org\"]}";
    require(m_store->addHistory(std::vector{own, others}));
    RunRow run = sampleRun("run", m_id);
    run.status = RunState::Partial;
    run.reportJson = std::string("{\"failed\":[\"") + person + "\"]}";
    require(m_store->finishRun(run));
    ASSERT_FALSE(filesWith(person).empty());

    EXPECT_GE(valueOf(m_store->purge(person, personHash())), 6U);

    EXPECT_EQ(filesWith(person), std::vector<std::string>());
    EXPECT_EQ(filesWith("ann.lee%40example"), std::vector<std::string>());
    EXPECT_EQ(filesWith(personMatch), std::vector<std::string>());
    EXPECT_EQ(filesWith(personOldMatch), std::vector<std::string>());
    const auto record = valueOf(m_store->record(m_id, personHash()));
    ASSERT_TRUE(record);
    EXPECT_EQ(record->status, RecordStatus::Purged);
    EXPECT_FALSE(record->delivered);
    EXPECT_EQ(scanAll(*m_store, m_id).size(), 299U);
    const auto history = valueOf(m_store->history("run", "", {}, 10));
    ASSERT_EQ(history.size(), 1U);
    EXPECT_EQ(history[0].message, "duplicate of [purged]");
    EXPECT_EQ(history[0].payload, "{\"manager\":\"[purged]\",\"before\":\"[purged]\"}");
    EXPECT_EQ(history[0].request.substr(0, 42),
              "[{\"email\":\"[purged]\"},{\"email\":\"bob\"}]    ");
    EXPECT_EQ(history[0].answer, "{\"bad\":[\"[purged]\"]}");
    EXPECT_EQ(valueOf(m_store->runs("sync", 1)).front().reportJson, "{\"failed\":[\"[purged]\"]}");
    EXPECT_EQ(valueOf(m_store->plan("waiting"))->status, PlanState::Discarded);
    EXPECT_TRUE(valueOf(m_store->verify()).empty());
}

TEST_F(StatePurgeTest, NothingUnreadableOfALogIsKept)
{
    const auto log = valueOf(m_store->logAccepted("run"));
    for (const char* key : {"someone", person, "another"}) {
        SpoolRecord record;
        record.keyHash = keyedHash(m_store->hashKey(), key);
        record.payload = std::string("{\"email\":\"") + key + "\"}";
        std::string frame;
        appendFrame(frame, record, 0);
        static_cast<void>(valueOf(log->append(frame, 0)));
    }
    require(log->flush());
    const auto logs = filesWith(person);
    ASSERT_EQ(logs.size(), 1U);
    const std::string whole = path(logs.front());
    std::fstream bytes(whole, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(std::streamoff(SpoolReader::firstOffset + frameHeaderSize));
    bytes.put('x');
    bytes.close();

    static_cast<void>(valueOf(m_store->purge(person, personHash())));
    EXPECT_EQ(filesWith(person), std::vector<std::string>());
}

TEST_F(StatePurgeTest, WhatOnlyTheLogKnowsOfThePersonIsFoundUnderEveryHash)
{
    const auto log = valueOf(m_store->logAccepted("run"));
    SpoolRecord own;
    own.keyHash = personHash();
    own.keyText = person;
    own.match.text = personMatch;
    SpoolRecord friendly;
    friendly.keyHash = keyedHash(m_store->hashKey(), "friend");
    friendly.payload = std::string("{\"friend\":\"") + personMatch + "\"}";
    for (const SpoolRecord& record : {own, friendly}) {
        std::string frame;
        appendFrame(frame, record, 0);
        static_cast<void>(valueOf(log->append(frame, 0)));
    }
    require(log->flush());
    for (const Hash128& hash : {keyedHash(m_store->hashKey(), "of another type"), personHash()})
        static_cast<void>(valueOf(m_store->purge(person, hash)));
    EXPECT_EQ(filesWith(personMatch), std::vector<std::string>());
}

TEST_F(StatePurgeTest, WhatAnInterruptedAttemptLeftGoes)
{
    for (const char* name : {"run-77.accepted.new", "run-1.accepted.new", "left-over.spool"})
        std::ofstream(path(name)) << person;
    static_cast<void>(valueOf(m_store->purge(person, personHash())));
    EXPECT_EQ(filesWith(person), std::vector<std::string>());
}

TEST_F(StatePurgeTest, ALogOfAnotherTimeOfThisStateGivesWay)
{
    for (const char* text : {"before the backup", "after it"}) {
        const auto log = valueOf(m_store->logAccepted("run"));
        SpoolRecord record;
        record.payload = text;
        std::string frame;
        appendFrame(frame, record, 0);
        static_cast<void>(valueOf(log->append(frame, 0)));
        require(log->flush());
        EXPECT_EQ(filesWith(text).size(), 1U);
    }
    EXPECT_TRUE(filesWith("before the backup").empty());
}

TEST_F(StatePurgeTest, AnUnknownKeyIsSuppressedEverywhere)
{
    const StateId other = valueOf(m_store->create(sampleIdentity("other"))).id;
    static_cast<void>(valueOf(m_store->purge(person, personHash())));
    for (const StateId id : {m_id, other})
        EXPECT_EQ(valueOf(m_store->record(id, personHash()))->status, RecordStatus::Purged);
}

TEST_F(StatePurgeTest, AKnownKeyIsSuppressedWhereItWasKnown)
{
    const StateId other = valueOf(m_store->create(sampleIdentity("other"))).id;
    require(m_store->apply(m_id, std::vector{replacing(personRecord())}));
    static_cast<void>(valueOf(m_store->purge(person, personHash())));
    EXPECT_TRUE(valueOf(m_store->record(m_id, personHash())));
    EXPECT_FALSE(valueOf(m_store->record(other, personHash())));
}

TEST_F(StatePurgeTest, NothingIsChangedWhileAnAnswerIsOutstanding)
{
    makePlan("sent", PlanState::Ready, BatchState::InDoubt);
    require(m_store->apply(m_id, std::vector{replacing(personRecord())}));
    EXPECT_EQ(codeOf(m_store->purge(person, personHash())), "state.purge.unsettled");
    EXPECT_EQ(valueOf(m_store->record(m_id, personHash()))->keyText, person);
    EXPECT_EQ(valueOf(m_store->plan("sent"))->status, PlanState::Ready);
}

TEST_F(StatePurgeTest, PlansOfOthersAreKept)
{
    makePlan("of a person", PlanState::Ready, BatchState::InDoubt);
    static_cast<void>(valueOf(m_store->purge("bob@example.org", hashOf(1))));
    EXPECT_EQ(valueOf(m_store->openPlan(m_id))->id, "of a person");
    EXPECT_TRUE(std::filesystem::exists(path("of a person.spool")));
}

TEST_F(StatePurgeTest, ARunningSyncIsNotPurged)
{
    const Lease lease = valueOf(m_store->acquireLease("sync", Milliseconds(1000)));
    const auto refused = m_store->purge(person, personHash());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Locked);
    require(m_store->releaseLease(lease));
    EXPECT_TRUE(m_store->purge(person, personHash()));
}

TEST_F(StatePurgeTest, ADatabaseThatWasSetAsideIsNamed)
{
    std::ofstream(path("state.db.corrupt-20260101T000000Z")) << person;
    EXPECT_EQ(codeOf(m_store->purge(person, personHash())), "state.purge.set_aside");
}

struct ScrubCase
{
    const char* trace;
    const char* text;
    const char* expected;
};

class TraceScrubberTest : public testing::TestWithParam<ScrubCase>
{};

TEST_P(TraceScrubberTest, ReplacesWhatStandsForThePerson)
{
    TraceScrubber scrubber;
    scrubber.add(GetParam().trace);
    EXPECT_EQ(scrubber.scrubbed(GetParam().text), GetParam().expected);
    EXPECT_EQ(scrubber.finds(GetParam().text), std::string(GetParam().text) != GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, TraceScrubberTest,
    testing::Values(ScrubCase{"4711", "id 4711, 47110, x4711", "id [purged], 47110, x4711"},
                    ScrubCase{"471", "id 471", "id 471"},
                    ScrubCase{"a@example.org", "a@example.orga@example.org", "[purged][purged]"},
                    ScrubCase{"say \"hi\"", R"({"t":"say \"hi\""})", R"({"t":"[purged]"})"},
                    ScrubCase{"a b/c@d.org", "?q=a%20b%2Fc%40d.org", "?q=[purged]"},
                    ScrubCase{"a b/c@d.org", R"({"t":"a b\/c@d.org"}, a+b%2fc%40d.org)",
                              R"({"t":"[purged]"}, [purged])"},
                    ScrubCase{"J\xC3\xB6rg", "Hr. J\xC3\xB6rg!", "Hr. [purged]!"},
                    ScrubCase{"J\xC3\xB6rg", R"({"t":"J\u00f6rg, J\u00F6rg"})",
                              R"({"t":"[purged], [purged]"})"},
                    ScrubCase{"anna", "annals, anna", "annals, [purged]"}));

} // namespace

} // namespace headgate::state
