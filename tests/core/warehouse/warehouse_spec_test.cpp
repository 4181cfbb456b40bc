// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/warehouse_spec.h"

#include "fakes/print_to.h"
#include "warehouse/source_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

constexpr const char* smallest = R"({
    "format": 1, "id": "x", "name": "X", "driver": "sqlite",
    "fields": [{"id": "file", "label": "File", "kind": "file"}],
    "sql": {"quotes": "\"\""}, "readOnly": {"firstWords": ["select"]}})";

std::vector<std::string> placesOf(const std::string& json)
{
    Issues issues;
    const auto spec = parseWarehouseSpec(json, "x.json", issues);
    EXPECT_EQ(spec.has_value(), issues.empty());
    std::vector<std::string> places;
    for (const Issue& issue : issues)
        places.push_back(issue.place);
    return places;
}

SourceOptions postgres(std::map<std::string, std::string> fields)
{
    SourceOptions options;
    options.warehouse = "postgresql";
    options.fields = std::move(fields);
    return options;
}

} // namespace

TEST(WarehouseSpec, EveryBuiltInOneIsWhole)
{
    for (const std::string& id : warehouseIds()) {
        const auto spec = loadWarehouseSpec(id);
        ASSERT_TRUE(spec) << spec.error().detail.toStdString();
        EXPECT_EQ(spec->id, id);
        EXPECT_FALSE(spec->name.empty());
        if (spec->driver == DriverKind::Odbc) {
            EXPECT_FALSE(spec->driverHelp.empty()) << id;
            EXPECT_FALSE(spec->caveats.empty()) << id;
        }
    }
}

TEST(WarehouseSpec, AnUnknownOneIsRefusedWithTheKnownOnes)
{
    const auto spec = loadWarehouseSpec("../postgresql");
    ASSERT_FALSE(spec);
    EXPECT_EQ(spec.error().code, "source.options.warehouse");
    EXPECT_TRUE(spec.error().message.contains(QStringLiteral("snowflake")));
}

TEST(WarehouseSpec, ReportsEveryMistakeAtItsPlace)
{
    EXPECT_THAT(placesOf(smallest), testing::IsEmpty());
    EXPECT_THAT(placesOf("{"), testing::ElementsAre("x.json"));
    EXPECT_THAT(placesOf("[]"), testing::Not(testing::IsEmpty()));
    EXPECT_THAT(placesOf(R"({
            "format": 2, "id": "", "name": "X", "driver": "jdbc", "colour": "red",
            "fields": [{"id": "a", "label": "A", "kind": "choice", "default": "x"},
                       {"id": "a", "label": 5, "kind": "secret", "default": "x"}],
            "sql": {"quotes": "'", "tripleQuote": true},
            "session": [{"sql": []}, {"sql": ["SELECT 1"], "required": "no"}],
            "types": {"json": "object"},
            "odbc": {"connection": [["Server", "{host}"], ["Port"]]}})"),
                testing::UnorderedElementsAre(
                    "x.json:/format", "x.json:/id", "x.json:/driver", "x.json:/colour",
                    "x.json:/fields/0/default", "x.json:/fields/1/label",
                    "x.json:/fields/1/default", "x.json:/fields", "x.json:/sql/quotes",
                    "x.json:/sql/tripleQuote", "x.json:/readOnly/firstWords",
                    "x.json:/session/0/sql", "x.json:/session/1/required", "x.json:/types/json",
                    "x.json:/odbc/connection", "x.json:/odbc/connection/Server"));
}

TEST(WarehouseSpec, QuotesIdentifiersAsTheDialectDoes)
{
    EXPECT_EQ(loadWarehouseSpec("postgresql")->quoted("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(loadWarehouseSpec("mysql")->quoted("a`b"), "`a``b`");
    EXPECT_EQ(loadWarehouseSpec("sqlserver")->quoted("a]b["), "[a]]b[]");
}

TEST(SourceForm, RefusesWhatIsMissingUnknownOrWrong)
{
    const auto spec = loadWarehouseSpec("postgresql");
    ASSERT_TRUE(spec);
    const auto code = [&](const SourceOptions& options) {
        const auto form = SourceForm::check(options, *spec);
        return form ? std::string() : form.error().code;
    };
    const std::map<std::string, std::string> good = {{"database", "d"}, {"user", "u"}};
    EXPECT_EQ(code(postgres(good)), "");
    EXPECT_EQ(code(postgres({{"database", "d"}})), "source.options.missing");
    EXPECT_EQ(code(postgres({{"database", "d"}, {"user", "u"}, {"colour", "red"}})),
              "source.options.unknown");
    EXPECT_EQ(code(postgres({{"database", "d"}, {"user", "u"}, {"password", "in clear"}})),
              "source.options.unknown");
    for (const char* port : {"0", "65536", "x", "54 32", "-1"})
        EXPECT_EQ(code(postgres({{"database", "d"}, {"user", "u"}, {"port", port}})),
                  "source.options.invalid")
            << port;
    EXPECT_EQ(code(postgres({{"database", "d"}, {"user", "u"}, {"tls", "maybe"}})),
              "source.options.invalid");
}

TEST(SourceForm, VerifiesServersThatAreElsewhere)
{
    const auto spec = loadWarehouseSpec("postgresql");
    ASSERT_TRUE(spec);
    const auto mode = [&](const std::string& host, const std::string& tls,
                          const std::string& ssh = {}) {
        return SourceForm::check(postgres({{"database", "d"},
                                           {"user", "u"},
                                           {"host", host},
                                           {"tls", tls},
                                           {"sshHost", ssh}}),
                                 *spec)
            ->tls();
    };
    EXPECT_EQ(mode("db.example.com", ""), TlsMode::Verify);
    EXPECT_EQ(mode("10.0.0.5", "auto"), TlsMode::Verify);
    EXPECT_EQ(mode("127.evil.example.com", ""), TlsMode::Verify);
    EXPECT_EQ(mode("localhost", ""), TlsMode::Optional);
    EXPECT_EQ(mode("127.0.0.9", ""), TlsMode::Optional);
    EXPECT_EQ(mode("::1", ""), TlsMode::Optional);
    EXPECT_EQ(mode("/run/postgresql", ""), TlsMode::Optional);
    EXPECT_EQ(mode("db.example.com", "", "bastion"), TlsMode::Optional);
    EXPECT_EQ(mode("db.example.com", "verify", "bastion"), TlsMode::Verify);
    EXPECT_EQ(mode("db.example.com", "require"), TlsMode::Encrypt);
    EXPECT_EQ(mode("db.example.com", "disable"), TlsMode::Off);
}

} // namespace headgate::warehouse
