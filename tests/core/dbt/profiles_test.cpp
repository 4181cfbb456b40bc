// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/profiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::dbt {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;
using warehouse::FoundConnection;

std::optional<std::string> someVariables(const std::string& name)
{
    if (name == "PGHOST_SHOP")
        return "db.example.com";
    return name == "SHOP_PASSWORD" ? std::optional<std::string>("never shown") : std::nullopt;
}

std::vector<FoundConnection> profiles(std::string_view yaml)
{
    auto found = readProfiles(yaml, "profiles.yml", someVariables);
    EXPECT_TRUE(found) << (found ? "" : found.error().message.toStdString());
    return found ? *std::move(found) : std::vector<FoundConnection>();
}

std::string notes(const FoundConnection& connection)
{
    std::string all;
    for (const QString& note : connection.notes)
        all += note.toStdString() + '\n';
    return all;
}

} // namespace

TEST(Profiles, aPostgresOutputBecomesAConnection)
{
    const auto found = profiles(R"(
shop:
  target: prod
  outputs:
    dev:
      type: postgres
      host: localhost
      user: me
      password: "{{ env_var('NOT_SET_HERE') }}"
      port: 5433
      dbname: shop_dev
      schema: analytics
      threads: 4
    prod:
      type: postgres
      host: "{{ env_var('PGHOST_SHOP') }}"
      user: reader
      pass: "{{ env_var('SHOP_PASSWORD') }}"
      port: "{{ env_var('PGPORT_SHOP', '5432') | int }}"
      database: shop
      sslmode: verify-full
      sslrootcert: /etc/ssl/shop.pem
config:
  send_anonymous_usage_stats: false
)");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name, "shop / prod") << "the profile's own target comes first";
    EXPECT_EQ(found[0].warehouse, "postgresql");
    EXPECT_THAT(found[0].fields,
                UnorderedElementsAre(Pair("host", "db.example.com"), Pair("user", "reader"),
                                     Pair("port", "5432"), Pair("database", "shop"),
                                     Pair("tls", "verify"), Pair("tlsCa", "/etc/ssl/shop.pem")));
    EXPECT_THAT(found[0].secretRefs, ElementsAre(Pair("password", "env:SHOP_PASSWORD")));
    EXPECT_THAT(found[0].notes, IsEmpty()) << notes(found[0]);
    EXPECT_EQ(found[1].name, "shop / dev");
    EXPECT_THAT(found[1].secretRefs, ElementsAre(Pair("password", "env:NOT_SET_HERE")));
    EXPECT_NE(notes(found[1]).find("NOT_SET_HERE"), std::string::npos);
}

TEST(Profiles, aLiteralPasswordIsNoField)
{
    const auto found = profiles("p: {outputs: {default: {type: mysql, server: h, schema: d, "
                                "username: u, password: 'pa{{ss'}}}\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].secrets.at("password").reveal(), "pa{{ss") << "dbt takes it literally too";
    for (const auto& [field, value] : found[0].fields)
        EXPECT_EQ(value.find("pa{{ss"), std::string::npos) << field;
    EXPECT_EQ(notes(found[0]).find("pa{{ss"), std::string::npos);
}

TEST(Profiles, whatIsNotUnderstoodIsLeftOutAndSaid)
{
    const auto found = profiles("p: {outputs: {o: {type: postgres, host: \"{{ var('h') }}\", "
                                "user: u, port: \"{{ env_var('NOBODY') }}\", sslcert: /c, "
                                "search_path: x}}}\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found[0].fields, ElementsAre(Pair("user", "u")));
    for (const char* said : {"{{ var('h') }}", "NOBODY", "sslcert", "search_path"})
        EXPECT_NE(notes(found[0]).find(said), std::string::npos) << said;
}

TEST(Profiles, aWarehouseWithoutFormIsSaid)
{
    const auto found = profiles("p: {outputs: {o: {type: duckdb, path: x.db}}}\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].warehouse, "");
    EXPECT_NE(notes(found[0]).find("duckdb"), std::string::npos);
}

struct AdapterCase
{
    const char* name;
    const char* output;
    const char* warehouse;
    std::map<std::string, std::string> fields;
    std::map<std::string, std::string> secretRefs;
};

void PrintTo(const AdapterCase& c, std::ostream* out)
{
    *out << c.name;
}

class AdapterIsMapped : public testing::TestWithParam<AdapterCase>
{};

const AdapterCase adapterCases[] = {
    {"redshift",
     "type: redshift, host: h, port: 5439, user: u, password: \"{{ env_var('P') }}\", dbname: d, "
     "sslmode: require",
     "redshift",
     {{"host", "h"}, {"port", "5439"}, {"user", "u"}, {"database", "d"}, {"tls", "require"}},
     {{"password", "env:P"}}},
    {"snowflakeKey",
     "type: snowflake, account: my_org-acc, user: u, private_key_path: /k.p8, "
     "private_key_passphrase: \"{{ env_var('P') }}\", warehouse: w, role: r, database: d, schema: "
     "s",
     "snowflake",
     {{"account", "my-org-acc"},
      {"user", "u"},
      {"privateKey", "/k.p8"},
      {"authenticator", "SNOWFLAKE_JWT"},
      {"warehouse", "w"},
      {"role", "r"},
      {"database", "d"},
      {"schema", "s"}},
     {{"privateKeyPassphrase", "env:P"}}},
    {"snowflakeBrowser",
     "type: snowflake, account: a, user: u, authenticator: externalbrowser",
     "snowflake",
     {{"account", "a"}, {"user", "u"}, {"authenticator", "externalbrowser"}},
     {}},
    {"bigquery",
     "type: bigquery, method: service-account, project: p, dataset: d, keyfile: /k.json, "
     "threads: 1",
     "bigquery",
     {{"project", "p"}, {"dataset", "d"}, {"keyFile", "/k.json"}},
     {}},
    {"databricks",
     "type: databricks, host: h, http_path: /sql/1, token: \"{{ env_var('P') }}\", catalog: c, "
     "schema: s",
     "databricks",
     {{"host", "h"}, {"httpPath", "/sql/1"}, {"catalog", "c"}},
     {{"token", "env:P"}}},
    {"sqlserver",
     "type: sqlserver, server: h, port: 1433, database: d, user: u, password: \"{{ env_var('P') "
     "}}\", driver: ODBC Driver 18 for SQL Server",
     "sqlserver",
     {{"host", "h"},
      {"port", "1433"},
      {"database", "d"},
      {"user", "u"},
      {"driver", "ODBC Driver 18 for SQL Server"}},
     {{"password", "env:P"}}},
};

TEST_P(AdapterIsMapped, toTheFieldsOfOurForm)
{
    const AdapterCase& c = GetParam();
    const auto found = profiles(std::string("p: {outputs: {o: {") + c.output + "}}}\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].warehouse, c.warehouse);
    auto fields = found[0].fields;
    if (c.fields.count("schema") == 0)
        fields.erase("schema");
    EXPECT_EQ(fields, c.fields);
    EXPECT_EQ(found[0].secretRefs, c.secretRefs);
    const auto spec = warehouse::loadWarehouseSpec(c.warehouse);
    ASSERT_TRUE(spec);
    for (const auto& [field, value] : found[0].fields)
        EXPECT_NE(spec->field(field), nullptr) << field;
    for (const auto& [field, value] : found[0].secretRefs)
        EXPECT_NE(spec->field(field), nullptr) << field;
}

INSTANTIATE_TEST_SUITE_P(Cases, AdapterIsMapped, testing::ValuesIn(adapterCases),
                         [](const auto& each) { return each.param.name; });

TEST(Profiles, foreignShapesAreNoProfiles)
{
    for (const char* yaml : {"", "just text", "[a, b]", "p: 1", "p: {outputs: [1]}",
                             "p: {outputs: {o: text}}", "config: {outputs: {o: {type: postgres}}}"})
        EXPECT_THAT(profiles(yaml), IsEmpty()) << yaml;
    EXPECT_FALSE(readProfiles("a: [", "f", someVariables));
}

} // namespace headgate::dbt
