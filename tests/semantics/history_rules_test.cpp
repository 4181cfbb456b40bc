// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redaction.h"
#include "semantics/many_records.h"
#include "semantics/project_world.h"
#include "state/accepted_log.h"

#include <QDirIterator>
#include <QFile>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using run::Outcome;

namespace {

bool anyFileHolds(const std::string& folder, const QByteArray& text)
{
    QDirIterator files(QString::fromStdString(folder), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        if (file.readAll().contains(text)) {
            std::cout << text.toStdString() << " is in " << file.fileName().toStdString() << '\n';
            return true;
        }
    }
    return false;
}

std::vector<state::SpoolRecord> accepted(RunWorldFixture& world, const std::string& run)
{
    std::vector<state::SpoolRecord> records;
    EXPECT_TRUE(world.store().scanAccepted(run, [&](state::SpoolRecord& record) {
        records.push_back(record);
        return true;
    }));
    return records;
}

} // namespace

TEST(Rule26, everyFailureKeepsRowPayloadRequestAndAnswer)
{
    RunWorldFixture world;
    world.records = manyRecords(10, R"({"v":1})");
    world.records[3].rows = R"([{"id":3}])";
    world.saas.refuses["k3@example.com"] = "bad_email";
    const run::RunReport report = world.run();
    const auto rows = world.store().history(report.run, "rejected", {}, 10);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1u);
    const state::HistoryRow& row = rows->front();
    EXPECT_EQ(row.row, R"([{"id":3}])");
    EXPECT_EQ(row.payload, R"({"v":1})");
    EXPECT_NE(row.request.find("POST http"), std::string::npos);
    EXPECT_EQ(row.request.find("first"), std::string::npos) << "the credential is masked";
    EXPECT_NE(row.answer.find("bad_email"), std::string::npos);
}

TEST(Rule26, aCredentialThatTheAnswerSaysBackIsKeptNowhere)
{
    Redaction::registerSecret("said-back-credential");
    RunWorldFixture world;
    world.records = manyRecords(10, R"({"v":1})");
    world.saas.refuses["k3@example.com"] = "bad key said-back-credential";
    const run::RunReport report = world.run();
    const auto rows = world.store().history(report.run, "rejected", {}, 10);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1u);
    EXPECT_NE(rows->front().answer.find("bad key"), std::string::npos);
    EXPECT_EQ(rows->front().answer.find("said-back-credential"), std::string::npos);
}

TEST(Rule26, payloadsOfSuccessesAreKeptWithinTheBudget)
{
    RunWorldFixture world;
    world.records = manyRecords(10, R"({"v":1})");
    const std::string first = world.run().run;
    ASSERT_EQ(accepted(world, first).size(), 10u);
    EXPECT_EQ(accepted(world, first)[0].payload, R"({"v":1})");

    world.clock.advance(std::chrono::hours(24 * 13));
    world.records[0].payload = R"({"v":2})";
    const std::string second = world.run().run;
    EXPECT_EQ(accepted(world, first).size(), 10u);
    world.clock.advance(std::chrono::hours(24 * 2));
    static_cast<void>(world.run());
    EXPECT_EQ(accepted(world, first).size(), 0u) << "older than 14 days";
    EXPECT_EQ(accepted(world, second).size(), 1u);
    world.sync.history.bytes = 1;
    static_cast<void>(world.run());
    EXPECT_EQ(accepted(world, second).size(), 0u) << "over the bytes";
}

TEST(Rule26, storeNoPayloadsIsASetting)
{
    RunWorldFixture world;
    world.sync.history.storePayloads = false;
    world.records = manyRecords(10, R"({"secret":"canary"})");
    world.saas.refuses["k3@example.com"] = "bad_email";
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Rejected], 1u);
    EXPECT_FALSE(anyFileHolds(world.directory(), "canary"));
}

TEST(Rule26, keysAreHashedWhereTheModeNeverNamesARemovedRecord)
{
    for (const bool mirrors : {false, true}) {
        RunWorldFixture world;
        world.sync.history.storePayloads = false;
        if (mirrors)
            mirror(world);
        world.records = {record("person-4711", "person-4711@example.com", "{}")};
        static_cast<void>(world.run());
        EXPECT_EQ(anyFileHolds(world.directory(), "person-4711"), mirrors);
    }
}

TEST(Rule26, switchingToMirrorSaysHowManyCannotBeNamed)
{
    RunWorldFixture world;
    world.records = manyRecords(30);
    static_cast<void>(world.run());
    mirror(world);
    world.records.resize(25);
    const run::RunReport report = world.run();
    EXPECT_EQ(world.saas.records.size(), 30u);
    ASSERT_EQ(report.notes.size(), 1u);
    EXPECT_TRUE(report.notes[0].startsWith(QStringLiteral("5 removed records cannot be named")));
}

TEST(Rule26, purgeRemovesAPersonFromAllStoresAndLeavesASuppression)
{
    ProjectWorld world;
    world.sync(R"({"mode":"mirror","deleteBehaviour":"nothing"})");
    world.sql("insert into people values(4711,'canary@x.example','Canary Person',1),"
              "(2,'b@x.example','Bob',1)");
    const auto first = world.run();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->outcomes[Outcome::Successful], 2u);
    ASSERT_TRUE(anyFileHolds(world.stateRoot(), "canary@x.example"));
    ASSERT_TRUE((*world.open())->purge("4711"));
    EXPECT_FALSE(anyFileHolds(world.stateRoot(), "canary@x.example"));
    EXPECT_FALSE(anyFileHolds(world.stateRoot(), "Canary Person"));
    EXPECT_TRUE(anyFileHolds(world.stateRoot(), "b@x.example"));

    world.sql("update people set name = 'New Name' where id = 4711");
    const auto second = world.run();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->planned[plan::Category::Held], 1u);
    EXPECT_EQ(second->requests, 0u);
    const auto rows = (*world.open())->records(first->run, "", "2", 10);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1u) << "others keep their history";
    EXPECT_EQ(rows->front().outcome, "successful");
}

TEST(Rule26, searchHashesWhatIsTyped)
{
    ProjectWorld world;
    world.sql("insert into people values(1,'a@x.example','Ann',1),(2,'b@x.example','Bob',1)");
    const auto report = world.run();
    ASSERT_TRUE(report);
    const auto rows = (*world.open())->records(report->run, "", "2", 10);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1u);
    EXPECT_EQ(rows->front().payload, R"({"name":"Bob"})");
    EXPECT_EQ(rows->front().at, report->ended);
}

TEST(Rule26, exportAndImportMoveToAnotherMachineHashKeyIncluded)
{
    ProjectWorld world;
    world.sql("insert into people values(1,'a@x.example','Ann',1),(2,'b@x.example','Bob',1)");
    ASSERT_TRUE(world.run());
    const std::string file = world.project() + "/state.jsonl";
    ASSERT_TRUE((*world.open())->exportState(file));
    const std::string directory = (*world.open())->stateDirectory();
    ASSERT_TRUE(QFile::rename(QString::fromStdString(directory),
                              QString::fromStdString(directory + ".old")));
    ASSERT_TRUE((*world.open())->importState(file));
    EXPECT_EQ(world.run()->planned[plan::Category::Unchanged], 2u);
}
