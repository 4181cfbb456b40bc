// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/immediate.h"
#include "connector/sql_batch_writer.h"
#include "connector/sql_row.h"
#include "fakes/sql_table_cases.h"

#include <QFile>
#include <QTemporaryDir>

using namespace headgate;
using namespace headgate::connector;

namespace {

struct SqlitePlace
{
    static fakes::SqlPlace get()
    {
        static const QTemporaryDir folder;
        SqlAccount account;
        account.database = folder.filePath(QStringLiteral("test.db")).toStdString();
        QFile file(QString::fromStdString(account.database));
        if (!file.open(QIODevice::Append))
            throw std::runtime_error("no database file");
        return {"sqlite", account, &openSqliteSession};
    }
};

/// A session whose commit goes wrong.
class FailingCommit final : public SqlSession
{
public:
    FailingCommit(std::unique_ptr<SqlSession> session, SqlFault fault)
        : m_session(std::move(session)), m_fault(fault)
    {}
    SqlDialect dialect() const override { return m_session->dialect(); }
    std::string server() const override { return m_session->server(); }
    bool isOpen() const override { return m_session->isOpen(); }
    SqlResult<SqlDone> run(const std::string& sql, const std::vector<SqlValue>& values) override
    {
        return m_session->run(sql, values);
    }
    SqlResult<void> commit() override { return tl::unexpected(SqlError{m_fault, "08006", "gone"}); }
    const char* tablesQuery() const override { return m_session->tablesQuery(); }
    SqlResult<SqlTable> table(const std::string& id) override { return m_session->table(id); }

private:
    std::unique_ptr<SqlSession> m_session;
    SqlFault m_fault;
};

SqlTable tableOf(SqlColumnKind kind)
{
    return {{}, "t", {{"id", "text", SqlColumnKind::Text}, {"c", "c", kind}}, {{"id"}}};
}

} // namespace

namespace headgate::fakes {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, SqlTables, SqlitePlace);
} // namespace headgate::fakes

TEST(SqlBatchWriter, theVerdictSaysWhetherACommitMayHaveHappened)
{
    struct Case
    {
        SqlFault fault;
        Verdict verdict;
        bool splittable;
    };
    for (const Case& c : {Case{SqlFault::Lost, Verdict::Ambiguous, false},
                          Case{SqlFault::Passing, Verdict::Transient, false},
                          Case{SqlFault::Data, Verdict::Refused, true},
                          Case{SqlFault::Conflict, Verdict::Refused, true},
                          Case{SqlFault::Denied, Verdict::Unauthorised, false},
                          Case{SqlFault::Setup, Verdict::Fatal, false}}) {
        auto opened = openSqliteSession(SqlitePlace::get().account);
        ASSERT_TRUE(opened);
        FailingCommit session(std::move(*opened), c.fault);
        ASSERT_TRUE(session.run("DROP TABLE IF EXISTS t", {}));
        ASSERT_TRUE(session.run("CREATE TABLE t (id text PRIMARY KEY)", {}));
        const auto table = session.table("t");
        ASSERT_TRUE(table);
        fakes::BatchBox box(Operation::Upsert, "t", "key", "id");
        box.add("{}", "1");
        SqlBatchWriter writer(session, *table, box.batch());
        const BatchResult result = writer.write();
        EXPECT_EQ(result.verdict, c.verdict);
        EXPECT_EQ(result.splittable, c.splittable);
        EXPECT_TRUE(writer.sessionIsSpent());
    }
}

TEST(SqlBatchWriter, aLockedDatabaseIsAPassingFault)
{
    auto session = openSqliteSession(SqlitePlace::get().account);
    auto other = openSqliteSession(SqlitePlace::get().account);
    ASSERT_TRUE(session && other);
    ASSERT_TRUE((*session)->run("CREATE TABLE IF NOT EXISTS locked (id text PRIMARY KEY)", {}));
    ASSERT_TRUE((*session)->run("PRAGMA busy_timeout = 1", {}));
    ASSERT_TRUE((*other)->run("BEGIN EXCLUSIVE", {}));
    const SqlTable table{{}, "locked", {{"id", "text", SqlColumnKind::Text}}, {{"id"}}};
    fakes::BatchBox box(Operation::Upsert, "locked", "key", "id");
    box.add("{}", "1");
    EXPECT_EQ(SqlBatchWriter(**session, table, box.batch()).write().verdict, Verdict::Transient);
    ASSERT_TRUE((*other)->run("ROLLBACK", {}));
}

TEST(SqlRow, valuesByColumnAndDialect)
{
    struct Case
    {
        SqlDialect dialect;
        SqlColumnKind kind;
        const char* json;
        SqlValue::Kind valueKind;
        std::string text;
    };
    using D = SqlDialect;
    using K = SqlColumnKind;
    using V = SqlValue::Kind;
    const Case cases[] = {
        {D::Postgres, K::Text, "null", V::Null, ""},
        {D::Postgres, K::Json, "null", V::Null, ""},
        {D::Postgres, K::Json, R"("a")", V::Text, R"("a")"},
        {D::Postgres, K::Decimal, "12345678901234567890.10", V::Number, "12345678901234567890.10"},
        {D::Postgres, K::Text, "1.50", V::Number, "1.50"},
        {D::Postgres, K::Boolean, "true", V::Text, "true"},
        {D::MySql, K::Boolean, "true", V::Number, "1"},
        {D::Sqlite, K::Integer, "false", V::Number, "0"},
        {D::Sqlite, K::Text, "false", V::Text, "false"},
        {D::MySql, K::DateTime, R"("2026-01-02T03:04:05+00:00")", V::Text, "2026-01-02 03:04:05"},
        {D::MySql, K::DateTime, R"("2026-01-02T03:04:05Z")", V::Text, "2026-01-02 03:04:05"},
        {D::MySql, K::DateTime, R"("2026-01-02")", V::Text, "2026-01-02"},
        {D::MySql, K::Text, R"("2026-01-02T03:04:05Z")", V::Text, "2026-01-02T03:04:05Z"},
        {D::Postgres, K::List, R"(["a\"b\\",null,1.50,true,[2],{"k":1}])", V::Text,
         R"({"a\"b\\",NULL,1.50,true,{2},"{\"k\":1}"})"},
        {D::Postgres, K::List, "[]", V::Text, "{}"},
        {D::Sqlite, K::Text, R"([1, 2])", V::Text, "[1, 2]"},
        {D::Sqlite, K::Bytes, R"("AP8=")", V::Bytes, std::string("\0\xFF", 2)},
    };
    for (const Case& c : cases) {
        const auto value = sqlValueOf(c.dialect, tableOf(c.kind).columns[1], c.json);
        ASSERT_TRUE(value) << c.json;
        EXPECT_EQ(value->kind, c.valueKind) << c.json;
        EXPECT_EQ(value->text, c.text) << c.json;
    }
    EXPECT_EQ(sqlValueOf(D::Postgres, tableOf(K::Text).columns[1], R"("a\u0000")").error().code,
              "sql.value.nul");
    EXPECT_TRUE(sqlValueOf(D::Sqlite, tableOf(K::Text).columns[1], R"("a\u0000")"));
    for (const D dialect : {D::Postgres, D::MySql, D::Sqlite})
        EXPECT_EQ(sqlValueOf(dialect, tableOf(K::Text).columns[1], "\"a\xff\"").error().code,
                  "sql.value.utf8");
    EXPECT_EQ(sqlValueOf(D::MySql, tableOf(K::Bytes).columns[1], R"("%")").error().code,
              "sql.value.base64");
}

TEST(SqlRow, sqliteKeepsTheDigitsOrSaysSo)
{
    struct Case
    {
        const char* json;
        bool kept; ///< in a column of numbers
    };
    for (const Case& c : {Case{"9223372036854775807", true},
                          {"-9223372036854775808", true},
                          {"1.50", true},
                          {"0.1", true},
                          {"0.30000000000000004", true},
                          {"1e300", true},
                          {"\"text\"", true},
                          {"\"007\"", true},
                          {"9223372036854775808", false},
                          {"12345678901234567890.10", false},
                          {"0.1000000000000000001", false},
                          {"1e400", false},
                          {"\"12345678901234567890123\"", false}}) {
        for (const auto kind : {SqlColumnKind::Integer, SqlColumnKind::Decimal, SqlColumnKind::Json,
                                SqlColumnKind::Other}) {
            const auto value = sqlValueOf(SqlDialect::Sqlite, tableOf(kind).columns[1], c.json);
            const bool isJsonText = kind == SqlColumnKind::Json && c.json[0] == '"';
            EXPECT_EQ(value.has_value(), c.kept || isJsonText) << c.json;
            EXPECT_TRUE(value || value.error().code == "sql.value.digits") << c.json;
        }
        EXPECT_TRUE(
            sqlValueOf(SqlDialect::Sqlite, tableOf(SqlColumnKind::Text).columns[1], c.json));
        EXPECT_TRUE(
            sqlValueOf(SqlDialect::Postgres, tableOf(SqlColumnKind::Decimal).columns[1], c.json));
    }
}
