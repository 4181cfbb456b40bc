// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_fixture.h"
#include "fakes/json_schema.h"
#include "fakes/print_to.h"
#include "project/project_reader.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <set>

using namespace headgate;
using namespace headgate::project;
using namespace headgate::project::test;
using data::JsonNode;

namespace {

const fakes::JsonSchemas& schemas()
{
    static const fakes::JsonSchemas all(std::filesystem::path(HEADGATE_SOURCE_DIR) /
                                        "resources/schema");
    return all;
}

std::string schemaOf(const std::string& file)
{
    static const std::map<std::string, std::string> names{{"sources", "source"},
                                                          {"destinations", "destination"},
                                                          {"models", "model"},
                                                          {"syncs", "sync"}};
    const std::size_t slash = file.find('/');
    return (slash == std::string::npos ? "headgate" : names.at(file.substr(0, slash))) +
           ".schema.json";
}

std::string findingsText(const std::string& file, const JsonNode& json)
{
    std::string text;
    for (const std::string& finding : schemas().findings(schemaOf(file), json))
        text += finding + '\n';
    return text;
}

} // namespace

TEST(ProjectSchema, theGoldenProjectIsValid)
{
    for (const auto& [file, text] : goldenFiles()) {
        if (file.ends_with(".json")) {
            EXPECT_EQ(findingsText(file, JsonNode::parse(text)), "") << file;
        }
    }
}

TEST(ProjectSchema, whatIsWrittenIsValid)
{
    const auto loaded = readProject(goldenFiles(), ProjectFormat::ours());
    ASSERT_TRUE(loaded);
    Project project = loaded->project;
    SyncDefinition bare;
    bare.id = "bbbbbbbbbbbbbbbb";
    bare.slug = "bare";
    bare.model = "views";
    bare.destination = "inbox";
    project.syncs.push_back(bare);
    for (const auto& [file, text] : projectTexts(project)) {
        if (file.ends_with(".json")) {
            EXPECT_EQ(findingsText(file, JsonNode::parse(text)), "") << file;
        }
    }
}

TEST(ProjectSchema, everyDescribedMemberStandsInTheGoldenProject)
{
    const std::filesystem::path folder =
        std::filesystem::path(HEADGATE_SOURCE_DIR) / "resources/schema";
    const auto described = [&](const std::string& file, const std::string& pointer) {
        const JsonNode schema = JsonNode::parse(readFolder(folder).at(schemaOf(file)));
        std::set<std::string> names;
        for (const auto& [name, unused] : schema.at(JsonNode::json_pointer(pointer)).items())
            names.insert(name);
        return names;
    };
    const auto present = [&](const std::string& file, const std::string& pointer) {
        const JsonNode json = JsonNode::parse(goldenFiles().at(file));
        std::set<std::string> names;
        for (const auto& [name, unused] : json.at(JsonNode::json_pointer(pointer)).items()) {
            if (!name.starts_with("x-") && !name.starts_with('$'))
                names.insert(name);
        }
        return names;
    };
    const std::string sync = "syncs/recently-viewed.json";
    EXPECT_EQ(described("headgate.json", "/properties"), present("headgate.json", ""));
    EXPECT_EQ(described("sources/shop.json", "/properties"), present("sources/shop.json", ""));
    EXPECT_EQ(described("destinations/inbox.json", "/properties"),
              present("destinations/inbox.json", ""));
    EXPECT_EQ(described(sync, "/properties"), present(sync, ""));
    for (const std::string part : {"gates", "history", "batch"})
        EXPECT_EQ(described(sync, "/properties/" + part + "/properties"),
                  present(sync, '/' + part));
    EXPECT_EQ(described(sync, "/properties/related/items/properties"), present(sync, "/related/0"));
    auto model = present("models/views.json", "");
    model.insert("table");
    EXPECT_EQ(described("models/views.json", "/properties"), model);
}

TEST(ProjectSchema, loaderAndSchemaAgree)
{
    struct Case
    {
        const char* file;
        const char* patch;
        bool good;
    };
    const Case cases[] = {
        {"headgate.json", "{}", true},
        {"headgate.json", R"({"name": null, "more": {"a": 1}})", true},
        {"headgate.json", R"({"format": "1"})", false},
        {"headgate.json", R"({"format": 0})", false},
        {"headgate.json", R"({"format": null})", false},
        {"headgate.json", R"({"id": "SHOUTINGSHOUTING"})", false},
        {"headgate.json", R"({"id": null})", false},
        {"headgate.json", R"({"targets": []})", false},
        {"headgate.json", R"({"targets": [{}]})", false},
        {"headgate.json", R"({"targets": [{"slug": "a b"}]})", false},
        {"headgate.json", R"({"targets": [{"slug": "a"}]})", true},
        {"headgate.json", R"({"targets": {}})", false},
        {"sources/shop.json", R"({"fields": null, "secrets": null, "targets": null})", true},
        {"sources/shop.json", R"({"fields": {"port": 5432}})", false},
        {"sources/shop.json", R"({"fields": []})", false},
        {"sources/shop.json", R"({"targets": {"production": []}})", false},
        {"sources/shop.json", R"({"targets": {"production": {"secrets": {"password": true}}}})",
         false},
        {"sources/shop.json", R"({"warehouse": ""})", false},
        {"destinations/inbox.json", R"({"connector": null})", false},
        {"destinations/inbox.json", R"({"connector": "Iterable"})", false},
        {"models/views.json", R"({"source": null})", false},
        {"models/views.json", R"({"source": 7})", false},
        {"models/views.json", R"({"rowKey": "id"})", false},
        {"models/views.json", R"({"rowKey": ["a", ""]})", false},
        {"models/views.json", R"({"rowKey": []})", true},
        {"models/views.json", R"({"cursor": {"column": null}})", false},
        {"models/views.json", R"({"cursor": {"lookback": -1}})", false},
        {"models/views.json", R"({"cursor": {"lookback": 1.5}})", false},
        {"models/views.json", R"({"cursor": {"lookback": 0}})", true},
        {"models/views.json", R"({"table": {"schema": "a"}})", false},
        {"models/views.json", R"({"table": {"name": "a"}})", true},
        {"models/views.json", R"({"parameters": {"p": {"type": "money", "value": "1"}}})", false},
        {"models/views.json", R"({"parameters": {"p": {"type": "integer", "value": "1.0"}}})",
         false},
        {"models/views.json", R"({"parameters": {"p": {"type": "integer", "value": "-01"}}})",
         false},
        {"models/views.json", R"({"parameters": {"p": {"type": "integer", "value": "-12"}}})",
         true},
        {"models/views.json", R"({"parameters": {"p": {"type": "decimal", "value": "1e3"}}})",
         false},
        {"models/views.json", R"({"parameters": {"p": {"type": "decimal", "value": "-0.50"}}})",
         true},
        {"models/views.json", R"({"parameters": {"p": {"type": "boolean"}}})", false},
        {"models/views.json", R"({"parameters": {"p": {"type": "boolean", "value": "false"}}})",
         true},
        {"models/views.json", R"({"parameters": {"p": {"type": "date", "value": "1.1.2026"}}})",
         false},
        {"models/views.json", R"({"parameters": {"p": {"type": "date", "value": "2026-01-01"}}})",
         true},
        {"models/views.json", R"({"parameters": {"p": {"value": "x"}}})", true},
        {"models/views.json", R"({"parameters": {"p": {"value": "x", "more": 1}}})", false},
        {"models/views.json", R"({"columns": {"a": {"description": "x"}}})", false},
        {"syncs/recently-viewed.json", R"({"mode": "merge"})", false},
        {"syncs/recently-viewed.json", R"({"mode": null})", true},
        {"syncs/recently-viewed.json", R"({"deleteBehaviour": "drop"})", false},
        {"syncs/recently-viewed.json", R"({"onInDoubt": "hope"})", false},
        {"syncs/recently-viewed.json", R"({"model": null})", false},
        {"syncs/recently-viewed.json", R"({"destination": null})", false},
        {"syncs/recently-viewed.json", R"({"object": null, "matching": null, "shape": null})",
         true},
        {"syncs/recently-viewed.json", R"({"objectOptions": []})", false},
        {"syncs/recently-viewed.json", R"({"objectOptions": {"listId": 7}})", false},
        {"destinations/inbox.json", R"({"baseUrl": 8825})", false},
        {"syncs/recently-viewed.json", R"({"related": [{"name": "a"}]})", false},
        {"syncs/recently-viewed.json",
         R"({"related": [{"name": "a", "model": "m", "kind": "many"}]})", false},
        {"syncs/recently-viewed.json",
         R"({"related": [{"name": "a", "model": "m", "join": [{"left": "x"}]}]})", false},
        {"syncs/recently-viewed.json", R"({"related": [{"name": "a", "model": "m"}]})", true},
        {"syncs/recently-viewed.json", R"({"matching": {"column": 1}})", false},
        {"syncs/recently-viewed.json", R"({"gates": {"removedShare": 1.01}})", false},
        {"syncs/recently-viewed.json", R"({"gates": {"removedShare": 1}})", true},
        {"syncs/recently-viewed.json", R"({"gates": {"invalidShare": "5%"}})", false},
        {"syncs/recently-viewed.json", R"({"gates": {"emptyAfterNonEmpty": 1}})", false},
        {"syncs/recently-viewed.json", R"({"history": {"days": 36501}})", false},
        {"syncs/recently-viewed.json", R"({"history": {"bytes": -1}})", false},
        {"syncs/recently-viewed.json", R"({"batch": {"records": 1000001}})", false},
        {"syncs/recently-viewed.json", R"({"batch": {"inFlight": 1000}})", true},
        {"syncs/recently-viewed.json", R"({"filter": {"column": "a"}})", false},
        {"syncs/recently-viewed.json", R"({"filter": [{"column": "a", "op": "is null"}]})", true},
        {"syncs/recently-viewed.json", R"({"shape": {"kind": "list"}})", false},
        {"syncs/recently-viewed.json",
         R"({"shape": {"fields": [{"name": "a", "kind": "column"}]}})", true},
        {"syncs/recently-viewed.json", R"({"sla": ["anything"], "schedule": 7})", true},
    };
    for (const Case& c : cases) {
        Files files = goldenFiles();
        JsonNode json = JsonNode::parse(files.at(c.file));
        json.merge_patch(JsonNode::parse(c.patch));
        files[c.file] = json.dump();
        const auto loaded = readProject(files, ProjectFormat::ours());
        ASSERT_TRUE(loaded) << c.file << ' ' << c.patch;
        EXPECT_EQ(loaded->unread.count(c.file) == 0, c.good)
            << c.file << ' ' << c.patch << '\n'
            << toString(loaded->issues).toStdString();
        EXPECT_EQ(findingsText(c.file, json).empty(), c.good) << c.file << ' ' << c.patch << '\n'
                                                              << findingsText(c.file, json);
    }
}

TEST(ProjectSchema, theCheckerPassesOverNoKeyword)
{
    const QTemporaryDir directory;
    const std::filesystem::path folder = directory.path().toStdString();
    writeText(folder / "a.schema.json", R"({"type": "array", "contains": {"const": 1}})");
    const fakes::JsonSchemas own(folder);
    EXPECT_EQ(own.findings("a.schema.json", JsonNode::array({1})),
              (std::vector<std::string>{": contains"}));
}
