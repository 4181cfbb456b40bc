// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/run_history.h"

#include "fakes/fake_clock.h"
#include "fakes/fake_random.h"
#include "run/settlement_rules.h"
#include "service/run_beacon.h"
#include "service/sync_troubles.h"
#include "state/accepted_log.h"
#include "state/spool_frame.h"

#include <QFile>
#include <QTemporaryDir>
#include <atomic>
#include <gtest/gtest.h>
#include <thread>

namespace headgate::service {

namespace {

Hash128 hashOf(int number)
{
    Hash128 hash;
    hash.bytes[0] = static_cast<std::uint8_t>(number);
    hash.bytes[1] = 1;
    return hash;
}

/// A state in which one run is recorded.
class RunHistoryTest : public testing::Test
{
protected:
    RunHistoryTest()
    {
        auto store = state::StateStore::open(folder(), m_clock, m_random);
        m_store = std::move(*store);
        m_state = *m_store->create({"project", "test", "sync", "account", "object", "key"});
        m_run.id = "run";
        m_run.state = m_state.id;
        m_run.syncId = "sync";
        m_run.kind = "run";
        m_run.started = m_clock.now();
        EXPECT_TRUE(m_store->beginRun(m_run));
    }

    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString() + "/state"; }

    void addRow(int number, const char* outcome, const char* code = "", const char* message = "",
                const std::string& request = {})
    {
        state::HistoryRow row;
        row.run = "run";
        row.keyHash = hashOf(number);
        row.keyText = "k" + std::to_string(number);
        row.category = "added";
        row.outcome = outcome;
        row.code = code;
        row.message = message;
        row.payload = R"({"n":)" + std::to_string(number) + "}";
        row.request = request;
        row.at = m_clock.now();
        EXPECT_TRUE(m_store->addHistory(std::vector{row}));
    }

    void accept(const std::vector<int>& numbers, std::uint8_t category = 0)
    {
        const auto log = m_store->logAccepted("run");
        ASSERT_TRUE(log);
        for (const int number : numbers) {
            state::SpoolRecord record;
            record.keyHash = hashOf(number);
            record.keyText = "k" + std::to_string(number);
            record.payload = R"({"n":)" + std::to_string(number) + "}";
            std::string frame;
            state::appendFrame(frame, record, 0);
            ASSERT_TRUE((*log)->append(frame, category));
        }
        ASSERT_TRUE((*log)->flush());
    }

    void know(int number, state::RecordStatus status, const char* code, const char* message)
    {
        state::RecordChange change;
        change.record.keyHash = hashOf(number);
        change.record.keyText = "k" + std::to_string(number);
        change.record.status = status;
        change.record.code = code;
        change.record.message = message;
        ASSERT_TRUE(m_store->apply(m_state.id, std::vector{change}));
    }

    /// The keys of all pages, a bar between them.
    std::string pages(RecordQuery query, const std::set<Hash128>& keys = {})
    {
        std::string all;
        RunHistory history(*m_store);
        query.run = "run";
        do {
            const auto page = history.find(query, keys);
            if (!page)
                return page.error().code;
            for (const RunRecord& record : page->records) {
                all += record.row.keyText + ' ';
                const auto trace = history.trace("run", record.place);
                EXPECT_TRUE(trace);
                EXPECT_EQ(trace->row.keyText, record.row.keyText);
                EXPECT_NE(trace->row.payload, "");
                EXPECT_EQ(record.row.payload.empty(), !query.bodies);
            }
            query.after = page->next;
            all += query.after.empty() ? "" : "| ";
        } while (!query.after.empty());
        return all;
    }

    QTemporaryDir m_folder;
    fakes::FakeClock m_clock;
    fakes::FakeRandom m_random{7};
    std::unique_ptr<state::StateStore> m_store;
    state::StateInfo m_state;
    state::RunRow m_run;
};

} // namespace

TEST_F(RunHistoryTest, failuresComeFirstThenWhatWasAccepted)
{
    addRow(1, "rejected");
    addRow(2, "skipped");
    addRow(4, "successful"); // with a warning: it is in the log, too
    accept({3, 4, 5, 6});
    EXPECT_EQ(pages({}), "k4 k2 k1 k3 k5 k6 ");
    RecordQuery query;
    query.limit = 2;
    EXPECT_EQ(pages(query), "k4 k2 | k1 k3 | k5 k6 ");
    query.limit = 3;
    query.bodies = true;
    EXPECT_EQ(pages(query), "k4 k2 k1 | k3 k5 k6 ");
    query = {};
    query.outcome = "rejected";
    EXPECT_EQ(pages(query), "k1 ");
    query.outcome = "successful";
    EXPECT_EQ(pages(query), "k4 k3 k5 k6 ");
    query.outcome = "unconfirmed";
    EXPECT_EQ(pages(query), "");
}

TEST_F(RunHistoryTest, aKeyIsFoundWhereverItIs)
{
    addRow(1, "rejected");
    accept({2, 3}, run::unconfirmedBit);
    EXPECT_EQ(pages({}, {hashOf(3)}), "k3 ");
    EXPECT_EQ(pages({}, {hashOf(1), hashOf(9)}), "k1 ");
    RecordQuery query;
    query.outcome = "unconfirmed";
    EXPECT_EQ(pages(query, {hashOf(2)}), "k2 ");
    query.outcome = "rejected";
    EXPECT_EQ(pages(query, {hashOf(2)}), "");
}

TEST_F(RunHistoryTest, aCutRequestIsNoCommand)
{
    addRow(1, "rejected", "", "", "POST https://x.test/\nKey: •••\n\n{}");
    addRow(2, "rejected", "", "",
           "POST https://x.test/\n\n" + std::string(run::keptOfExchange - 23, 'x'));
    RunHistory history(*m_store);
    const auto page = history.find({"run", {}, {}, {}, 10, false}, {});
    ASSERT_TRUE(page);
    const auto cut = history.trace("run", page->records[0].place);
    ASSERT_TRUE(cut);
    EXPECT_TRUE(cut->cutRequest);
    EXPECT_EQ(cut->curl.text, "");
    const auto whole = history.trace("run", page->records[1].place);
    ASSERT_TRUE(whole);
    EXPECT_FALSE(whole->cutRequest);
    EXPECT_EQ(whole->curl.variables, std::vector<std::string>{"SECRET_KEY"});
    for (const char* nowhere : {"", "h99", "a99999999", "x1"}) {
        const auto none = history.trace("run", nowhere);
        ASSERT_FALSE(none) << nowhere;
        EXPECT_EQ(none.error().code, "history.gone");
    }
}

TEST_F(RunHistoryTest, allPagesAreExported)
{
    for (int i = 1; i <= 3; ++i)
        addRow(i, "rejected", "bad, \"worse\"", "line\nline");
    accept({7});
    RunHistory history(*m_store);
    RecordQuery query;
    query.run = "run";
    const std::string file = m_folder.path().toStdString() + "/out";
    const auto read = [&] {
        QFile in(QString::fromStdString(file));
        EXPECT_TRUE(in.open(QIODevice::ReadOnly));
        return in.readAll().toStdString();
    };
    EXPECT_EQ(exportRecords(history, query, {}, RecordFormat::Csv, file, {}).value_or(0), 4U);
    const std::string csv = read();
    EXPECT_TRUE(csv.starts_with("key,category,outcome,code,message,at,payload,answer\r\n"
                                "k3,added,rejected,\"bad, \"\"worse\"\"\",\"line\nline\","))
        << csv;
    EXPECT_NE(csv.find("k7,added,successful,,,"), std::string::npos) << csv;
    query.outcome = "successful";
    EXPECT_EQ(exportRecords(history, query, {}, RecordFormat::JsonLines, file, {}).value_or(0), 1U);
    EXPECT_TRUE(read().starts_with(R"({"key":"k7","category":"added","outcome":"successful",)"));

    StopSource stop;
    stop.requestStop();
    const std::string before = read();
    const auto stopped = exportRecords(history, query, {}, RecordFormat::Csv, file, stop.token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
    EXPECT_EQ(read(), before);
    const auto nowhere =
        exportRecords(history, query, {}, RecordFormat::Csv, file + "/no/such/folder", {});
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, "export.write");
}

TEST_F(RunHistoryTest, troublesAreGroupedAndTellWhatIsWaitedFor)
{
    using state::RecordStatus;
    know(1, RecordStatus::Rejected, "bad", "Invalid email: a@x.y");
    know(2, RecordStatus::Parked, "bad", "Invalid email: b@x.y");
    know(3, RecordStatus::AwaitingDecision, "", "");
    know(4, RecordStatus::InDoubt, "", "");
    know(5, RecordStatus::AwaitingDecision, "", "");
    know(6, RecordStatus::SkippedAlways, "", "");
    addRow(3, "in_doubt", "", "no answer", "POST https://x.test/orders\n\n{}");
    addRow(9, "invalid", "dup", "Key k9 twice");
    m_run.status = state::RunState::Partial;
    m_run.ended = m_clock.now();
    ASSERT_TRUE(m_store->finishRun(m_run));

    const auto troubles = TroubleFinder(*m_store, m_state.id, "sync").find({});
    ASSERT_TRUE(troubles) << troubles.error().code;
    ASSERT_EQ(troubles->failures.size(), 2U);
    EXPECT_EQ(troubles->failures[0].count, 2U);
    EXPECT_FALSE(troubles->failures[0].invalid);
    EXPECT_EQ(troubles->failures[1].code, "dup");
    EXPECT_TRUE(troubles->failures[1].invalid);
    ASSERT_EQ(troubles->doubts.size(), 3U);
    std::size_t told = 0;
    for (const DoubtGroup& group : troubles->doubts) {
        EXPECT_EQ(group.count, 1U);
        EXPECT_EQ(group.asks, group.examples.front().keyText != "k4");
        if (group.run.empty())
            continue;
        ++told;
        EXPECT_EQ(group.message, "no answer");
        EXPECT_EQ(group.request, "POST https://x.test/orders");
        EXPECT_EQ(group.records, std::vector{hashOf(3)});
    }
    EXPECT_EQ(told, 1U);
    EXPECT_FALSE(troubles->stopped);
}

TEST_F(RunHistoryTest, theBeaconTellsHowFarItIsAndHearsACancel)
{
    SystemClock clock;
    std::atomic<int> cancelled = 0;
    std::atomic<int> abandoned = 0;
    run::RunProgress progress;
    progress.phase = run::RunProgress::Phase::Sending;
    progress.sent = 12;
    progress.toSend = 40;
    const auto soon = [](const auto& happened) {
        for (int i = 0; i < 20'000 && !happened(); ++i)
            std::this_thread::sleep_for(Milliseconds(1));
        return happened();
    };
    {
        const RunBeacon beacon(
            {folder(), "run", [&] { return progress; }, [&] { ++cancelled; }, [&] { ++abandoned; }},
            clock, m_random, Milliseconds(5));
        ASSERT_TRUE(soon([&] {
            state::RunFilter filter;
            return m_store->findRuns(filter)->front().progress == "sending 12 40";
        }));
        EXPECT_EQ(cancelled, 0);
        ASSERT_TRUE(m_store->requestCancel("run"));
        ASSERT_TRUE(soon([&] { return cancelled == 1; }));
        EXPECT_EQ(abandoned, 0);
        ASSERT_TRUE(m_store->requestCancel("run"));
        ASSERT_TRUE(soon([&] { return abandoned == 1; }));
    }
    EXPECT_EQ(cancelled, 1);
}

TEST(ProgressLine, saysThePhaseAndHowMuch)
{
    using Phase = run::RunProgress::Phase;
    for (const Phase phase : {Phase::Waiting, Phase::Resuming, Phase::Reading, Phase::Sending,
                              Phase::Finishing, Phase::Done}) {
        run::RunProgress progress;
        progress.phase = phase;
        EXPECT_EQ(progressFromLine(progressLine(progress)).phase, phase);
    }
    run::RunProgress reading;
    reading.phase = Phase::Reading;
    reading.rowsRead = 77;
    EXPECT_EQ(progressFromLine(progressLine(reading)).rowsRead, 77U);
    EXPECT_EQ(progressFromLine("").phase, Phase::Waiting);
    EXPECT_EQ(progressFromLine("what 1 x").phase, Phase::Waiting);
}

} // namespace headgate::service
