// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/table_case.h"
#include "data/canonical_key.h"
#include "plan/fingerprint.h"
#include "semantics/many_records.h"
#include "semantics/project_world.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using run::Outcome;

namespace {

constexpr const char* flatShape =
    R"({"kind":"object","fields":[{"name":"city","kind":"column","column":"city"}]})";
constexpr const char* listShape =
    R"({"kind":"object","fields":[{"name":"cities","kind":"list","form":"values",
        "element":[{"kind":"column","column":"city"}]}]})";

std::string identityRecordsOf(const char* table, const char* shape)
{
    const shape::TableCase parsed = shape::TableCase::parse(table);
    return shape::recordsJson(parsed.records(shape::shapeOf(shape)), parsed);
}

std::string canonical(data::ValueKind kind, std::string_view text)
{
    const data::ValueView value{kind, text};
    return data::canonicalKey({&value, 1}).value_or("none");
}

} // namespace

TEST(Rule01, rowsThatRepeatTheRowKeyAreAllInvalid)
{
    EXPECT_EQ(identityRecordsOf(R"({"rowKey":["id"],"recordKey":["who"],
        "columns":["id:integer","who:text","city:text"],
        "rows":[[1,"a","Ulm"],[1,"a","Bonn"],[2,"b","Kiel"]]})",
                                listShape),
              R"([{"key":"a","problems":["record.row.duplicate"]},)"
              R"({"key":"b","payload":{"cities":["Kiel"]}}])");
}

TEST(Rule01, aRowKeyThatTwoRecordsShareMakesBothInvalid)
{
    EXPECT_EQ(identityRecordsOf(R"({"rowKey":["id"],"recordKey":["who"],
        "columns":["id:integer","who:text","city:text"],
        "rows":[[1,"a","Ulm"],[2,"a","Bonn"],[2,"b","Kiel"],[3,"c","Rom"],[4,"d","Bern"],
                [4,"d","Bern"]]})",
                                listShape),
              R"([{"key":"a","problems":["record.row.duplicate"]},)"
              R"({"key":"b","problems":["record.row.duplicate"]},)"
              R"({"key":"c","payload":{"cities":["Rom"]}},)"
              R"({"key":"d","problems":["record.row.duplicate"]}])");
}

TEST(Rule01, severalRowsPerRecordNeedAList)
{
    constexpr const char* table = R"({"rowKey":["id"],"recordKey":["who"],
        "columns":["id:integer","who:text","city:text"],
        "rows":[[1,"a","Ulm"],[2,"a","Ulm"],[3,"b","Kiel"]]})";
    EXPECT_EQ(identityRecordsOf(table, flatShape),
              R"([{"key":"a","problems":["record.key.duplicate"]},)"
              R"({"key":"b","payload":{"city":"Kiel"}}])");
    EXPECT_EQ(identityRecordsOf(table, listShape),
              R"([{"key":"a","payload":{"cities":["Ulm","Ulm"]}},)"
              R"({"key":"b","payload":{"cities":["Kiel"]}}])");
}

TEST(Rule01, aKeyThatComesTwiceIsInvalidAlsoWhereItWasDelivered)
{
    const std::vector<std::vector<std::string>> repeats = {
        {"same", "same"}, {"same", "changed"}, {"changed", "same"}, {"same", "same", "same"}};
    for (const std::vector<std::string>& payloads : repeats) {
        SCOPED_TRACE(testing::PrintToString(payloads));
        RunWorldFixture world;
        mirror(world);
        world.records = {record("a", R"({"n":"same"})"), record("b", R"({"n":"same"})"),
                         record("c", R"({"n":"same"})")};
        EXPECT_EQ(world.run().planned[Category::Added], 3u);
        world.saas.deliveries.clear();
        world.records.resize(1);
        for (const std::string& payload : payloads)
            world.records.push_back(record("b", R"({"n":")" + payload + R"("})"));
        world.records.push_back(record("c", R"({"n":"same"})"));
        const run::RunReport report = world.run();
        EXPECT_EQ(report.planned[Category::Invalid], 1u);
        EXPECT_EQ(report.planned[Category::Unchanged], 2u);
        ASSERT_EQ(report.invalid.size(), 1u);
        EXPECT_EQ(report.invalid[0].code, "record.key.duplicate");
        EXPECT_TRUE(world.saas.deliveries.empty());
        EXPECT_EQ(world.saas.records.size(), 3u);
    }
}

TEST(Rule01, aNullInAKeyAndAnInvalidValueMakeTheWholeRecordInvalid)
{
    EXPECT_EQ(identityRecordsOf(R"({"rowKey":["id"],"recordKey":["who"],
        "columns":["id:integer","who:text","city:float"],
        "rows":[[1,null,"1"],[2,"b","2"],[3,"b",{"invalid":"nan"}],[4,"c","4"]]})",
                                listShape),
              R"([{"key":"","problems":["record.key.null"]},)"
              R"({"key":"b","problems":["value.nan"]},{"key":"c","payload":{"cities":[4]}}])");
}

TEST(Rule02, aLeafOutsideAListNeedsOneValueUnlessItPicks)
{
    constexpr const char* table = R"({"rowKey":["id"],"recordKey":["who"],
        "columns":["id:integer","who:text","city:text"],
        "rows":[[1,"a","Ulm"],[2,"a","Bonn"],[3,"b","Kiel"],[4,"b","Kiel"]]})";
    EXPECT_EQ(identityRecordsOf(table, R"({"kind":"object","fields":[
        {"name":"city","kind":"column","column":"city"},
        {"name":"ids","kind":"list","form":"values","element":[{"kind":"column","column":"id"}]}]})"),
              R"([{"key":"a","problems":["record.value.differs"]},)"
              R"({"key":"b","payload":{"city":"Kiel","ids":[3,4]}}])");
    EXPECT_EQ(identityRecordsOf(table, R"({"kind":"object","fields":[
        {"name":"city","kind":"column","column":"city","pick":"last","sortBy":[{"column":"id"}]},
        {"name":"ids","kind":"list","form":"values","element":[{"kind":"column","column":"id"}]}]})"),
              R"([{"key":"a","payload":{"city":"Bonn","ids":[1,2]}},)"
              R"({"key":"b","payload":{"city":"Kiel","ids":[3,4]}}])");
}

TEST(Rule03, keysAreComparedByValueNotByDriverOrWidth)
{
    using data::ValueKind;
    EXPECT_EQ(canonical(ValueKind::Integer, "7"), canonical(ValueKind::Decimal, "7.000"));
    EXPECT_EQ(canonical(ValueKind::Integer, "100"), canonical(ValueKind::Float, "1e2"));
    EXPECT_EQ(canonical(ValueKind::Decimal, "0.10"), canonical(ValueKind::Decimal, "0.1"));
    EXPECT_EQ(canonical(ValueKind::Uuid, "0e37df36-f698-11e6-8dd4-cb9ced3df976"),
              canonical(ValueKind::Text, "0e37df36-f698-11e6-8dd4-cb9ced3df976"));
    EXPECT_NE(canonical(ValueKind::Text, "7"), canonical(ValueKind::Integer, "7"));
    EXPECT_NE(canonical(ValueKind::Text, "a"), canonical(ValueKind::Text, "A"));
    EXPECT_NE(canonical(ValueKind::Text, "e\xCC\x81"), canonical(ValueKind::Text, "\xC3\xA9"));
    EXPECT_NE(canonical(ValueKind::Text, "a "), canonical(ValueKind::Text, "a"));
    EXPECT_EQ(canonical(ValueKind::Null, ""), "none");
}

TEST(Rule03, theBytesOfAKeyArePinned)
{
    EXPECT_EQ(data::canonicalKeyVersion, 1);
    EXPECT_EQ(canonical(data::ValueKind::Decimal, "-12.50"), std::string("n\0\0\0\5-12.5", 10));
    EXPECT_EQ(canonical(data::ValueKind::Text, "x"), std::string("t\0\0\0\1x", 6));
    EXPECT_EQ(canonical(data::ValueKind::Bool, "true"), std::string("b\0\0\0\4true", 9));
}

TEST(Rule04, anotherObjectOrKeyAsksForNewStateAdoptOrBaseline)
{
    ProjectWorld world;
    world.sql("insert into people values(1,'a@x.example','Ann',1),(2,'b@x.example','Bob',1)");
    ASSERT_TRUE(world.run());
    world.sync(R"({"recordKey":["email"]})");
    const auto asked = world.run();
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().code, "run.identity");
    EXPECT_EQ(exitCode(asked.error().kind), 2);

    const auto baseline =
        world.run([](service::RunRequest& request) { request.kind = run::RunKind::Baseline; });
    ASSERT_TRUE(baseline);
    EXPECT_EQ(world.inbox().totals().deliveries, 1u) << "nothing was sent again";

    world.sync(R"({"recordKey":["name"]})");
    const auto anew = world.run(
        [](service::RunRequest& request) { request.identity = service::NewIdentity::NewState; });
    ASSERT_TRUE(anew);
    EXPECT_EQ(anew->outcomes[Outcome::Successful], 2u);
}

TEST(Rule04, adoptedStateSendsNothingAgain)
{
    ProjectWorld world;
    world.sql("insert into people values(1,'a@x.example','Ann',1),(2,'b@x.example','Bob',1)");
    ASSERT_TRUE(world.run());
    world.write(
        "destinations/mail.json",
        R"({"id":"destinationaaaaa","name":"Mail","connector":"iterable","baseUrl":")" +
            world.inboxUrl() +
            R"(","fields":{"project":"Another","region":"us"},"secrets":{"apiKey":"env:KEY"}})");
    const auto asked = world.run();
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().code, "run.identity");
    const auto adopted = world.run(
        [](service::RunRequest& request) { request.identity = service::NewIdentity::Adopt; });
    ASSERT_TRUE(adopted);
    EXPECT_EQ(adopted->planned[Category::Unchanged], 2u);
    EXPECT_EQ(adopted->requests, 0u);
}

TEST(Rule04, aCredentialIsNoPartOfTheIdentity)
{
    RunWorldFixture world;
    world.records = manyRecords(5);
    EXPECT_EQ(world.run().exitCode, 0);
    world.destination.token = "rotated";
    EXPECT_EQ(world.run().planned[Category::Unchanged], 5u);
}

TEST(Rule04, twoClonesAskOnceToShareOrToSeparate)
{
    using Clone = service::WorkspaceOptions::Clone;
    ProjectWorld world;
    world.sql("insert into people values(1,'a@x.example','Ann',1)");
    ASSERT_TRUE(world.run());
    const std::string clone = world.copyOfProject();
    const auto asked = world.open(clone);
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().code, "project.clone");
    const auto first = world.open();
    ASSERT_TRUE(first);
    const auto separate = world.open(clone, Clone::Separate);
    ASSERT_TRUE(separate);
    EXPECT_NE((*separate)->stateDirectory(), (*first)->stateDirectory());
    const auto again = world.open(clone);
    ASSERT_TRUE(again) << "it was decided";
    EXPECT_EQ((*again)->stateDirectory(), (*separate)->stateDirectory());
}

TEST(Rule04, aCloneThatSharesSeesWhatWasDelivered)
{
    ProjectWorld world;
    world.sql("insert into people values(1,'a@x.example','Ann',1)");
    ASSERT_TRUE(world.run());
    const auto shared = world.open(world.copyOfProject(), service::WorkspaceOptions::Clone::Share);
    ASSERT_TRUE(shared);
    EXPECT_EQ((*shared)->stateDirectory(), (*world.open())->stateDirectory());
    EXPECT_FALSE((*shared)->isTrusted()) << "trust belongs to the folder";
}

TEST(Rule05, sharedMatchValuesAreAllInvalidAfterNormalisation)
{
    RunWorldFixture world;
    world.sync.gates.invalidShare = 1;
    world.records = {record("1", "Ann@example.com", "{}"), record("2", "ann@example.com", "{}"),
                     record("3", "bob@example.com", "{}")};
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Invalid], 2u);
    EXPECT_EQ(report.outcomes[Outcome::Successful], 1u);
    ASSERT_EQ(report.invalid.size(), 1u);
    EXPECT_EQ(report.invalid[0].code, "record.match.shared");
}

TEST(Rule05, aMatchValueThatAnUnchangedRecordHasIsSharedToo)
{
    RunWorldFixture world;
    world.sync.gates.invalidShare = 1;
    world.records = {record("1", "ann@example.com", "{}"), record("2", "bob@example.com", "{}"),
                     record("3", "3", "{}"), record("4", "dan@example.com", "{}")};
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 4u);
    world.records.push_back(record("5", "bob@example.com", "{}"));
    world.records.push_back(record("6", "3", "{}"));
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Invalid], 4u);
    EXPECT_EQ(report.planned[Category::Unchanged], 2u);
    ASSERT_EQ(report.invalid.size(), 1u);
    EXPECT_EQ(report.invalid[0].code, "record.match.shared");
}

TEST(Rule05, aRekeyedRecordIsAddedBeforeItsOldOneIsRemovedNeverInOneBatch)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(10);
    static_cast<void>(world.run());
    world.saas.deliveries.clear();
    world.records[2] = record("k2", "moved@example.com", "{}");
    EXPECT_EQ(world.run().planned[Category::Rekeyed], 1u);
    ASSERT_EQ(world.saas.deliveries.size(), 2u);
    EXPECT_EQ(world.saas.deliveries[0].operation, "upsert");
    EXPECT_EQ(world.saas.deliveries[1].operation, "delete");
    EXPECT_FALSE(world.saas.records.contains("k2@example.com"));
}

TEST(Rule05, aDestinationThatCanRenamesInstead)
{
    RunWorldFixture world;
    mirror(world);
    world.destination.can.operations.push_back(connector::Operation::Rename);
    world.records = manyRecords(10);
    static_cast<void>(world.run());
    world.saas.deliveries.clear();
    world.records[2] = record("k2", "moved@example.com", "{}");
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 1u);
    ASSERT_EQ(world.saas.deliveries.size(), 1u);
    EXPECT_EQ(world.saas.deliveries[0].operation, "rename");
}

TEST(Rule05, twoRecordsThatSwapTheirMatchValuesBothSurvive)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(6);
    static_cast<void>(world.run());
    world.records[0] = record("k0", "k1@example.com", R"({"n":0})");
    world.records[1] = record("k1", "k0@example.com", R"({"n":1})");
    EXPECT_EQ(world.run().exitCode, 0);
    EXPECT_EQ(world.saas.records.at("k1@example.com"), R"({"n":0})");
    EXPECT_EQ(world.saas.records.at("k0@example.com"), R"({"n":1})");
}

TEST(Rule05, aRenameNeitherTakesNorLeavesAMatchValueThatAnotherOneHasOrGets)
{
    const std::string payload[] = {R"({"n":0})", R"({"n":1})", R"({"n":2})"};
    for (const bool swapped : {false, true}) {
        SCOPED_TRACE(swapped);
        for (const auto mode : {project::SyncMode::Upsert, project::SyncMode::Mirror}) {
            SCOPED_TRACE(int(mode));
            RunWorldFixture world;
            world.sync.mode = mode;
            if (mode == project::SyncMode::Mirror)
                mirror(world);
            world.destination.can.operations.push_back(connector::Operation::Rename);
            world.records = manyRecords(6);
            static_cast<void>(world.run());
            world.records[0] = record("k0", "k1@example.com", payload[0]);
            world.records[1] =
                record("k1", swapped ? "k0@example.com" : "moved@example.com", payload[1]);
            world.records[2] = record("k2", "alone@example.com", payload[2]);
            EXPECT_EQ(world.run().exitCode, 0);
            EXPECT_EQ(world.saas.records.at("k1@example.com"), payload[0]);
            EXPECT_EQ(world.saas.records.at(swapped ? "k0@example.com" : "moved@example.com"),
                      payload[1]);
            EXPECT_EQ(world.saas.records.at("alone@example.com"), payload[2]);
            EXPECT_FALSE(world.saas.records.contains("k2@example.com"));
            EXPECT_EQ(world.run().exitCode, 0);
            EXPECT_EQ(world.saas.records.at("k1@example.com"), payload[0]);
        }
    }
}

TEST(Rule06, theFingerprintCoversOperationObjectMatchAndPayloadOnly)
{
    using connector::Operation;
    const auto of = [](Operation operation, const char* object, const char* field,
                       const char* match, const char* payload) {
        return plan::fingerprint(plan::fingerprintVersion, operation, object, field, match,
                                 payload);
    };
    const Hash128 base = of(Operation::Upsert, "user", "email", "a", "{}");
    EXPECT_EQ(of(Operation::Upsert, "user", "email", "a", "{}"), base);
    EXPECT_NE(of(Operation::Insert, "user", "email", "a", "{}"), base);
    EXPECT_NE(of(Operation::Upsert, "users", "email", "a", "{}"), base);
    EXPECT_NE(of(Operation::Upsert, "user", "id", "a", "{}"), base);
    EXPECT_NE(of(Operation::Upsert, "user", "email", "b", "{}"), base);
    EXPECT_NE(of(Operation::Upsert, "user", "email", "a", "[]"), base);
    EXPECT_NE(of(Operation::Upsert, "use", "remail", "a", "{}"), base);
}

TEST(Rule06, eachVersionOfTheFingerprintIsPinned)
{
    const auto hex = [](std::string_view version) {
        return plan::fingerprint(version, connector::Operation::Upsert, "user", "email", "a", "{}")
            .hex();
    };
    EXPECT_EQ(hex("1"), "a636d3e761e577687d9afb1756f6235c");
    EXPECT_EQ(hex("2"), "a875d50d47bdac05a834be35d6bbacbf");
}

TEST(Rule06, envelopeRunAndTimeDoNotCount)
{
    RunWorldFixture world;
    world.records = manyRecords(5);
    static_cast<void>(world.run());
    world.clock.advance(std::chrono::hours(1000));
    world.destination.can.batchRecords = 3;
    EXPECT_EQ(world.run().planned[Category::Unchanged], 5u);
}

TEST(Rule06, afterAnUpgradeTheOldAlgorithmCompares)
{
    RunWorldFixture world;
    world.records = manyRecords(5);
    state::StateInfo old = world.state();
    old.fingerprintVersion = "1";
    ASSERT_TRUE(world.store().update(old));
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 5u);
    EXPECT_EQ(world.state().fingerprintVersion, "1");
    EXPECT_NE(plan::fingerprintVersion, "1");
    EXPECT_EQ(world.known("k1").fingerprint,
              plan::fingerprint("1", connector::Operation::Upsert, "users", "email",
                                canonical(data::ValueKind::Text, "k1@example.com"), "{}"));
    EXPECT_EQ(world.run().planned[Category::Unchanged], 5u);
}

TEST(Rule06, aPlanSaysWhatWasAcceptedBefore)
{
    RunWorldFixture world;
    world.records = manyRecords(5, R"({"v":1})");
    static_cast<void>(world.run());
    world.records[2].payload = R"({"v":2})";
    const run::RunReport report = world.run(run::RunKind::DryRun);
    ASSERT_EQ(report.samples.size(), 1u);
    EXPECT_EQ(report.samples[0].payload, R"({"v":2})");
    EXPECT_EQ(report.samples[0].previousPayload, R"({"v":1})");
}
