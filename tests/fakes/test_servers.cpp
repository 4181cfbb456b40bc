// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/test_servers.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <mysql.h>
#include <sqlite3.h>

namespace headgate::fakes {

namespace {

std::string serverSetting(const std::string& name)
{
    const std::string value = qEnvironmentVariable(name.c_str()).toStdString();
    if (value.empty())
        ADD_FAILURE() << name << " is not set: start packaging/servers.sh and take over its env";
    return value;
}

warehouse::SourceOptions serverOptions(const std::string& warehouse, const std::string& prefix)
{
    warehouse::SourceOptions options;
    options.warehouse = warehouse;
    options.fields = {{"host", serverSetting(prefix + "HOST")},
                      {"port", serverSetting(prefix + "PORT")},
                      {"database", serverSetting(prefix + "DATABASE")},
                      {"user", serverSetting(prefix + "USER")}};
    options.secrets.emplace("password", secrets::Secret(serverSetting(prefix + "PASSWORD")));
    return options;
}

} // namespace

warehouse::SourceOptions postgresOptions()
{
    return serverOptions("postgresql", "HEADGATE_TEST_PG_");
}

warehouse::SourceOptions mariadbOptions()
{
    return serverOptions("mariadb", "HEADGATE_TEST_MARIADB_");
}

warehouse::SourceOptions sqliteOptions(const std::string& file)
{
    warehouse::SourceOptions options;
    options.warehouse = "sqlite";
    options.fields = {{"file", file}};
    return options;
}

void useTestDrivers()
{
    static const QTemporaryDir folder;
    const std::pair<const char*, const char*> drivers[] = {
        {"PostgreSQL Unicode", "psqlodbcw.so"},
        {"MariaDB Unicode", "libmaodbc.so"},
        {"SQLite3", "libsqlite3odbc.so"},
    };
    QFile list(folder.filePath(QStringLiteral("odbcinst.ini")));
    ASSERT_TRUE(list.open(QIODevice::WriteOnly));
    for (const auto& [name, file] : drivers) {
        QString path;
        for (const char* place :
             {"/usr/lib/x86_64-linux-gnu/odbc", "/usr/lib/aarch64-linux-gnu/odbc", "/usr/lib64",
              "/usr/local/lib"})
            if (const QDir there{QString::fromLatin1(place)};
                path.isEmpty() && there.exists(QString::fromLatin1(file)))
                path = there.filePath(QString::fromLatin1(file));
        ASSERT_FALSE(path.isEmpty()) << file << " is not installed";
        list.write(QByteArray("[") + name + "]\nDriver=" + path.toUtf8() + "\n");
    }
    list.close();
    qputenv("ODBCSYSINI", folder.path().toUtf8());
    qputenv("ODBCINI", folder.filePath(QStringLiteral("odbc.ini")).toUtf8());
}

warehouse::SourceOptions odbcOptions(const std::string& driver)
{
    useTestDrivers();
    const bool maria = driver.find("Maria") != std::string::npos;
    auto options = serverOptions("odbc", maria ? "HEADGATE_TEST_MARIADB_" : "HEADGATE_TEST_PG_");
    options.fields.emplace("driver", driver);
    return options;
}

void runOnPostgres(const std::string& sql)
{
    const std::string info = serverSetting("HEADGATE_TEST_PG");
    PGconn* connection = PQconnectdb((info + " client_min_messages=warning").c_str());
    if (PQstatus(connection) != CONNECTION_OK) {
        PQfinish(connection);
        connection = PQconnectdb(info.c_str());
    }
    PGresult* result = PQexec(connection, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        << PQerrorMessage(connection) << "\nin " << sql;
    PQclear(result);
    PQfinish(connection);
}

void runOnMariadb(const std::string& sql)
{
    MYSQL* connection = mysql_init(nullptr);
    mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const bool connected =
        mysql_real_connect(
            connection, serverSetting("HEADGATE_TEST_MARIADB_HOST").c_str(),
            serverSetting("HEADGATE_TEST_MARIADB_USER").c_str(),
            serverSetting("HEADGATE_TEST_MARIADB_PASSWORD").c_str(),
            serverSetting("HEADGATE_TEST_MARIADB_DATABASE").c_str(),
            static_cast<unsigned>(std::stoul(serverSetting("HEADGATE_TEST_MARIADB_PORT"))), nullptr,
            CLIENT_MULTI_STATEMENTS) != nullptr;
    EXPECT_TRUE(connected && mysql_real_query(connection, sql.data(),
                                              static_cast<unsigned long>(sql.size())) == 0)
        << mysql_error(connection) << "\nin " << sql;
    for (int next = 0; connected && next == 0; next = mysql_next_result(connection)) {
        mysql_free_result(mysql_use_result(connection));
        EXPECT_EQ(mysql_errno(connection), 0U) << mysql_error(connection) << "\nin " << sql;
    }
    mysql_close(connection);
}

void runOnSqlite(const std::string& file, const std::string& sql)
{
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    char* problem = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &problem), SQLITE_OK)
        << (problem ? problem : "") << "\nin " << sql;
    sqlite3_free(problem);
    sqlite3_close(database);
}

Result<Rows> readAll(data::RowStream& stream)
{
    Rows rows;
    data::RowBlock block;
    for (;;) {
        const auto step = stream.read(block);
        if (!step)
            return Failure(step.error());
        for (std::size_t i = 0; i < block.rowCount(); ++i) {
            std::vector<data::Value> row;
            for (std::size_t k = 0; k < block.columnCount(); ++k)
                row.emplace_back(block.at(i, k));
            rows.push_back(std::move(row));
        }
        if (*step == data::ReadStep::Done)
            return rows;
    }
}

Result<Rows> readAll(warehouse::Source& source, const std::string& sql,
                     const std::map<std::string, data::Value>& parameters, std::uint64_t rowLimit,
                     data::Schema* schema)
{
    auto stream = source.query(sql, parameters, rowLimit);
    if (!stream)
        return propagate(std::move(stream));
    if (schema)
        *schema = (*stream)->schema();
    return readAll(**stream);
}

} // namespace headgate::fakes
