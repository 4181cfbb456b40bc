// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of the warehouse that get another type, another name, or are gone: between two runs, and
// at every step of one.
#include "fakes/test_servers.h"
#include "semantics/project_world.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using run::Outcome;

namespace {

constexpr std::uint64_t people = 30;
constexpr std::uint64_t manyPeople = 1000;

/// The project's people, in PostgreSQL.
class Retyped : public testing::Test
{
protected:
    Retyped()
    {
        const warehouse::SourceOptions postgres = postgresOptions();
        data::JsonNode fields = {{"tls", "disable"}};
        for (const auto& [name, value] : postgres.fields)
            fields[name] = value;
        const data::JsonNode source = {{"id", "sourceaaaaaaaaaa"},
                                       {"name", "Shop"},
                                       {"warehouse", postgres.warehouse},
                                       {"fields", fields},
                                       {"secrets", {{"password", "env:KEY"}}}};
        world.write("sources/shop.json", source.dump());
        world.write("models/people.sql", "select id, email, amount, at from retyped\n");
        world.sync(R"({"shape":{"kind":"object","fields":[
            {"name":"amount","kind":"column","column":"amount"},
            {"name":"at","kind":"column","column":"at"}]}})");
        makeTable();
    }
    ~Retyped() override { runOnPostgres("drop table if exists retyped cascade"); }

    static void makeTable(std::uint64_t count = people)
    {
        runOnPostgres("set client_min_messages = warning; drop table if exists retyped cascade; "
                      "create table retyped(id integer primary key, email text, "
                      "amount numeric(12,4), at timestamp); "
                      "insert into retyped select i, 'p' || i || '@x.example', i + 0.5, "
                      "timestamp '2026-02-03 04:05:06' from generate_series(1," +
                      std::to_string(count) + ") i");
    }

    /// By match value: how often it was written, and what it is now.
    std::map<std::string, std::pair<std::uint64_t, std::string>> arrived()
    {
        std::map<std::string, std::pair<std::uint64_t, std::string>> all;
        for (const auto& [match, record] : world.arrived())
            all[match] = {record.writes, record.payload};
        return all;
    }

    std::uint64_t delivered()
    {
        const auto workspace = world.open();
        EXPECT_TRUE(workspace);
        const auto states = (*workspace)->states();
        EXPECT_TRUE(states && !states->empty());
        return states->front().delivered;
    }

    static std::string typeOfAmount()
    {
        const auto source = warehouse::Source::open(postgresOptions(), {});
        const auto rows =
            readAll(**source, "select data_type::text from information_schema.columns "
                              "where table_name = 'retyped' and "
                              "column_name = 'amount'");
        EXPECT_TRUE(rows && rows->size() == 1);
        return rows->front().front().text;
    }

    ProjectWorld world;
};

struct Change
{
    const char* name;
    const char* sql;
    int exitCode;
    const char* code; ///< of the error or of the gate; empty: all is as it was
    const char* says;
};

const Change changes[] = {
    {"wider key", "alter table retyped alter id type bigint", 0, "", ""},
    {"key as numeric", "alter table retyped alter id type numeric(20,2)", 0, "", ""},
    {"key as text", "alter table retyped alter id type text", 3, "source.key.retyped",
     "Cast the column back"},
    {"numeric as double precision", "alter table retyped alter amount type double precision", 7,
     "gate.changed", "confirm the plan"},
    {"numeric as text", "alter table retyped alter amount type text", 7, "gate.changed",
     "confirm the plan"},
    {"timestamp as text", "alter table retyped alter at type text", 7, "gate.changed",
     "confirm the plan"},
    {"timestamp with a zone",
     "alter table retyped alter at type timestamptz using at at time zone 'UTC'", 7, "gate.changed",
     "confirm the plan"},
    {"match value as bytes",
     "alter table retyped alter email type bytea using convert_to(email, 'UTF8')", 7,
     "gate.changed", "confirm the plan"},
    {"renamed", "alter table retyped rename amount to total", 3, "source.query.name", "amount"},
    {"dropped", "alter table retyped drop column amount", 3, "source.query.name", "amount"},
    {"dropped key", "alter table retyped drop column id", 3, "source.query.name", "id"},
    {"one more", "alter table retyped add column extra text default 'x'", 0, "", ""},
};

struct Outcomes
{
    int exitCode = 0;
    std::string code;
    std::string says;
};

Outcomes outcomesOf(const Result<run::RunReport>& report)
{
    const Error* error = !report ? &report.error() : report->error ? &*report->error : nullptr;
    if (error)
        return {exitCode(error->kind), error->code, error->toString().toStdString()};
    if (!report->stops.empty())
        return {report->exitCode, report->stops.front().code,
                report->stops.front().message.toStdString()};
    return {report->exitCode, {}, {}};
}

} // namespace

TEST_F(Retyped, betweenTwoRunsNothingIsSentMarkedOrLost)
{
    for (const Change& change : changes) {
        SCOPED_TRACE(change.name);
        makeTable();
        const auto first = world.run();
        ASSERT_TRUE(first);
        ASSERT_EQ(first->exitCode, 0);
        const auto before = arrived();
        ASSERT_EQ(before.size(), people);

        runOnPostgres(change.sql);
        const Outcomes outcomes = outcomesOf(world.run());
        EXPECT_EQ(outcomes.exitCode, change.exitCode);
        EXPECT_EQ(outcomes.code, change.code);
        EXPECT_NE(outcomes.says.find(change.says), std::string::npos) << outcomes.says;
        EXPECT_EQ(arrived(), before);
        EXPECT_EQ(delivered(), people);

        makeTable();
        const auto back = world.run();
        ASSERT_TRUE(back);
        EXPECT_EQ(back->exitCode, 0);
        EXPECT_EQ(back->planned[Category::Unchanged], people);
    }
}

/// Who alters the table gets at it where the run holds no lock, and else goes away. The rows are
/// wide, so that many steps read them.
TEST_F(Retyped, atEveryStepOfARunItIsReadAsItIsOrNotAtAll)
{
    const char* const amountAsText =
        "set lock_timeout = '50ms'; do $$ begin alter table retyped alter amount type text; "
        "exception when lock_not_available then null; end $$";
    world.write("models/people.sql",
                "select id, email, amount, at, repeat('x', 4000) as wide from retyped\n");
    world.sync(R"({"gates":{"changedShare":1}})");
    std::size_t turnedAway = 0;
    std::size_t altered = 0;
    constexpr std::size_t steps = 10;
    for (std::size_t at = 0; at < steps; ++at) {
        SCOPED_TRACE(at);
        makeTable(manyPeople);
        runOnPostgres("update retyped set amount = amount + " + std::to_string(at + 1));
        const auto before = arrived();
        {
            const auto workspace = world.open();
            ASSERT_TRUE(workspace);
            service::RunRequest request;
            request.sync = "people";
            const auto run = (*workspace)->prepare(request);
            ASSERT_TRUE(run);
            std::size_t step = 0;
            do {
                if (step++ == at)
                    runOnPostgres(amountAsText);
            } while ((*run)->step());
            const run::RunReport& report = (*run)->report();
            if (report.error) {
                EXPECT_EQ(report.error->code, "source.query.changed");
                EXPECT_NE(report.error->message.indexOf(QStringLiteral("retyped")), -1);
                EXPECT_EQ(arrived(), before);
            } else {
                EXPECT_EQ(report.exitCode, 0);
                EXPECT_EQ(report.outcomes[Outcome::Successful], manyPeople);
            }
        }
        (typeOfAmount() == "text" ? altered : turnedAway) += 1;
        const auto after = world.run();
        ASSERT_TRUE(after);
        EXPECT_EQ(after->exitCode, 0);
        for (const auto& [match, record] : arrived())
            EXPECT_EQ(record.second.find(":31.5") != std::string::npos ||
                          record.second.find(":\"31.5") != std::string::npos,
                      match == "p" + std::to_string(30 - at) + "@x.example")
                << match << ' ' << record.second;
        EXPECT_EQ(delivered(), manyPeople);
    }
    RecordProperty("turnedAway", static_cast<int>(turnedAway));
    EXPECT_GT(altered, 0u);
}
