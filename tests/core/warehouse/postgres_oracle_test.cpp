// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL's own ::text and json_build_object against what the readers make of 100,000 random
// values, in two time zones and two locales of the client.
#include "data/json_text.h"
#include "fakes/print_to.h"
#include "fakes/test_servers.h"

#include <QLocale>
#include <QProcess>
#include <QTemporaryDir>
#include <clocale>
#include <ctime>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

constexpr int oracleRows = 6500;
constexpr int localedefMs = 120'000;

/// A column of random values, and what PostgreSQL itself says each of them is.
struct OracleColumn
{
    const char* name;
    const char* type;
    const char* random; ///< of seed(i, k) in 0 <= x < 1
    ValueKind kind;
    const char* text; ///< the canonical text, from {}
    const char* json; ///< the JSON form, from {}
};

constexpr const char* plainText = "{}::text";
constexpr const char* plainJson = "json_build_object('v', {})::text";

const std::vector<OracleColumn>& oracleColumns()
{
    static const std::vector<OracleColumn> columns = {
        {"a", "bigint",
         "case i % 50 when 0 then 9223372036854775807 when 1 then -9223372036854775808 else "
         "(('x' || substr(md5('a' || i), 1, 16))::bit(64)::bigint) >> (i % 64) end",
         ValueKind::Integer, plainText, plainJson},
        {"b", "numeric(38,10)",
         "(case i % 2 when 0 then -1 else 1 end) * trunc(random()::numeric * 1e28 / 10 ^ (i % 28)) "
         "+ round(random()::numeric, 10)",
         ValueKind::Decimal, plainText, plainJson},
        {"c", "numeric", "round((random() * 10 ^ (i % 20 - 10))::numeric, i % 15) * (i % 3 - 1)",
         ValueKind::Decimal, plainText, plainJson},
        {"d", "float8", "(random() - 0.5) * 10.0 ^ (i % 600 - 300)", ValueKind::Float, plainText,
         plainJson},
        {"e", "float4", "((random() - 0.5) * 10.0 ^ (i % 70 - 35))::float4", ValueKind::Float,
         plainText, plainJson},
        {"f", "boolean", "random() < 0.5", ValueKind::Bool, plainText, plainJson},
        {"g", "text",
         "case i % 20 when 0 then '' when 1 then ' \t\"\\/\r\n\x01\x1f\x7f' else (select "
         "string_agg(chr(case when c between 55296 and 57343 then 8364 else c end), '') from "
         "(select 1 + (random() * (10 ^ (2 + i % 4)))::int as c from generate_series(1, i % 30)) "
         "s) "
         "end",
         ValueKind::Text, plainText, plainJson},
        {"h", "timestamptz",
         "'0001-01-02'::timestamptz + random() * ('9999-12-30'::timestamptz - '0001-01-02')",
         ValueKind::TimestampTz, "replace({}::text, ' ', 'T') || ':00'", plainJson},
        {"j", "timestamp",
         "date_trunc((array['microseconds', 'milliseconds', 'second', 'day'])[1 + i % 4], "
         "'1900-01-01'::timestamp + random() * interval '200 years')",
         ValueKind::Timestamp, "replace({}::text, ' ', 'T')", plainJson},
        {"k", "date", "'0001-01-01'::date + (random() * 3652058)::int", ValueKind::Date, plainText,
         plainJson},
        {"l", "time",
         "date_trunc((array['microseconds', 'milliseconds', 'second'])[1 + i % 3], '00:00'::time + "
         "random() * interval '24 hours')",
         ValueKind::Time, plainText, plainJson},
        {"m", "uuid", "md5('m' || i)::uuid", ValueKind::Uuid, plainText, plainJson},
        {"n", "bytea", "decode(substr(md5('n' || i) || md5('o' || i), 1, 2 * (i % 32)), 'hex')",
         ValueKind::Bytes, "replace(encode({}, 'base64'), E'\\n', '')",
         "json_build_object('v', replace(encode({}, 'base64'), E'\\n', ''))::text"},
        {"o", "json",
         "('{\"n\":' || random()::numeric * 1e30 || ',\"e\":1.10e' || (i % 9) || ',\"b\":[' || i "
         "|| "
         "',null,\"\\u00e9x y\"]}')::json",
         ValueKind::Json, plainText, plainJson},
        {"p", "jsonb",
         "jsonb_build_object('x', random()::numeric * 1e25, 'y', jsonb_build_array(i, null, true))",
         ValueKind::Json, "replace({}::text, ' ', '')",
         "'{\"v\" : ' || replace({}::text, ' ', '') || '}'"},
        {"q", "numeric(20,5)[]", "array[random()::numeric * 1e12, null, -i]::numeric(20,5)[]",
         ValueKind::Json, "to_json({})::text", plainJson},
        {"r", "text[]", "array['a,b', null, '', 'NULL', chr(8364 + i % 100), '\"\\' || i]",
         ValueKind::Json, "to_json({})::text", plainJson},
        {"s", "timestamptz[]", "array['2024-01-01'::timestamptz + random() * interval '1 year']",
         ValueKind::Json, "to_json({})::text", plainJson},
    };
    return columns;
}

void makeOracleTable()
{
    std::string definition = "i int";
    std::string values = "i";
    for (const OracleColumn& column : oracleColumns()) {
        definition += std::string(", ") + column.name + ' ' + column.type;
        // Every eleventh value is null.
        values += std::string(", case when (i + ") + std::to_string(column.name[0]) +
                  ") % 11 = 0 then null else " + column.random + " end";
    }
    fakes::runOnPostgres("drop table if exists oracle; create table oracle (" + definition +
                         "); select setseed(0.25); insert into oracle select " + values +
                         " from generate_series(1, " + std::to_string(oracleRows) + ") i");
}

std::string filledIn(std::string pattern, const std::string& column)
{
    for (std::size_t at = pattern.find("{}"); at != std::string::npos; at = pattern.find("{}", at))
        pattern.replace(at, 2, column);
    return pattern;
}

std::string oracleSql()
{
    std::string sql = "select i";
    for (const OracleColumn& column : oracleColumns())
        sql += std::string(", ") + column.name + ", " + filledIn(column.text, column.name) + ", " +
               filledIn(column.json, column.name);
    return sql + " from oracle order by i";
}

std::string jsonOf(const Value& value)
{
    std::string json = "{\"v\" : ";
    data::appendJsonValue(json, value.view());
    return json + '}';
}

void setZone(const char* zone)
{
    qputenv("TZ", zone);
    tzset();
}

/// One with a decimal comma, made where the system has the sources of locales.
std::string germanLocale(const QTemporaryDir& folder)
{
    const QString path = folder.filePath(QStringLiteral("de_DE.UTF-8"));
    QProcess localedef;
    localedef.start(QStringLiteral("localedef"),
                    {QStringLiteral("-i"), QStringLiteral("de_DE"), QStringLiteral("-f"),
                     QStringLiteral("UTF-8"), path});
    if (localedef.waitForFinished(localedefMs) && localedef.exitCode() == 0)
        qputenv("LOCPATH", folder.path().toUtf8());
    for (const char* name : {"de_DE.UTF-8", "C.UTF-8"})
        if (std::setlocale(LC_ALL, name))
            return name;
    return "C";
}

class PostgresOracle : public testing::Test
{
protected:
    ~PostgresOracle() override
    {
        std::setlocale(LC_ALL, "C");
        QLocale::setDefault(QLocale::c());
        qunsetenv("LOCPATH");
        qunsetenv("TZ");
        tzset();
    }

    void compare(const SourceOptions& options)
    {
        auto source = Source::open(options, {});
        ASSERT_TRUE(source) << testing::PrintToString(source.error());
        data::Schema schema;
        const auto rows = fakes::readAll(**source, oracleSql(), {}, 0, &schema);
        ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
        ASSERT_EQ(rows->size(), static_cast<std::size_t>(oracleRows));
        std::size_t compared = 0;
        for (const auto& row : *rows)
            for (std::size_t k = 0; k < oracleColumns().size(); ++k) {
                const OracleColumn& column = oracleColumns()[k];
                const Value& value = row[1 + 3 * k];
                const Value& text = row[2 + 3 * k];
                const Value& json = row[3 + 3 * k];
                ASSERT_EQ(schema.columns[1 + 3 * k].kind, column.kind) << column.type;
                ++compared;
                if (text.isNull()) {
                    ASSERT_TRUE(value.isNull()) << column.type << " in row " << row[0].text;
                    continue;
                }
                ASSERT_EQ(value, Value(column.kind, text.text))
                    << column.type << " in row " << row[0].text;
                ASSERT_EQ(jsonOf(value), json.text) << column.type << " in row " << row[0].text;
            }
        EXPECT_GE(compared, 100'000U);
    }
};

} // namespace

TEST_F(PostgresOracle, AgreesInEveryZoneAndLocaleOfTheClient)
{
    makeOracleTable();
    const QTemporaryDir folder;
    const std::string german = germanLocale(folder);
    auto twisted = fakes::postgresOptions();
    // Whatever a role or a database presets must not come through.
    twisted.fields["options"] = "-c TimeZone=Asia/Kolkata -c DateStyle=German -c "
                                "IntervalStyle=sql_standard -c extra_float_digits=-5 -c "
                                "bytea_output=escape";
    const auto odbc = fakes::odbcOptions("PostgreSQL Unicode");
    struct Client
    {
        const char* zone;
        std::string locale;
        QLocale language;
        std::vector<SourceOptions> sources;
    };
    const QLocale::Language language = QLocale::German;
    const Client clients[] = {
        {"America/St_Johns", "C", QLocale::c(), {fakes::postgresOptions()}},
        {"America/St_Johns", german, QLocale(language), {twisted}},
        {"Asia/Kolkata", "C", QLocale::c(), {twisted}},
        {"Asia/Kolkata", german, QLocale(language), {fakes::postgresOptions(), odbc}},
    };
    for (const Client& client : clients) {
        setZone(client.zone);
        ASSERT_NE(std::setlocale(LC_ALL, client.locale.c_str()), nullptr) << client.locale;
        QLocale::setDefault(client.language);
        for (const SourceOptions& options : client.sources) {
            SCOPED_TRACE(options.warehouse + " in " + client.zone + ", " + client.locale);
            compare(options);
        }
    }
}

} // namespace headgate::warehouse
