// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/statement.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <sqlite3.h>

using headgate::state::Statement;

TEST(Statement, aRowOfAStatementThatCannotBeCommittedIsAnError)
{
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("t.db")).toStdString();
    sqlite3* writer = nullptr;
    sqlite3* reader = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &writer), SQLITE_OK);
    ASSERT_EQ(sqlite3_open(file.c_str(), &reader), SQLITE_OK);
    const auto execute = [](sqlite3* connection, const char* sql) {
        return sqlite3_exec(connection, sql, nullptr, nullptr, nullptr);
    };
    ASSERT_EQ(execute(writer, "CREATE TABLE t(a)"), SQLITE_OK);
    ASSERT_EQ(execute(reader, "BEGIN; SELECT count(*) FROM t"), SQLITE_OK);
    const char* const sql = "INSERT INTO t VALUES(1) RETURNING a";
    const auto read = [](const Statement& row) { return row.integer(0); };
    EXPECT_FALSE(Statement(writer, file, sql).first(read));
    EXPECT_FALSE(Statement(writer, file, sql).run());
    ASSERT_EQ(execute(reader, "COMMIT"), SQLITE_OK);
    EXPECT_TRUE(Statement(writer, file, sql).run());
    EXPECT_EQ(Statement(writer, file, "SELECT count(*) FROM t").first(read).value(), 1);
    EXPECT_EQ(sqlite3_close(reader), SQLITE_OK);
    EXPECT_EQ(sqlite3_close(writer), SQLITE_OK);
}

TEST(Statement, oneThatBreaksAConstraintIsAnErrorAndChangesNothing)
{
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(":memory:", &connection), SQLITE_OK);
    ASSERT_TRUE(Statement(connection, {}, "CREATE TABLE t(a NOT NULL UNIQUE)").run());
    ASSERT_TRUE(Statement(connection, {}, "INSERT INTO t VALUES(1)").run());
    for (const char* const sql : {"INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(NULL)"}) {
        EXPECT_FALSE(Statement(connection, {}, sql).step()) << sql;
        EXPECT_FALSE(Statement(connection, {}, sql).run()) << sql;
    }
    const auto count =
        Statement(connection, {}, "SELECT count(*) FROM t").first([](const Statement& row) {
            return row.integer(0);
        });
    EXPECT_EQ(count.value(), 1);
    EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
}
