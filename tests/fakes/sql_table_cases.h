// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination_factory.h"
#include "connector/spec_library.h"
#include "connector/sql_session.h"
#include "connector/sql_statement.h"
#include "fakes/batch_box.h"
#include "fakes/fake_clock.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace headgate::fakes {

/// A database to write to: where it is, and a second connection that looks at what was written.
struct SqlPlace
{
    std::string connector; ///< id of the spec
    connector::SqlAccount account;
    connector::OpenedSession (*open)(const connector::SqlAccount&) = nullptr;
};

/// The same cases for every database: `Place::get()` says where one is.
template <typename Place>
class SqlTables : public testing::Test
{
protected:
    SqlTables() : m_place(Place::get())
    {
        auto opened = m_place.open(m_place.account);
        if (!opened)
            throw std::runtime_error(opened.error().message);
        m_side = std::move(*opened);
    }

    [[nodiscard]] connector::SqlDialect dialect() const { return m_side->dialect(); }
    [[nodiscard]] std::string quoted(const std::string& name) const
    {
        return connector::quotedIdentifier(dialect(), name);
    }
    [[nodiscard]] std::string object(const std::string& table = "people") const
    {
        return dialect() == connector::SqlDialect::Postgres ? "public." + table : table;
    }

    connector::SqlDone sql(const std::string& text)
    {
        auto done = m_side->run(text, {});
        if (!done)
            throw std::runtime_error(text + ": " + done.error().message);
        return *done;
    }
    void recreate(const std::string& table, const std::string& columns)
    {
        sql("DROP TABLE IF EXISTS " + quoted(table));
        sql("CREATE TABLE " + quoted(table) + " (" + columns + ")");
    }
    /// One of the three, for this database.
    [[nodiscard]] const char* per(const char* postgres, const char* mySql, const char* sqlite) const
    {
        switch (dialect()) {
        case connector::SqlDialect::Postgres:
            return postgres;
        case connector::SqlDialect::MySql:
            return mySql;
        case connector::SqlDialect::Sqlite:
            return sqlite;
        }
        return "";
    }
    void makePeople()
    {
        recreate("people",
                 std::string("id varchar(40) NOT NULL PRIMARY KEY, mail varchar(40), name ") +
                     per("varchar(10)", "varchar(10)", "text CHECK (length(name) <= 10)") +
                     ", amount " + per("numeric(40,10)", "decimal(40,10)", "text") + ", big " +
                     per("int8", "bigint", "integer") + ", ok " +
                     per("boolean", "tinyint(1)", "boolean") + ", doc " +
                     per("json", "json", "json") + ", at " +
                     per("timestamptz", "datetime(6)", "timestamp"));
    }

    [[nodiscard]] std::unique_ptr<connector::Destination> open()
    {
        connector::DestinationConfig config;
        const connector::SqlAccount& account = m_place.account;
        config.fields = {{"database", account.database}};
        if (dialect() != connector::SqlDialect::Sqlite) {
            config.fields["host"] = account.host;
            config.fields["port"] = std::to_string(account.port);
            config.fields["user"] = account.user;
            config.secrets.emplace("password", secrets::Secret(account.password));
        }
        const auto spec = connector::SpecLibrary::builtIn().find(m_place.connector);
        auto opened = connector::openDestination(spec, std::move(config), m_clock);
        if (!opened)
            throw std::runtime_error(opened.error().message.toStdString());
        return std::move(*opened);
    }
    [[nodiscard]] connector::BatchResult submit(const BatchBox& box)
    {
        const auto destination = open();
        return resultOf(destination->submit(box.batch()));
    }
    [[nodiscard]] BatchBox batch(connector::Operation operation,
                                 const std::string& match = "id") const
    {
        return BatchBox(operation, object(), "key", match);
    }
    [[nodiscard]] std::vector<std::vector<std::string>> rows(const std::string& columns,
                                                             const std::string& table = "people")
    {
        return sql("SELECT " + columns + " FROM " + quoted(table) + " ORDER BY 1").rows;
    }

    SqlPlace m_place;
    std::unique_ptr<connector::SqlSession> m_side;
    FakeClock m_clock;
};

using SqlRows = std::vector<std::vector<std::string>>;

inline std::vector<connector::Fate> fatesIn(const connector::BatchResult& result)
{
    std::vector<connector::Fate> fates;
    for (const connector::RecordOutcome& outcome : result.outcomes)
        fates.push_back(outcome.fate);
    return fates;
}

TYPED_TEST_SUITE_P(SqlTables);

using connector::Fate;
using connector::Operation;
using connector::SqlDialect;
using connector::Verdict;

TYPED_TEST_P(SqlTables, valuesArriveExactly)
{
    this->makePeople();
    auto box = this->batch(Operation::Upsert);
    box.add(R"({"name":"J\u00e9 \ud83d\ude00","amount":123456789012345678901234567890.0123456789,)"
            R"("big":9223372036854775807,"ok":true,"doc":{"a":[1.50,"x\"y"]},)"
            R"("at":"2026-11-22T13:05:09.120001+00:00"})",
            "1");
    box.add(R"({"name":null,"amount":null,"ok":false,"doc":[{"k":"v"}],"big":-1})", "2");
    const auto result = this->submit(box);
    ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
    for (const auto& outcome : result.outcomes)
        EXPECT_EQ(outcome.fate, Fate::Accepted) << outcome.message;
    const char* ok = this->per("ok::int", "ok", "ok");
    const char* doc = this->per("doc::text", "doc", "doc");
    const char* at = this->per("to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
                               "date_format(at, '%Y-%m-%dT%H:%i:%s.%f')", "substr(at, 1, 26)");
    const std::string columns =
        std::string("id, name, amount, big, ") + ok + ", " + doc + ", " + at;
    EXPECT_EQ(
        this->rows(columns + ", name IS NULL"),
        (SqlRows{{"1", "J\xC3\xA9 \xF0\x9F\x98\x80", "123456789012345678901234567890.0123456789",
                  "9223372036854775807", "1", R"({"a":[1.50,"x\"y"]})",
                  "2026-11-22T13:05:09.120001", this->per("f", "0", "0")},
                 {"2", "", "", "-1", "0", R"([{"k":"v"}])", "", this->per("t", "1", "1")}}));

    auto again = this->batch(Operation::Upsert);
    again.add(R"({"id":"1","name":"new","doc":"text"})", "1").add("{}", "3");
    ASSERT_EQ(fatesIn(this->submit(again)), (std::vector<Fate>{Fate::Accepted, Fate::Accepted}));
    EXPECT_EQ(this->rows(std::string("id, name, big, ") + doc),
              (SqlRows{{"1", "new", "9223372036854775807", R"("text")"},
                       {"2", "", "-1", R"([{"k":"v"}])"},
                       {"3", "", "", ""}}));
}

TYPED_TEST_P(SqlTables, oneBadRecordAmongMany)
{
    for (const Operation operation : {Operation::Upsert, Operation::Append, Operation::Insert}) {
        this->makePeople();
        auto box = this->batch(operation);
        for (int i = 0; i < 120; ++i) {
            const std::string id = std::to_string(1000 + i);
            const bool bad = i == 17 || i == 99;
            box.add(R"({"id":")" + id + R"(","name":")" + (bad ? "much too long" : "fine") +
                        R"("})",
                    id);
        }
        const auto result = this->submit(box);
        ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
        for (std::size_t i = 0; i < 120; ++i) {
            const bool bad = i == 17 || i == 99;
            EXPECT_EQ(result.outcomes[i].fate, bad ? Fate::Rejected : Fate::Accepted) << i;
            EXPECT_EQ(result.outcomes[i].message.empty(), !bad) << i;
        }
        EXPECT_EQ(this->rows("id").size(), 118U);
    }
}

TYPED_TEST_P(SqlTables, modesTellWhatWasThere)
{
    this->makePeople();
    this->sql("INSERT INTO people (id, name) VALUES ('1', 'old'), ('2', 'old')");
    const auto send = [&](Operation operation) {
        auto box = this->batch(operation);
        for (const char* id : {"1", "9"})
            box.add(R"({"name":"new"})", id);
        const auto result = this->submit(box);
        EXPECT_EQ(result.verdict, Verdict::PerRecord) << result.message;
        return fatesIn(result);
    };
    using Fates = std::vector<Fate>;
    EXPECT_EQ(send(Operation::Update), (Fates{Fate::Accepted, Fate::Absent}));
    EXPECT_EQ(send(Operation::Update), (Fates{Fate::Accepted, Fate::Absent}));
    EXPECT_EQ(this->rows("id, name"), (SqlRows{{"1", "new"}, {"2", "old"}}));
    EXPECT_EQ(send(Operation::Insert), (Fates{Fate::Exists, Fate::Accepted}));
    EXPECT_EQ(this->rows("id"), (SqlRows{{"1"}, {"2"}, {"9"}}));
    EXPECT_EQ(send(Operation::Delete), (Fates{Fate::Accepted, Fate::Accepted}));
    EXPECT_EQ(send(Operation::Delete), (Fates{Fate::Accepted, Fate::Accepted}));
    EXPECT_EQ(this->rows("id"), (SqlRows{{"2"}}));
    auto bare = this->batch(Operation::Update);
    bare.add("{}", "2").add(R"({"id":"8"})", "8");
    EXPECT_EQ(fatesIn(this->submit(bare)), (Fates{Fate::Accepted, Fate::Absent}));
}

TYPED_TEST_P(SqlTables, fillsOnlyWhatIsEmpty)
{
    this->makePeople();
    this->sql("INSERT INTO " + this->quoted("people") +
              " (id, mail, name, big) VALUES ('1', 'there', '', NULL), ('2', NULL, 'kept', 7)");
    for (const Operation operation : {Operation::Upsert, Operation::Update}) {
        auto box = this->batch(operation);
        box.fillOnly({"name", "big"});
        box.add(R"({"mail":"new","name":"Ann","big":1})", "1");
        box.add(R"({"mail":"new","name":"Bob","big":2})", "2");
        ASSERT_EQ(fatesIn(this->submit(box)), (std::vector<Fate>{Fate::Accepted, Fate::Accepted}));
        EXPECT_EQ(this->rows("id, mail, name, big"),
                  (SqlRows{{"1", "new", "Ann", "1"}, {"2", "new", "kept", "7"}}));
        this->sql("UPDATE " + this->quoted("people") +
                  " SET mail = 'old', name = '', big = NULL WHERE id = '1'");
    }
}

TYPED_TEST_P(SqlTables, renames)
{
    this->makePeople();
    this->sql("INSERT INTO people (id, name) VALUES ('1', 'a'), ('2', 'b')");
    auto box = this->batch(Operation::Rename);
    box.add(R"({"name":"c"})", "5", "1").add("{}", "6", "7").add("{}", "5", "2");
    for (int repeat = 0; repeat < 2; ++repeat) {
        const auto result = this->submit(box);
        EXPECT_EQ(fatesIn(result),
                  (std::vector<Fate>{Fate::Accepted, Fate::Absent, Fate::Rejected}))
            << result.message;
        EXPECT_EQ(this->rows("id, name"), (SqlRows{{"2", "b"}, {"5", "c"}}));
    }
}

TYPED_TEST_P(SqlTables, unknownColumnsAreNamed)
{
    this->makePeople();
    auto box = this->batch(Operation::Upsert);
    box.add(R"({"name":"a"})", "1").add(R"({"nick":"b"})", "2").add("[]", "3");
    const auto result = this->submit(box);
    EXPECT_EQ(fatesIn(result), (std::vector<Fate>{Fate::Accepted, Fate::Rejected, Fate::Rejected}));
    EXPECT_EQ(result.outcomes[1].code, "sql.column.unknown");
    EXPECT_NE(result.outcomes[1].message.find("'nick'"), std::string::npos);
    EXPECT_EQ(result.outcomes[2].code, "sql.payload");
}

TYPED_TEST_P(SqlTables, aKeyIsNeeded)
{
    this->makePeople();
    for (const char* match : {"mail", "nowhere", ""}) {
        auto box = this->batch(Operation::Upsert, match);
        const auto result = this->submit(box.add("{}", "x"));
        EXPECT_EQ(result.verdict, Verdict::Fatal);
        EXPECT_EQ(result.code, "sql.match");
    }
    this->sql("CREATE UNIQUE INDEX people_mail ON people (mail)");
    auto box = this->batch(Operation::Upsert, "mail");
    box.add(R"({"id":"1","name":"a"})", "a@x.org");
    ASSERT_EQ(fatesIn(this->submit(box)), std::vector<Fate>{Fate::Accepted});
    ASSERT_EQ(fatesIn(this->submit(box)), std::vector<Fate>{Fate::Accepted});
    EXPECT_EQ(this->rows("id, mail, name"), (SqlRows{{"1", "a@x.org", "a"}}));
}

TYPED_TEST_P(SqlTables, otherKeysAreNotTheMatch)
{
    this->makePeople();
    this->sql("CREATE UNIQUE INDEX people_mail ON people (mail)");
    this->sql("INSERT INTO people (id, mail, name) VALUES ('1', 'a', 'one')");
    auto box = this->batch(Operation::Upsert);
    box.add(R"({"mail":"a","name":"two"})", "2").add(R"({"mail":"b","name":"three"})", "3");
    box.add(R"({"name":"uno"})", "1");
    const auto result = this->submit(box);
    EXPECT_EQ(fatesIn(result), (std::vector<Fate>{Fate::Rejected, Fate::Accepted, Fate::Accepted}))
        << result.message;
    EXPECT_EQ(this->rows("id, mail, name"), (SqlRows{{"1", "a", "uno"}, {"3", "b", "three"}}));
    auto insert = this->batch(Operation::Insert);
    insert.add(R"({"mail":"a"})", "7").add(R"({"mail":"z"})", "3");
    EXPECT_EQ(fatesIn(this->submit(insert)), (std::vector<Fate>{Fate::Rejected, Fate::Exists}));
}

TYPED_TEST_P(SqlTables, namesAreQuoted)
{
    const std::string table = "we\"ird`t; --";
    const std::string column = "c\"o`l); DROP TABLE people; --";
    this->makePeople();
    this->recreate(table, this->quoted(column) + " varchar(20) NOT NULL PRIMARY KEY, " +
                              this->quoted("select") + " varchar(20)");
    for (const Operation operation :
         {Operation::Upsert, Operation::Insert, Operation::Update, Operation::Delete}) {
        BatchBox box(operation, this->object(table), "key", column);
        box.add(R"({"select":"'); DROP"})", "it's \"1\"");
        const auto result = this->submit(box);
        ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
        EXPECT_EQ(result.outcomes[0].fate,
                  operation == Operation::Insert ? Fate::Exists : Fate::Accepted);
    }
    EXPECT_TRUE(this->rows(this->quoted(column), table).empty());
    EXPECT_TRUE(this->rows("id").empty());
    this->sql("DROP TABLE " + this->quoted(table));
}

TYPED_TEST_P(SqlTables, columnsAreDiscovered)
{
    this->recreate("typed", std::string("id ") + this->per("int4", "int", "integer") +
                                " NOT NULL PRIMARY KEY, code varchar(9) NOT NULL, "
                                "flag boolean DEFAULT false NOT NULL, day date, twice " +
                                this->per("int4", "int", "integer") +
                                " GENERATED ALWAYS AS (id * 2) STORED");
    this->sql("CREATE UNIQUE INDEX typed_code ON typed (code)");
    this->sql("CREATE UNIQUE INDEX typed_pair ON typed (day, code)");
    const auto destination = this->open();
    const auto check = answerOf(destination->check());
    ASSERT_TRUE(check) << check.error().message.toStdString();
    const auto objects = answerOf(destination->objects());
    ASSERT_TRUE(objects);
    EXPECT_TRUE(std::any_of(objects->begin(), objects->end(),
                            [&](const auto& info) { return info.id == this->object("typed"); }));
    const auto fields = answerOf(destination->fields(this->object("typed")));
    ASSERT_TRUE(fields) << fields.error().message.toStdString();
    struct Expected
    {
        const char* name;
        const char* type;
        bool required;
        bool writable;
        bool matchable;
    };
    const std::vector<Expected> expected = {{"id", "integer", true, true, true},
                                            {"code", "string", true, true, true},
                                            {"flag", "boolean", false, true, false},
                                            {"day", "date", false, true, false},
                                            {"twice", "integer", false, false, false}};
    ASSERT_EQ(fields->size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const connector::FieldInfo& field = (*fields)[i];
        EXPECT_EQ(field.name, expected[i].name);
        EXPECT_EQ(field.type, expected[i].type) << field.name;
        if (field.name != "id" || this->dialect() != SqlDialect::Sqlite) {
            EXPECT_EQ(field.required, expected[i].required) << field.name;
        }
        EXPECT_EQ(field.writable, expected[i].writable) << field.name;
        EXPECT_EQ(field.matchable, expected[i].matchable) << field.name;
    }
    BatchBox box(Operation::Upsert, this->object("typed"), "key", "id");
    box.add(R"({"code":"a","day":"2026-02-29"})", "1").add(R"({"code":"b","twice":9})", "2");
    box.add(R"({"code":"c","flag":null})", "3").add(R"({"code":"d","day":"2028-02-29"})", "4");
    const auto result = resultOf(destination->submit(box.batch()));
    ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
    EXPECT_EQ(result.outcomes[0].fate,
              this->dialect() == SqlDialect::Sqlite ? Fate::Accepted : Fate::Rejected);
    EXPECT_EQ(result.outcomes[1].code, "sql.column.unknown");
    EXPECT_EQ(result.outcomes[2].fate, Fate::Rejected);
    EXPECT_EQ(result.outcomes[3].fate, Fate::Accepted) << result.outcomes[3].message;
}

TYPED_TEST_P(SqlTables, bytesComeAsBase64)
{
    this->recreate("blobs", std::string("id varchar(9) NOT NULL PRIMARY KEY, b ") +
                                this->per("bytea", "blob", "blob"));
    BatchBox box(Operation::Upsert, this->object("blobs"), "key", "id");
    box.add(R"({"b":"AP/+"})", "1").add(R"({"b":"no base64!"})", "2").add(R"({"b":""})", "3");
    const auto result = this->submit(box);
    EXPECT_EQ(fatesIn(result), (std::vector<Fate>{Fate::Accepted, Fate::Rejected, Fate::Accepted}));
    EXPECT_EQ(result.outcomes[1].code, "sql.value.base64");
    EXPECT_EQ(this->rows(std::string("id, ") +
                             this->per("encode(b, 'hex')", "lower(hex(b))", "lower(hex(b))"),
                         "blobs"),
              (SqlRows{{"1", "00fffe"}, {"3", ""}}));
}

TYPED_TEST_P(SqlTables, manyRows)
{
    this->makePeople();
    auto box = this->batch(Operation::Upsert);
    for (int i = 0; i < 2000; ++i)
        box.add(i % 2 == 0 ? R"({"name":"a","big":1})" : R"({"big":2})", std::to_string(i));
    const auto destination = this->open();
    for (int repeat = 0; repeat < 2; ++repeat) {
        const auto result = resultOf(destination->submit(box.batch()));
        ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
        ASSERT_EQ(fatesIn(result), std::vector<Fate>(2000, Fate::Accepted));
    }
    EXPECT_EQ(this->rows("count(*), sum(big)"), (SqlRows{{"2000", "3000"}}));
    box.add("{}", "one more");
    EXPECT_TRUE(resultOf(destination->submit(box.batch())).splittable);
    EXPECT_TRUE(
        resultOf(destination->submit(this->batch(Operation::Upsert).batch())).outcomes.empty());
}

TYPED_TEST_P(SqlTables, whatIsNotThereIsSaid)
{
    const auto destination = this->open();
    BatchBox box(Operation::Upsert, this->object("no_such_table"), "key", "id");
    box.add("{}", "1");
    const auto result = resultOf(destination->submit(box.batch()));
    EXPECT_EQ(result.verdict, Verdict::Fatal);
    EXPECT_EQ(result.code, "sql.table");
    EXPECT_NE(result.message.find("no_such_table"), std::string::npos);
    EXPECT_EQ(resultOf(destination->beginRun("r", this->object("no_such_table"), Operation::Upsert))
                  .verdict,
              Verdict::Fatal);
    EXPECT_FALSE(answerOf(destination->fields(this->object("no_such_table"))));
}

REGISTER_TYPED_TEST_SUITE_P(SqlTables, valuesArriveExactly, oneBadRecordAmongMany,
                            fillsOnlyWhatIsEmpty, modesTellWhatWasThere, renames,
                            unknownColumnsAreNamed, aKeyIsNeeded, otherKeysAreNotTheMatch,
                            namesAreQuoted, columnsAreDiscovered, bytesComeAsBase64, manyRows,
                            whatIsNotThereIsSaid);

} // namespace headgate::fakes
