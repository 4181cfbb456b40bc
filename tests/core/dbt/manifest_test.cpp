// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/manifest.h"

#include "base/stop_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::dbt {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A manifest of that format with these members of "nodes".
std::string manifestOf(int version, const std::string& nodes)
{
    return R"({"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v)" +
           std::to_string(version) +
           R"(.json", "dbt_version": "1.8.2", "project_name": "shop", "adapter_type": "postgres",
              "generated_at": "2026-01-02T03:04:05Z", "env": {}},
              "nodes": {)" +
           nodes + R"(}, "sources": {"source.shop.raw": {"resource_type": "source"}},
              "child_map": {"model.shop.customers": ["test.shop.t"]}})";
}

std::string modelNode(const std::string& name, const std::string& members)
{
    return R"("model.shop.)" + name + R"(": {"resource_type": "model", "package_name": "shop",
        "name": ")" +
           name + "\"" + (members.empty() ? "" : ", ") + members + "}";
}

std::string testNode(const std::string& name, const std::string& column,
                     const std::string& members = R"("attached_node": "model.shop.customers")")
{
    return R"("test.shop.)" + name + column + R"(": {"resource_type": "test", "name": "t",
        "test_metadata": {"name": ")" +
           name + R"(", "kwargs": {"column_name": ")" + column + R"("}}, )" + members + "}";
}

Manifest manifestIn(const std::string& json)
{
    auto manifest = readManifest(json);
    EXPECT_TRUE(manifest) << (manifest ? "" : manifest.error().toString().toStdString());
    return manifest ? *std::move(manifest) : Manifest();
}

std::string codeOf(const std::string& json)
{
    const auto manifest = readManifest(json);
    return manifest ? "read" : manifest.error().code;
}

} // namespace

TEST(ManifestTest, aModelIsReadWithAllThatIsShown)
{
    const Manifest manifest = manifestIn(manifestOf(
        12, modelNode("customers", R"("relation_name": "\"shop\".\"public\".\"customers\"",
            "description": "Who bought \u00fcber", "compiled_code": "select 1 as id",
            "raw_code": "select {{ 1 }}", "config": {"materialized": "table", "meta": {"a": [1]}},
            "columns": {"id": {"name": "id", "data_type": "bigint", "description": "The key"},
                        "email": {"name": "email"}})") +
                "," + testNode("not_null", "id") + "," + testNode("unique", "id")));
    EXPECT_EQ(manifest.project, "shop");
    EXPECT_EQ(manifest.warehouse, "postgresql");
    EXPECT_EQ(manifest.version, 12);
    EXPECT_EQ(manifest.generatedAt, "2026-01-02T03:04:05Z");
    EXPECT_THAT(manifest.notes, IsEmpty());
    ASSERT_EQ(manifest.models.size(), 1U);
    const ManifestModel& model = manifest.models.front();
    EXPECT_EQ(model.name, "customers");
    EXPECT_EQ(model.description, "Who bought \u00fcber");
    EXPECT_EQ(model.relation, R"("shop"."public"."customers")");
    EXPECT_EQ(model.compiledSql, "select 1 as id");
    ASSERT_EQ(model.columns.size(), 2U);
    EXPECT_EQ(model.columns[0].name, "id");
    EXPECT_EQ(model.columns[0].type, "bigint");
    EXPECT_EQ(model.columns[0].description, "The key");
    EXPECT_EQ(model.columns[1].name, "email");
    EXPECT_THAT(model.key, ElementsAre("id"));
    EXPECT_EQ(model.keyEvidence, KeyEvidence::Tested);
}

TEST(ManifestTest, formatsFromTheFirstOneAreRead)
{
    for (int version = oldestManifest; version <= newestManifest; ++version) {
        // Until format 6 it was compiled_sql; tests named their model in depends_on only.
        const bool old = version < 7;
        const std::string onTest = R"("depends_on": {"nodes": ["model.shop.customers"]},
            "column_name": "id")";
        const Manifest manifest = manifestIn(manifestOf(
            version,
            testNode("unique", "id", onTest) + "," +
                modelNode("customers", std::string(old ? "\"compiled_sql\"" : "\"compiled_code\"") +
                                           R"(: "select 2")") +
                "," + testNode("not_null", "id", onTest)));
        ASSERT_EQ(manifest.models.size(), 1U) << version;
        EXPECT_EQ(manifest.version, version);
        EXPECT_EQ(manifest.models[0].compiledSql, "select 2") << version;
        EXPECT_THAT(manifest.models[0].key, ElementsAre("id")) << version;
    }
    const Manifest newer = manifestIn(manifestOf(13, modelNode("m", R"("compiled_code": "x")")));
    EXPECT_EQ(newer.models.size(), 1U);
    ASSERT_EQ(newer.notes.size(), 1U);
    EXPECT_TRUE(newer.notes[0].contains(QStringLiteral("13")));
}

struct KeyCase
{
    const char* name;
    std::string node;
    std::string tests;
    std::vector<std::string> key;
    KeyEvidence evidence;
};

class ManifestKey : public testing::TestWithParam<KeyCase>
{};

TEST_P(ManifestKey, isGuessedOfWhatIsDeclaredAndTested)
{
    const KeyCase& each = GetParam();
    const Manifest manifest = manifestIn(manifestOf(
        12, modelNode("customers", each.node) + (each.tests.empty() ? "" : "," + each.tests)));
    ASSERT_EQ(manifest.models.size(), 1U);
    EXPECT_EQ(manifest.models[0].key, each.key);
    EXPECT_EQ(manifest.models[0].keyEvidence, each.evidence);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, ManifestKey,
    testing::Values(
        KeyCase{"nothing", "", "", {}, KeyEvidence::None},
        KeyCase{"uniqueAlone", "", testNode("unique", "id"), {}, KeyEvidence::None},
        KeyCase{"ofAnotherColumn",
                "",
                testNode("unique", "id") + "," + testNode("not_null", "email"),
                {},
                KeyEvidence::None},
        KeyCase{"ofSomeRows",
                "",
                testNode("unique", "id", R"("attached_node": "model.shop.customers",
                    "config": {"where": "id > 3"})") +
                    "," + testNode("not_null", "id"),
                {},
                KeyEvidence::None},
        KeyCase{"ofTwoModels",
                "",
                testNode("unique", "id",
                         R"("depends_on": {"nodes": ["model.shop.customers", "model.shop.o"]})") +
                    "," + testNode("not_null", "id"),
                {},
                KeyEvidence::None},
        KeyCase{"theFirstOfTheColumns",
                R"("columns": {"no": {}, "id": {}, "email": {}})",
                testNode("unique", "email") + "," + testNode("not_null", "email") + "," +
                    testNode("unique", "id") + "," + testNode("not_null", "id"),
                {"id"},
                KeyEvidence::Tested},
        KeyCase{"together",
                "",
                R"("test.shop.u": {"resource_type": "test", "attached_node": "model.shop.customers",
                    "test_metadata": {"name": "unique_combination_of_columns",
                        "namespace": "dbt_utils",
                        "kwargs": {"combination_of_columns": ["day", "shop"]}}})",
                {"day", "shop"},
                KeyEvidence::Tested},
        KeyCase{"ofTheModel",
                R"("primary_key": ["a", "b"])",
                testNode("unique", "id"),
                {"a", "b"},
                KeyEvidence::Declared},
        KeyCase{"ofAConstraint",
                R"("constraints": [{"type": "check"}, {"type": "primary_key", "columns": ["k"]}])",
                "",
                {"k"},
                KeyEvidence::Declared},
        KeyCase{"ofAColumn",
                R"("columns": {"x": {}, "k": {"constraints": [{"type": "primary_key"}]}})",
                "",
                {"k"},
                KeyEvidence::Declared}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ManifestTest, whatHasNoRowsIsLeftOut)
{
    const Manifest manifest = manifestIn(
        manifestOf(12, modelNode("b", R"("config": {"materialized": "ephemeral"}, "schema": "s",
                              "compiled_code": "select 1")") +
                           "," + modelNode("off", R"("config": {"enabled": false})") + "," +
                           R"("seed.shop.a": {"resource_type": "seed", "name": "a", "database": "d",
                    "schema": "s", "alias": "other"},
                   "analysis.shop.x": {"resource_type": "analysis", "name": "x"},
                   "operation.shop.y": {"resource_type": "operation", "name": "y"},
                   "model.shop.c.v2": {"resource_type": "model", "name": "c"})"));
    ASSERT_EQ(manifest.models.size(), 3U);
    EXPECT_EQ(manifest.models[0].name, "a");
    EXPECT_EQ(manifest.models[0].kind, "seed");
    EXPECT_EQ(manifest.models[0].relation, "d.s.other");
    EXPECT_EQ(manifest.models[1].name, "b");
    EXPECT_EQ(manifest.models[1].relation, "");
    EXPECT_EQ(manifest.models[2].name, "c.v2");
}

TEST(ManifestTest, whatWasOnlyParsedIsSaid)
{
    const Manifest manifest = manifestIn(manifestOf(12, modelNode("m", "")));
    ASSERT_EQ(manifest.notes.size(), 1U);
    EXPECT_TRUE(manifest.notes[0].contains(QStringLiteral("dbt compile")));
}

struct BadCase
{
    const char* name;
    std::string json;
    const char* code;
};

class BadManifest : public testing::TestWithParam<BadCase>
{};

TEST_P(BadManifest, isRefusedWithItsCode)
{
    EXPECT_EQ(codeOf(GetParam().json), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Bytes, BadManifest,
    testing::Values(
        BadCase{"empty", "", "dbt.manifest.syntax"},
        BadCase{"noJson", "nodes: {}", "dbt.manifest.syntax"},
        BadCase{"cutOff", manifestOf(12, modelNode("m", "")).substr(0, 300), "dbt.manifest.syntax"},
        BadCase{"twoTexts", manifestOf(12, "") + "{}", "dbt.manifest.syntax"},
        BadCase{"badUtf8", manifestOf(12, modelNode("m\xff", "")), "dbt.manifest.syntax"},
        BadCase{"list", "[1, 2]", "dbt.manifest.foreign"},
        BadCase{"number", "3", "dbt.manifest.foreign"},
        BadCase{"package", R"({"name": "x", "nodes": {}})", "dbt.manifest.foreign"},
        BadCase{"catalog",
                R"({"metadata": {"dbt_schema_version":
                    "https://schemas.getdbt.com/dbt/catalog/v1.json"}})",
                "dbt.manifest.foreign"},
        BadCase{"listOfMetadata", R"({"metadata": ["x"], "nodes": {}})", "dbt.manifest.foreign"},
        BadCase{"tooOld", manifestOf(3, ""), "dbt.manifest.version"},
        BadCase{"noVersion",
                R"({"metadata": {"dbt_schema_version": "https://x/dbt/manifest/v.json"}})",
                "dbt.manifest.foreign"},
        BadCase{"deep", std::string(100'000, '['), "dbt.manifest.depth"},
        BadCase{"deepInAPassedMember",
                R"({"nodes": {"model.a.b": {"meta": )" + std::string(100'000, '['),
                "dbt.manifest.depth"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ManifestTest, strangeNodesAreNoReasonToStop)
{
    const Manifest manifest = manifestIn(
        manifestOf(12, R"("model.shop.a": 3, "model.shop.b": [{"name": "x"}], "model.shop.c": null,
               "model.shop.d": {"resource_type": ["model"], "name": {}},
               "model.shop.e": {"resource_type": "model", "name": "e", "columns": ["x"],
                   "config": 3, "primary_key": {"a": 1}, "constraints": "primary_key",
                   "relation_name": 7, "schema": null},
               "test.shop.f": {"resource_type": "test", "test_metadata": [], "depends_on": "x"})"));
    ASSERT_EQ(manifest.models.size(), 1U);
    EXPECT_EQ(manifest.models[0].name, "e");
    EXPECT_THAT(manifest.models[0].key, IsEmpty());
}

TEST(ManifestTest, aSyntaxErrorNamesItsPlace)
{
    const auto manifest = readManifest("{\"metadata\": {},\n  \"nodes\": {]}");
    ASSERT_FALSE(manifest);
    ASSERT_TRUE(manifest.error().place);
    EXPECT_EQ(manifest.error().place->line, 2U);
}

TEST(ManifestTest, aHugeOneCanBeCancelledAndIsReadOtherwise)
{
    std::string nodes = modelNode("m0", "");
    for (int i = 1; i < 20'000; ++i)
        nodes += "," + modelNode("m" + std::to_string(i),
                                 R"("compiled_code": "select 1", "columns": {"id": {}})");
    const std::string json = manifestOf(12, nodes);
    EXPECT_EQ(manifestIn(json).models.size(), 20'000U);
    StopSource stop;
    stop.requestStop();
    const auto cancelled = readManifest(json, stop.token());
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::Cancelled);
}

TEST(ManifestTest, quotedRelationsAreTakenApart)
{
    EXPECT_THAT(quotedParts(R"("shop"."public"."orders")"),
                ElementsAre("shop", "public", "orders"));
    EXPECT_THAT(quotedParts("`p-1`.`d`.`t`"), ElementsAre("p-1", "d", "t"));
    EXPECT_THAT(quotedParts("[a].[b c]"), ElementsAre("a", "b c"));
    EXPECT_THAT(quotedParts(R"("say ""hi""."."x")"), ElementsAre("say \"hi\".", "x"));
    for (const char* other : {"SHOP.PUBLIC.ORDERS", R"("a".b)",
                              R"("a")"
                              ".",
                              "\"a", "", "\"\"", R"("a""b)", R"("a"x"b")", "."})
        EXPECT_THAT(quotedParts(other), IsEmpty()) << other;
}

} // namespace headgate::dbt
