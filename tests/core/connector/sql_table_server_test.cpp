// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_batch_writer.h"
#include "fakes/scratch_database.h"
#include "fakes/sql_table_cases.h"

using namespace headgate;
using namespace headgate::connector;

namespace {

struct PostgresPlace
{
    static fakes::SqlPlace get()
    {
        static const fakes::ScratchDatabase database("HEADGATE_TEST_PG", &openPostgresSession);
        return {"postgresql", database.account(), &openPostgresSession};
    }
};

struct MariaPlace
{
    static fakes::SqlPlace get()
    {
        static const fakes::ScratchDatabase database("HEADGATE_TEST_MARIADB", &openMySqlSession);
        return {"mysql", database.account(), &openMySqlSession};
    }
};

/// A session that somebody at the server ends before its n-th statement, or before the commit.
class KilledSession final : public SqlSession
{
public:
    static constexpr int atCommit = -1;

    KilledSession(std::unique_ptr<SqlSession> session, SqlSession& killer, int at)
        : m_session(std::move(session)), m_killer(killer), m_at(at)
    {
        const bool postgres = dialect() == SqlDialect::Postgres;
        const auto id =
            m_session->run(postgres ? "SELECT pg_backend_pid()" : "SELECT connection_id()", {});
        m_kill = (postgres ? "SELECT pg_terminate_backend(" : "KILL (") + id->rows[0][0] + ")";
    }
    SqlDialect dialect() const override { return m_session->dialect(); }
    std::string server() const override { return m_session->server(); }
    bool isOpen() const override { return m_session->isOpen(); }
    SqlResult<SqlDone> run(const std::string& sql, const std::vector<SqlValue>& values) override
    {
        if (m_statements++ == m_at)
            kill();
        return m_session->run(sql, values);
    }
    SqlResult<void> commit() override
    {
        if (m_at == atCommit)
            kill();
        return m_session->commit();
    }
    const char* tablesQuery() const override { return m_session->tablesQuery(); }
    SqlResult<SqlTable> table(const std::string& id) override { return m_session->table(id); }

private:
    void kill() { ASSERT_TRUE(m_killer.run(m_kill, {})); }

    std::unique_ptr<SqlSession> m_session;
    SqlSession& m_killer;
    std::string m_kill;
    int m_at;
    int m_statements = 0;
};

} // namespace

namespace headgate::fakes {

INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, SqlTables, PostgresPlace);
INSTANTIATE_TYPED_TEST_SUITE_P(MariaDb, SqlTables, MariaPlace);

template <typename Place>
class SqlServers : public SqlTables<Place>
{};

using SqlPlaces = testing::Types<PostgresPlace, MariaPlace>;
TYPED_TEST_SUITE(SqlServers, SqlPlaces);

TYPED_TEST(SqlServers, aLostConnectionBeforeTheCommitIsTransientAndMendsItself)
{
    this->makePeople();
    const auto destination = this->open();
    auto box = this->batch(Operation::Upsert);
    box.add(R"({"name":"a"})", "1");
    ASSERT_EQ(resultOf(destination->submit(box.batch())).verdict, Verdict::PerRecord);
    const char* others =
        this->per("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND "
                  "pid <> pg_backend_pid()",
                  "SELECT id FROM information_schema.processlist WHERE db = database() AND "
                  "id <> connection_id()",
                  "");
    for (const auto& row : this->sql(others).rows)
        this->sql(this->per("SELECT pg_terminate_backend(", "KILL (", "") + row[0] + ")");
    const auto lost = resultOf(destination->submit(box.batch()));
    EXPECT_EQ(lost.verdict, Verdict::Transient) << lost.code << ' ' << lost.message;
    const auto again = resultOf(destination->submit(box.batch()));
    EXPECT_EQ(again.verdict, Verdict::PerRecord) << again.message;
}

/// BEGIN, SAVEPOINT, INSERT, RELEASE, COMMIT.
TYPED_TEST(SqlServers, aConnectionThatIsLostLeavesNothingHalfWritten)
{
    this->makePeople();
    auto box = this->batch(Operation::Upsert);
    for (int i = 0; i < 10; ++i)
        box.add(R"({"name":"a"})", std::to_string(i));
    for (const int at : {0, 1, 2, 3, KilledSession::atCommit}) {
        auto opened = this->m_place.open(this->m_place.account);
        ASSERT_TRUE(opened);
        const auto table = (*opened)->table(this->object());
        ASSERT_TRUE(table);
        KilledSession session(std::move(*opened), *this->m_side, at);
        SqlBatchWriter writer(session, *table, box.batch());
        const auto result = writer.write();
        EXPECT_EQ(result.verdict,
                  at == KilledSession::atCommit ? Verdict::Ambiguous : Verdict::Transient)
            << at << ' ' << result.code << ' ' << result.message;
        EXPECT_FALSE(result.splittable);
        EXPECT_TRUE(writer.sessionIsSpent());
        EXPECT_TRUE(this->rows("id").empty()) << at;
    }
    EXPECT_EQ(fatesIn(this->submit(box)), std::vector<Fate>(10, Fate::Accepted));
}

TYPED_TEST(SqlServers, aWrongPasswordIsUnauthorised)
{
    this->m_place.account.password = "wrong-4711";
    const auto destination = this->open();
    const auto refused =
        resultOf(destination->submit(this->batch(Operation::Append).add("{}").batch()));
    EXPECT_EQ(refused.verdict, Verdict::Unauthorised);
    EXPECT_EQ(refused.message.find("wrong-4711"), std::string::npos);
    const auto check = answerOf(destination->check());
    ASSERT_FALSE(check);
    EXPECT_EQ(check.error().kind, ErrorKind::Credential);
}

TYPED_TEST(SqlServers, noServerIsTransient)
{
    this->m_place.account.port = 1;
    const auto destination = this->open();
    EXPECT_EQ(
        resultOf(destination->submit(this->batch(Operation::Append).add("{}").batch())).verdict,
        Verdict::Transient);
    EXPECT_FALSE(answerOf(destination->check()));
}

TYPED_TEST(SqlServers, aDeadlockOrLockIsTransient)
{
    this->makePeople();
    this->sql("INSERT INTO people (id) VALUES ('1')");
    auto session = this->m_place.open(this->m_place.account);
    ASSERT_TRUE(session);
    const char* patience =
        this->per("SET lock_timeout = '50ms'", "SET SESSION innodb_lock_wait_timeout = 1", "");
    ASSERT_TRUE((*session)->run(patience, {}));
    this->sql("BEGIN");
    this->sql("UPDATE people SET name = 'x' WHERE id = '1'");
    const auto table = (*session)->table(this->object());
    ASSERT_TRUE(table);
    const auto box = this->batch(Operation::Upsert).add(R"({"name":"y"})", "1");
    SqlBatchWriter writer(**session, *table, box.batch());
    const auto result = writer.write();
    EXPECT_EQ(result.verdict, Verdict::Transient) << result.code << ' ' << result.message;
    this->sql("ROLLBACK");
}

} // namespace headgate::fakes

TEST(PostgresTables, arraysAndDomains)
{
    const auto place = PostgresPlace::get();
    auto side = place.open(place.account);
    ASSERT_TRUE(side);
    for (const char* sql :
         {"DROP TABLE IF EXISTS arrays", "DROP DOMAIN IF EXISTS short_text",
          "CREATE DOMAIN short_text AS varchar(5)",
          "CREATE TABLE arrays (id int PRIMARY KEY, t text[], n numeric[], s short_text, "
          "always int GENERATED ALWAYS AS IDENTITY)"})
        ASSERT_TRUE((*side)->run(sql, {})) << sql;
    const auto table = (*side)->table("public.arrays");
    ASSERT_TRUE(table);
    EXPECT_FALSE(table->find("always")->writable);
    EXPECT_EQ(table->find("s")->kind, SqlColumnKind::Text);
    fakes::BatchBox box(Operation::Upsert, "public.arrays", "key", "id");
    box.add(R"({"t":["a,b","\"q\"",null,""],"n":[1.50,2]})", "1").add(R"({"s":"too long"})", "2");
    const auto result = SqlBatchWriter(**side, *table, box.batch()).write();
    ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
    EXPECT_EQ(result.outcomes[0].fate, Fate::Accepted) << result.outcomes[0].message;
    EXPECT_EQ(result.outcomes[1].fate, Fate::Rejected);
    const auto rows = (*side)->run("SELECT to_json(t)::text, to_json(n)::text FROM arrays", {});
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->rows, (fakes::SqlRows{{R"(["a,b","\"q\"",null,""])", "[1.50,2]"}}));
}
