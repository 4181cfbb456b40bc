// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/table_case.h"
#include "semantics/project_world.h"

#include <QLocale>
#include <QTimeZone>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;

namespace {

std::string valueRecordsOf(const char* table, const char* shape)
{
    const shape::TableCase parsed = shape::TableCase::parse(table);
    return shape::recordsJson(parsed.records(shape::shapeOf(shape)), parsed);
}

} // namespace

TEST(Rule25, numbersTimesAndTextReachThePayloadUnharmed)
{
    EXPECT_EQ(
        valueRecordsOf(R"({"rowKey":["id"],"recordKey":["id"],"columns":["id:integer","n:decimal",
        "at:timestamptz","t:text","e:text","u:text"],
        "rows":[[9223372036854775807,"1234567890123456789012345678.0123456789",
        "2026-01-01T00:00:00.000001+00:00","it's \"quoted\" \\ ü 😀","",null]]})",
                       R"({"kind":"object","fields":[
        {"name":"id","kind":"column","column":"id"},{"name":"n","kind":"column","column":"n"},
        {"name":"at","kind":"column","column":"at"},{"name":"t","kind":"column","column":"t"},
        {"name":"e","kind":"column","column":"e"},{"name":"u","kind":"column","column":"u"}]})"),
        R"([{"key":"9223372036854775807","payload":{"id":9223372036854775807,)"
        R"("n":1234567890123456789012345678.0123456789,)"
        R"("at":"2026-01-01T00:00:00.000001+00:00","t":"it's \"quoted\" \\ ü 😀","e":"","u":null}}])");
}

TEST(Rule25, whatJsonCannotSayIsInvalidWithRowAndColumnOrReplacedNeverNull)
{
    constexpr const char* table = R"({"rowKey":["id"],"recordKey":["id"],
        "columns":["id:integer","n:float"],
        "rows":[[1,{"invalid":"nan"}],[2,{"invalid":"infinity"}],[3,{"invalid":"utf8:3"}],[4,"4"]]})";
    const shape::TableCase parsed = shape::TableCase::parse(table);
    const auto records = parsed.records(shape::shapeOf(
        R"({"kind":"object","fields":[{"name":"n","kind":"column","column":"n"}]})"));
    ASSERT_EQ(records.size(), 4u);
    for (std::size_t i = 0; i < 3; ++i) {
        ASSERT_EQ(records[i].problems.size(), 1u) << i;
        EXPECT_EQ(records[i].problems[0].column, "n") << i;
        EXPECT_EQ(records[i].problems[0].row, i + 1) << i;
        EXPECT_TRUE(records[i].payload.empty()) << i;
    }
    EXPECT_EQ(records[3].payload, R"({"n":4})");
    EXPECT_EQ(valueRecordsOf(table, R"({"kind":"object","fields":[
        {"name":"n","kind":"column","column":"n","whenInvalid":0}]})"),
              R"([{"key":"1","payload":{"n":0}},{"key":"2","payload":{"n":0}},)"
              R"({"key":"3","payload":{"n":0}},{"key":"4","payload":{"n":4}}])");
}

TEST(Rule25, aFingerprintIsTheSameUnderTwoTimeZonesAndLocales)
{
    ProjectWorld world;
    world.write("models/people.sql", "select id, email, name, 1234.5 as amount, "
                                     "'2026-03-29T02:30:00' as at from people\n");
    world.sync(R"({"shape":{"kind":"object","fields":[
        {"name":"amount","kind":"column","column":"amount"},
        {"name":"day","kind":"column","column":"at"},
        {"name":"text","kind":"text","text":"{name}: {amount}"}]}})");
    world.sql("insert into people values(1,'a@x.example','İıß',1)");
    const QByteArray zone = qgetenv("TZ");
    const QLocale locale;
    qputenv("TZ", "America/St_Johns");
    QLocale::setDefault(QLocale(QLocale::German));
    EXPECT_EQ(world.run()->planned[Category::Added], 1u);
    qputenv("TZ", "Asia/Kolkata");
    QLocale::setDefault(QLocale(QLocale::Turkish));
    EXPECT_EQ(world.run()->planned[Category::Unchanged], 1u);
    QLocale::setDefault(locale);
    zone.isEmpty() ? qunsetenv("TZ") : qputenv("TZ", zone);
}
