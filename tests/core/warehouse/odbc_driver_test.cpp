// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_driver.h"

#include "fakes/print_to.h"
#include "warehouse/odbc_column.h"
#include "warehouse/odbc_error.h"
#include "warehouse/odbc_postgres.h"

#include <QHostAddress>
#include <QTcpServer>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

OdbcInventory someDrivers()
{
    return {{{"PostgreSQL Unicode", "/usr/lib/odbc/psqlodbcw.so"},
             {"MariaDB Unicode", "/usr/lib/odbc/libmaodbc.so"},
             {"ODBC Driver 17 for SQL Server", "/opt/libmsodbcsql-17.so"},
             {"FreeTDS", "libtdsodbc.so"}},
            {{"shop", "PostgreSQL Unicode"}, {"far", "/opt/psqlodbcw.so"}}};
}

struct Attempt
{
    Attempt(const std::string& id, std::map<std::string, std::string> fields,
            std::map<std::string, std::string> secrets = {})
    {
        options.warehouse = id;
        options.fields = std::move(fields);
        for (const auto& [field, secret] : secrets)
            options.secrets.emplace(field, secrets::Secret(secret));
        auto loaded = loadWarehouseSpec(id);
        EXPECT_TRUE(loaded);
        spec = *loaded;
        auto checked = SourceForm::check(options, spec);
        EXPECT_TRUE(checked) << testing::PrintToString(checked.error());
        form = std::make_unique<SourceForm>(*checked);
        endpoint = {form->host(), form->host(), form->port("port")};
    }
    Result<OdbcChoice> choose() { return chooseOdbcDriver({*form, spec, endpoint}, someDrivers()); }
    Result<std::string> text()
    {
        auto choice = choose();
        if (!choice)
            return propagate(std::move(choice));
        return odbcConnectionString({*form, spec, endpoint}, *choice);
    }

    SourceOptions options;
    WarehouseSpec spec;
    std::unique_ptr<SourceForm> form;
    Endpoint endpoint;
};

std::string codeOfText(Attempt attempt)
{
    const auto text = attempt.text();
    return text ? *text : text.error().code;
}

} // namespace

TEST(OdbcDriver, TakesOnlyWhatTheSystemLists)
{
    EXPECT_EQ(Attempt("odbc", {{"driver", "postgresql unicode"}}).choose()->driver,
              "PostgreSQL Unicode");
    EXPECT_EQ(Attempt("sqlserver", {{"host", "h"}, {"database", "d"}}).choose()->driver,
              "ODBC Driver 17 for SQL Server");
    EXPECT_EQ(Attempt("odbc", {{"dsn", "shop"}}).choose()->file, "/usr/lib/odbc/psqlodbcw.so");
    EXPECT_EQ(Attempt("odbc", {{"dsn", "far"}}).choose()->profile->server, "PostgreSQL");
    EXPECT_EQ(Attempt("odbc", {{"driver", "FreeTDS"}}).choose()->profile, nullptr);
    const std::pair<Attempt, const char*> refused[] = {
        {Attempt("odbc", {{"driver", "/tmp/evil.so"}}), "source.connect.driver"},
        {Attempt("odbc", {{"dsn", "elsewhere"}}), "source.connect.driver"},
        {Attempt("odbc", {}), "source.options.missing"},
        {Attempt("bigquery", {{"project", "p"}, {"keyFile", "k"}}), "source.connect.driver"},
    };
    for (const auto& [attempt, code] : refused) {
        auto copy = Attempt(attempt.options.warehouse, attempt.options.fields);
        const auto choice = copy.choose();
        ASSERT_FALSE(choice);
        EXPECT_EQ(choice.error().code, code);
    }
    const auto bigquery = Attempt("bigquery", {{"project", "p"}, {"keyFile", "k"}}).choose();
    EXPECT_TRUE(bigquery.error().message.contains(QStringLiteral("https://cloud.google.com")));
    EXPECT_TRUE(bigquery.error().message.contains(QStringLiteral("FreeTDS")));
}

TEST(OdbcDriver, WritesConnectionStrings)
{
    EXPECT_EQ(codeOfText({"sqlserver",
                          {{"host", "db"}, {"port", "1433"}, {"database", "my;db"}, {"user", "u"}},
                          {{"password", "a}b{c;d=e"}}}),
              "Driver={ODBC Driver 17 for SQL Server};Server={tcp:db,1433};Database={my;db};UID=u;"
              "PWD={a}}b{c;d=e};Encrypt=yes;TrustServerCertificate=no;ApplicationIntent=ReadOnly");
    EXPECT_EQ(codeOfText(
                  {"sqlserver", {{"host", "db"}, {"database", "d"}, {"trustCertificate", "true"}}}),
              "Driver={ODBC Driver 17 for SQL Server};Server=tcp:db;Database=d;"
              "Trusted_Connection=yes;Encrypt=yes;TrustServerCertificate=yes;"
              "ApplicationIntent=ReadOnly");
    EXPECT_EQ(
        codeOfText(
            {"odbc",
             {{"driver", "FreeTDS"}, {"host", "h"}, {"extra", "TDS_Version=7.4; X={a;}}b}"}}}),
        "Driver=FreeTDS;Server=h;TDS_Version=7.4;X={a;}}b}");
}

TEST(OdbcDriver, VerifiesServersThatAreElsewhere)
{
    const auto text = [](const char* driver, const char* host, const char* tls) {
        return codeOfText(
            {"odbc", {{"driver", driver}, {"host", host}, {"tls", tls}, {"tlsCa", "/c'a.pem"}}});
    };
    using testing::HasSubstr;
    using testing::Not;
    EXPECT_THAT(text("PostgreSQL Unicode", "db.example.com", "auto"),
                HasSubstr("SSLmode=verify-full;pqopt={sslrootcert='/c\\'a.pem'}"));
    EXPECT_THAT(text("PostgreSQL Unicode", "localhost", "auto"), Not(HasSubstr("SSLmode")));
    EXPECT_THAT(text("PostgreSQL Unicode", "localhost", "verify"), HasSubstr("verify-full"));
    EXPECT_THAT(text("PostgreSQL Unicode", "db.example.com", "require"),
                HasSubstr("SSLmode=require"));
    EXPECT_THAT(text("PostgreSQL Unicode", "db.example.com", "disable"),
                HasSubstr("SSLmode=disable"));
    EXPECT_THAT(text("MariaDB Unicode", "db.example.com", "auto"),
                HasSubstr("FORCETLS=1;SSLVERIFY=1;SSLCA={/c'a.pem}"));
    EXPECT_THAT(text("MariaDB Unicode", "127.0.0.1", "auto"), Not(HasSubstr("SSL")));
    EXPECT_THAT(text("PostgreSQL Unicode", "localhost", "auto"),
                HasSubstr("UseDeclareFetch=1;Fetch=1000"));
}

TEST(OdbcDriver, FurtherSettingsMayNotUndermineOurs)
{
    for (const char* extra : {"UseDeclareFetch=0", "usedeclarefetch=0", "PWD=x", "Driver=/tmp/x.so",
                              "ConnSettings=drop", "TranslationDLL=/tmp/x.so", "nonsense", "A={b",
                              "A=1;A=2", "; Host=h ;SSLmode=disable"})
        EXPECT_EQ(codeOfText({"odbc",
                              {{"driver", "PostgreSQL Unicode"},
                               {"host", "db.example.com"},
                               {"tlsCa", "/ca.pem"},
                               {"extra", extra}}}),
                  "source.options.invalid")
            << extra;
}

TEST(OdbcText, ConvertsToUtf16AndBack)
{
    for (const char* text : {"", "plain", "Zoë 日本 🎁", "\xF4\x8F\xBF\xBF"}) {
        const std::u16string wide = toUtf16(text);
        std::string back;
        EXPECT_TRUE(appendUtf16(back, wide.data(), wide.size()));
        EXPECT_EQ(back, text);
    }
    const std::u16string lone = {u'a', char16_t(0xD83C)};
    std::string out = "kept";
    EXPECT_FALSE(appendUtf16(out, lone.data(), lone.size()));
    EXPECT_EQ(out, "kept");
    EXPECT_EQ(toUtf8(lone.data(), lone.size()), "a\xEF\xBF\xBD");
}

TEST(OdbcColumn, KnowsKindsByTypeAndName)
{
    struct Case
    {
        const char* warehouse;
        SQLSMALLINT type;
        const char* name;
        ValueKind kind;
        OdbcForm form;
    };
    const Case cases[] = {
        {"snowflake", SQL_TYPE_TIMESTAMP, "TIMESTAMP_NTZ", ValueKind::Timestamp, OdbcForm::Narrow},
        {"snowflake", SQL_TYPE_TIMESTAMP, "TIMESTAMP_LTZ", ValueKind::TimestampTz,
         OdbcForm::Narrow},
        {"snowflake", SQL_VARCHAR, "VARIANT", ValueKind::Json, OdbcForm::Wide},
        {"snowflake", SQL_DECIMAL, "DECIMAL", ValueKind::Decimal, OdbcForm::Narrow},
        {"bigquery", SQL_TYPE_TIMESTAMP, "TIMESTAMP", ValueKind::TimestampTz, OdbcForm::Narrow},
        {"bigquery", SQL_TYPE_TIMESTAMP, "DATETIME", ValueKind::Timestamp, OdbcForm::Narrow},
        {"databricks", SQL_WVARCHAR, "STRUCT", ValueKind::Json, OdbcForm::Wide},
        {"sqlserver", -155, "datetimeoffset", ValueKind::TimestampTz, OdbcForm::Narrow},
        {"sqlserver", -154, "time", ValueKind::Time, OdbcForm::Narrow},
        {"sqlserver", SQL_GUID, "uniqueidentifier", ValueKind::Uuid, OdbcForm::Wide},
        {"sqlserver", SQL_BIT, "bit", ValueKind::Bool, OdbcForm::Bit},
        {"sqlserver", SQL_DECIMAL, "money", ValueKind::Decimal, OdbcForm::Narrow},
        {"sqlserver", SQL_REAL, "real", ValueKind::Float, OdbcForm::Single},
        {"odbc", SQL_NUMERIC, "NUMERIC(38,10)", ValueKind::Decimal, OdbcForm::Narrow},
        {"odbc", 4711, "", ValueKind::Text, OdbcForm::Wide},
    };
    for (const Case& test : cases) {
        const OdbcColumn column =
            odbcColumn(test.type, test.name, loadWarehouseSpec(test.warehouse)->types);
        EXPECT_EQ(column.column.kind, test.kind) << test.warehouse << ' ' << test.name;
        EXPECT_EQ(column.form, test.form) << test.warehouse << ' ' << test.name;
    }
}

TEST(OdbcColumn, WritesCellsInCanonicalForm)
{
    struct Case
    {
        SQLSMALLINT type;
        const char* name;
        std::string bytes;
        Value expected;
    };
    const Case cases[] = {
        {SQL_DECIMAL, "decimal", ".50", {ValueKind::Decimal, "0.50"}},
        {SQL_BIGINT, "bigint", "+007", {ValueKind::Integer, "7"}},
        {SQL_TYPE_TIMESTAMP,
         "datetime2",
         "2024-01-02 03:04:05.1230000",
         {ValueKind::Timestamp, "2024-01-02T03:04:05.123"}},
        {-155,
         "datetimeoffset",
         "2024-01-02 03:04:05.1 +05:30",
         {ValueKind::TimestampTz, "2024-01-01T21:34:05.1+00:00"}},
        {SQL_TYPE_DATE, "date", "0000-00-00", {ValueKind::Invalid, "date_range:0000-00-00"}},
        {SQL_BINARY, "binary", std::string("\0\xff\x10", 3), {ValueKind::Bytes, "AP8Q"}},
        {SQL_WVARCHAR, "nvarchar", std::string("a\0\x3c\xd8", 4), {ValueKind::Invalid, "utf8"}},
        {SQL_BIT, "bit", "\x01", {ValueKind::Bool, "true"}},
    };
    for (const Case& test : cases) {
        const OdbcColumn column = odbcColumn(test.type, test.name, {});
        std::string out;
        const ValueKind kind = appendOdbcCell(out, column, test.bytes);
        EXPECT_EQ(Value(kind, out), test.expected) << test.name;
    }
}

TEST(OdbcErrors, TellsFaultsApart)
{
    struct Case
    {
        OdbcFamily family;
        OdbcDiagnosis said;
        StatementFault fault;
    };
    const Case cases[] = {
        {OdbcFamily::Other, {"42S02", 208, "no table"}, StatementFault::UnknownName},
        {OdbcFamily::Other, {"42000", 102, "syntax"}, StatementFault::Syntax},
        {OdbcFamily::Other, {"HYT00", 0, "timeout"}, StatementFault::Timeout},
        {OdbcFamily::Other, {"08S01", 0, "link"}, StatementFault::Lost},
        {OdbcFamily::Other, {"22012", 0, "zero"}, StatementFault::Value},
        {OdbcFamily::Other, {"HY000", 0, "?"}, StatementFault::Other},
        {OdbcFamily::Mysql, {"70100", 1317, "interrupted"}, StatementFault::Ended},
        {OdbcFamily::Mysql, {"HY000", 1969, "max_statement_time"}, StatementFault::Timeout},
        {OdbcFamily::Postgres, {"57014", 1, "canceling"}, StatementFault::Ended},
        {OdbcFamily::Postgres,
         {"HY000", 1, "Connection is readonly, only select statements"},
         StatementFault::ReadOnly},
        {OdbcFamily::Postgres, {"42P01", 1, "relation"}, StatementFault::UnknownName},
    };
    for (const Case& test : cases)
        EXPECT_EQ(odbcStatementFault(test.family, test.said, false), test.fault) << test.said.state;
    EXPECT_EQ(odbcStatementFault(OdbcFamily::Postgres, {"57014", 1, ""}, true),
              StatementFault::Timeout);
}

TEST(OdbcErrors, AnAddressThatAnsweredCountsMoreThanOneThatDidNot)
{
    const auto faultOf = [](const char* text) {
        return odbcConnectFault(OdbcFamily::Postgres, {"08001", 101, text});
    };
    EXPECT_EQ(faultOf("connection to server at \"localhost\" (::1), port 5432 failed: Connection "
                      "refused\nconnection to server at \"localhost\" (127.0.0.1), port 5432 "
                      "failed: SSL error: certificate verify failed"),
              ConnectFault::Tls);
    EXPECT_EQ(faultOf("connection to server failed: Connection refused"), ConnectFault::Refused);
}

TEST(ProbeAddresses, AnAddressThatAnsweredCountsMoreThanOneThatDidNot)
{
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress(QStringLiteral("127.0.0.1"))));
    const QHostAddress nobody(QStringLiteral("127.0.0.2"));
    const QHostAddress somebody(QStringLiteral("127.0.0.1"));
    EXPECT_EQ(probeAddresses({nobody, somebody}, server.serverPort(), true), ConnectFault::Tls);
    EXPECT_EQ(probeAddresses({nobody, somebody}, server.serverPort(), false), ConnectFault::Other);
    const int port = server.serverPort();
    server.close();
    EXPECT_EQ(probeAddresses({somebody}, port, true), ConnectFault::Refused);
}

TEST(OdbcPostgres, AsksForTypesAndTextsAroundTheStatement)
{
    const auto sql = scanSql("select a, :p -- :q\n", loadWarehouseSpec("postgresql")->syntax);
    ASSERT_TRUE(sql);
    EXPECT_EQ(odbcPostgresTypes(*sql, 2).text,
              "SELECT CAST(pg_typeof(headgate.c1) AS oid), CAST(pg_typeof(headgate.c2) AS oid) "
              "FROM (SELECT 1) AS one LEFT JOIN (SELECT * FROM (select a, ? -- :q\n\n) AS asked "
              "(c1, c2) LIMIT 0) AS headgate ON true");
    EXPECT_EQ(odbcPostgresExact(*sql, {16, 25}, 5).text,
              "SELECT CASE WHEN c1 IS NULL THEN NULL ELSE format('%s', c1) END, CAST(c2 AS text) "
              "FROM (select a, ? -- :q\n\n) AS headgate (c1, c2) LIMIT 5");
}

} // namespace headgate::warehouse
