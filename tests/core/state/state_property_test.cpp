// SPDX-License-Identifier: GPL-3.0-or-later
#include "faulty_vfs.h"
#include "store_fixture.h"

#include <algorithm>
#include <map>

namespace headgate::state {

namespace {

/// What the store has to say, kept the simple way.
struct ModelState
{
    StateInfo info;
    std::map<Hash128, KnownRecord> records;
};

class StatePropertyTest : public testing::TestWithParam<int>
{
protected:
    StatePropertyTest() : m_dice(static_cast<std::uint64_t>(GetParam())) { reopen(); }

    void reopen()
    {
        m_store.reset();
        m_store = valueOf(
            StateStore::open(m_temporary.path().toStdString() + "/state", m_clock, m_random));
        m_clock.advance(Milliseconds(1));
    }

    std::uint64_t roll(std::uint64_t sides) { return m_dice.next() % sides; }

    KnownRecord randomRecord()
    {
        KnownRecord record = roll(2) == 0 ? fullRecord(roll(40)) : plainRecord(roll(40));
        record.delivered = roll(4) != 0;
        record.unconfirmed = record.delivered && roll(4) == 0;
        record.status = static_cast<RecordStatus>(roll(9));
        record.attempts = static_cast<std::uint32_t>(roll(3));
        if (roll(3) == 0)
            record.keyText.clear();
        if (roll(3) == 0)
            record.eventTime = {};
        return record;
    }

    RecordChange randomChange() { return {randomRecord(), static_cast<ChangeKind>(roll(3))}; }

    static void applyToModel(ModelState& state, const RecordChange& change)
    {
        const KnownRecord& news = change.record;
        switch (change.kind) {
        case ChangeKind::Replace:
            state.records[news.keyHash] = news;
            return;
        case ChangeKind::Erase:
            state.records.erase(news.keyHash);
            return;
        case ChangeKind::Outstanding:
            break;
        }
        KnownRecord& record = state.records[news.keyHash];
        record.keyHash = news.keyHash;
        record.status = news.status;
        record.triedFingerprint = news.triedFingerprint;
        record.attempts = news.attempts;
        record.retryAt = news.retryAt;
        record.code = news.code;
        record.message = news.message;
        if (!news.keyText.empty())
            record.keyText = news.keyText;
        std::vector<std::string> held = record.alsoUnder;
        held.insert(held.begin(), record.match);
        if (std::count(held.begin(), held.end(), news.match) > 0 || news.match.empty())
            return;
        if (!record.match.empty()) {
            record.alsoUnder.push_back(news.match);
        } else if (!record.delivered) {
            record.match = news.match;
            record.matchHash = news.matchHash;
        }
    }

    void createState()
    {
        const StateInfo info =
            valueOf(m_store->create(sampleIdentity("sync" + std::to_string(m_model.size()))));
        m_model.push_back({info, {}});
    }

    void applyChanges(ModelState& state)
    {
        std::vector<RecordChange> changes(roll(12));
        for (RecordChange& change : changes)
            change = randomChange();
        require(m_store->apply(state.info.id, changes));
        for (const RecordChange& change : changes)
            applyToModel(state, change);
    }

    void resetState(ModelState& state)
    {
        require(m_store->reset(state.info.id));
        std::erase_if(state.records, [](const auto& entry) {
            return entry.second.status != RecordStatus::Purged;
        });
        state.info.cursor.clear();
    }

    void moveCursor(ModelState& state)
    {
        state.info.cursor = std::to_string(roll(1000));
        require(m_store->update(state.info));
    }

    void purgeOne(const ModelState& state)
    {
        if (state.records.empty())
            return;
        const KnownRecord victim = state.records.begin()->second;
        static_cast<void>(valueOf(m_store->purge(victim.keyText, victim.keyHash)));
        for (ModelState& each : m_model)
            if (const auto found = each.records.find(victim.keyHash); found != each.records.end()) {
                found->second = KnownRecord();
                found->second.keyHash = victim.keyHash;
                found->second.status = RecordStatus::Purged;
            }
    }

    void step()
    {
        if (m_model.empty() || (m_model.size() < 4 && roll(10) == 0))
            return createState();
        ModelState& state = m_model[roll(m_model.size())];
        switch (roll(10)) {
        case 0:
            return resetState(state);
        case 1:
            return moveCursor(state);
        case 2:
            return purgeOne(state);
        default:
            return applyChanges(state);
        }
    }

    void compare(const ModelState& state)
    {
        const auto records = scanAll(*m_store, state.info.id);
        ASSERT_EQ(records.size(), state.records.size());
        auto expected = state.records.begin();
        std::map<std::string, std::uint64_t> counted;
        for (const KnownRecord& record : records) {
            EXPECT_TRUE(same(record, expected->second)) << record.keyHash.hex();
            ++expected;
            ++counted["known"];
            counted["delivered"] += record.delivered ? 1 : 0;
            counted["unconfirmed"] += record.unconfirmed ? 1 : 0;
            if (record.status != RecordStatus::Settled)
                ++counted[name(record.status)];
        }
        for (const auto& [what, count] : valueOf(m_store->recordCounts(state.info.id)))
            EXPECT_EQ(count, counted[what]) << what;
        std::size_t outstanding = 0;
        for (const auto& entry : state.records)
            outstanding += entry.second.status != RecordStatus::Settled ? 1 : 0;
        EXPECT_EQ(valueOf(m_store->outstanding(state.info.id, 1000)).size(), outstanding);
        const auto found =
            valueOf(m_store->statesOf("project", "production", state.info.identity.syncId));
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found[0].cursor, state.info.cursor);
    }

    QTemporaryDir m_temporary;
    FaultyVfs m_vfs; // without syncing, for speed
    fakes::FakeClock m_clock;
    fakes::FakeRandom m_random{11};
    fakes::FakeRandom m_dice;
    std::unique_ptr<StateStore> m_store;
    std::vector<ModelState> m_model;
};

TEST_P(StatePropertyTest, SaysWhatASimpleModelSays)
{
    for (int count = 0; count < 60; ++count) {
        SCOPED_TRACE(count);
        step();
        reopen();
        for (const ModelState& state : m_model)
            compare(state);
        ASSERT_FALSE(HasFailure());
    }
    EXPECT_TRUE(valueOf(m_store->verify()).empty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, StatePropertyTest, testing::Range(0, 6));

} // namespace

} // namespace headgate::state
