// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/spool.h"
#include "store_fixture.h"

#include <filesystem>
#include <fstream>

namespace headgate::state {

namespace {

class StateArchiveTest : public StoreTest
{
protected:
    StateArchiveTest()
    {
        const StateId id = valueOf(m_store->create(sampleIdentity())).id;
        std::vector<RecordChange> changes;
        for (std::uint64_t seed = 0; seed < 30; ++seed)
            changes.push_back(replacing(fullRecord(seed)));
        require(m_store->apply(id, changes));
        RunRow run = sampleRun("run", id);
        run.counts = {{"read", 30}};
        require(m_store->beginRun(run));
        HistoryRow row = sampleHistory("run", 1, "rejected");
        row.request = std::string(5000, 'r');
        row.answer = "\xFF\xFE not UTF-8";
        require(m_store->addHistory(std::vector{row}));
        makePlan(id);
    }

    void makePlan(StateId id)
    {
        PlanRow plan;
        plan.id = "0b2f5c1e-0000-4000-8000-000000000001";
        plan.state = id;
        plan.run = "run";
        plan.status = PlanState::Ready;
        plan.spoolPath = path("some.spool");
        const auto writer = valueOf(SpoolWriter::create(plan.spoolPath));
        m_record.keyText = "customer 1";
        m_record.payload = std::string(600'000, 'p');
        static_cast<void>(valueOf(writer->append(m_record)));
        require(writer->sync());
        require(m_store->savePlan(plan, std::vector{sampleBatch(plan.id, 1)}));
    }

    std::unique_ptr<StateStore> openOther()
    {
        return valueOf(StateStore::open(otherFolder(), m_clock, m_random));
    }
    [[nodiscard]] std::string otherFolder() const
    {
        return m_temporary.path().toStdString() + "/other";
    }
    [[nodiscard]] std::string archive() const
    {
        return m_temporary.path().toStdString() + "/archive.jsonl";
    }

    SpoolRecord m_record;
};

TEST_F(StateArchiveTest, EverythingMoves)
{
    require(m_store->exportTo(archive()));
    EXPECT_EQ(std::filesystem::status(archive()).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    auto other = openOther();
    ASSERT_NE(other->hashKey(), m_store->hashKey());
    require(other->importFrom(archive()));
    EXPECT_EQ(other->hashKey(), m_store->hashKey());
    other.reset();
    other = openOther();
    EXPECT_EQ(other->hashKey(), m_store->hashKey());

    const auto states = valueOf(other->allStates());
    ASSERT_EQ(states.size(), 1U);
    EXPECT_EQ(states[0].identity, sampleIdentity());
    const auto records = scanAll(*other, states[0].id);
    const auto originals = scanAll(*m_store, states[0].id);
    ASSERT_EQ(records.size(), originals.size());
    for (std::size_t i = 0; i < records.size(); ++i)
        EXPECT_TRUE(same(records[i], originals[i]));
    EXPECT_EQ(valueOf(other->runs("sync", 5)).at(0).counts.at("read"), 30U);
    const auto history = valueOf(other->history("run", "", {}, 5));
    ASSERT_EQ(history.size(), 1U);
    EXPECT_EQ(history[0].request, std::string(5000, 'r'));
    EXPECT_EQ(history[0].answer, "\xFF\xFE not UTF-8");
    const auto plan = valueOf(other->openPlan(states[0].id));
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->spoolPath.starts_with(otherFolder()));
    const auto reader = valueOf(SpoolReader::open(plan->spoolPath));
    EXPECT_EQ(valueOf(reader->read(SpoolReader::firstOffset, 1)).at(0).payload, m_record.payload);
    EXPECT_EQ(valueOf(other->openBatches(plan->id, 0, 5)).size(), 1U);
    EXPECT_TRUE(valueOf(other->verify()).empty());
}

TEST_F(StateArchiveTest, ARunningSyncIsNotExported)
{
    static_cast<void>(valueOf(m_store->acquireLease("sync", Milliseconds(1000))));
    EXPECT_EQ(codeOf(m_store->exportTo(archive())), "state.lease.held");
    EXPECT_FALSE(std::filesystem::exists(archive()));
}

TEST_F(StateArchiveTest, AFileIsNotOverwritten)
{
    std::ofstream(archive()) << "mine";
    const auto exported = m_store->exportTo(archive());
    ASSERT_FALSE(exported);
    EXPECT_EQ(exported.error().code, "state.export.exists");
    EXPECT_TRUE(exported.error().message.contains(QString::fromStdString(archive())));
    EXPECT_EQ(std::filesystem::file_size(archive()), 4U);
}

TEST_F(StateArchiveTest, AFolderThatIsNotThereIsNamed)
{
    std::ofstream(archive()) << "mine";
    for (const std::string& folder : {archive(), path("nowhere")}) {
        const auto exported = m_store->exportTo(folder + "/archive");
        ASSERT_FALSE(exported);
        EXPECT_EQ(exported.error().code, "state.export.folder");
        EXPECT_EQ(exported.error().kind, ErrorKind::Usage);
        EXPECT_TRUE(
            exported.error().message.contains(QString::fromStdString("no folder " + folder + '.')))
            << exported.error().message.toStdString();
    }
}

TEST_F(StateArchiveTest, OnlyIntoAnEmptyState)
{
    require(m_store->exportTo(archive()));
    EXPECT_EQ(codeOf(m_store->importFrom(archive())), "state.import.not_empty");
}

TEST_F(StateArchiveTest, AChangedFileImportsNothing)
{
    require(m_store->exportTo(archive()));
    std::ifstream in(archive(), std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    const auto other = openOther();
    const HashKey key = other->hashKey();
    const auto importing = [&](const std::string& text) {
        std::ofstream(archive(), std::ios::binary) << text;
        return codeOf(other->importFrom(archive()));
    };
    const auto replaced = [&](const std::string& from, const std::string& to) {
        std::string text = whole;
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    const std::string code = "state.import.format";
    EXPECT_EQ(importing(""), code);
    EXPECT_EQ(importing("{}\n"), code);
    EXPECT_EQ(importing("not json\n"), code);
    EXPECT_EQ(importing(whole.substr(0, whole.size() / 2)), code);
    EXPECT_EQ(importing(whole.substr(0, whole.rfind("{\"end\""))), code);
    EXPECT_EQ(importing(replaced("customer_id v1", "customer_id v2")), code);
    EXPECT_EQ(importing(replaced("\"version\":2", "\"version\":1")), code);
    EXPECT_EQ(importing(replaced("\"table\":\"runs\"", "\"table\":\"meta\"")), code);
    EXPECT_EQ(importing(replaced("key_hash", "key_cash")), code);
    EXPECT_EQ(importing(replaced("{\"spool\":\"0b2f", "{\"spool\":\"../f")), code);
    EXPECT_TRUE(valueOf(other->allStates()).empty());
    EXPECT_EQ(other->hashKey(), key);
    EXPECT_TRUE(valueOf(other->verify()).empty());
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(otherFolder()))
        files += entry.path().extension() == ".spool" ? 1 : 0;
    EXPECT_EQ(files, 0);
    EXPECT_EQ(importing(whole), "");
}

} // namespace

} // namespace headgate::state
