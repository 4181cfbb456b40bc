// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/validation.h"

#include "core/project/project_fixture.h"
#include "fakes/fake_random.h"
#include "fakes/print_to.h"
#include "project/project_folder.h"
#include "project/sample_project.h"
#include "shape/shape_json.h"

#include <QTemporaryDir>
#include <functional>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::project;
using namespace headgate::project::test;

namespace {

const connector::SpecLibrary& builtIn()
{
    static const connector::SpecLibrary library = connector::SpecLibrary::builtIn();
    return library;
}

shape::Shape shapeOf(const char* json)
{
    Issues issues;
    auto shape = shape::shapeFromJson(data::JsonNode::parse(json), "", issues);
    EXPECT_TRUE(shape) << toString(issues).toStdString();
    return shape ? std::move(*shape) : shape::Shape();
}

/// One row per view, delivered as a list per customer to Iterable.
Project validProject()
{
    Project project;
    project.id = "aaaaaaaaaaaaaaaa";
    project.targets.push_back({"development", "Development"});
    project.targets.push_back({"production", "Production"});
    SourceDefinition source;
    source.slug = "shop";
    source.warehouse = "sqlite";
    source.settings.common.fields["file"] = "shop.sqlite";
    project.sources.push_back(source);
    DestinationDefinition destination;
    destination.slug = "mail";
    destination.connector = "iterable";
    destination.settings.common.fields = {{"project", "Shop"}, {"region", "eu"}};
    destination.settings.common.secrets = {{"apiKey", "env:ITERABLE_KEY"}};
    project.destinations.push_back(destination);
    ModelDefinition views;
    views.slug = "views";
    views.source = "shop";
    views.sql = "select * from views";
    views.rowKey = {"view_id"};
    views.eventTime = "viewed_at";
    project.models.push_back(views);
    ModelDefinition products = views;
    products.slug = "products";
    products.rowKey = {"product_id"};
    products.eventTime.clear();
    project.models.push_back(products);
    SyncDefinition sync;
    sync.slug = "viewed";
    sync.model = "views";
    RelatedModel product;
    product.name = "product";
    product.model = "products";
    product.kind = RelatedKind::ToOne;
    product.join.push_back({"product_id", "product_id"});
    sync.related.push_back(product);
    sync.recordKey = {"customer_id"};
    sync.destination = "mail";
    sync.object = "user";
    sync.matching.column = "email";
    sync.matching.field = "email";
    sync.shape = shapeOf(R"({"kind": "object", "fields": [
        {"name": "lastName", "kind": "column", "column": "last_name"},
        {"name": "viewed", "kind": "list", "form": "dictionaries", "element": [
            {"name": "at", "kind": "column", "column": "viewed_at"}]}]})");
    project.syncs.push_back(sync);
    return project;
}

data::Schema schemaOf(std::initializer_list<const char*> names)
{
    data::Schema schema;
    for (const char* name : names)
        schema.columns.push_back({name, data::ValueKind::Text, "text", ""});
    return schema;
}

ValidationKnowledge withColumns()
{
    return {builtIn(),
            {{"views", schemaOf({"view_id", "customer_id", "email", "last_name", "product_id",
                                 "viewed_at"})},
             {"products", schemaOf({"product_id", "name"})}}};
}

/// "severity code place" of each finding.
std::string summary(const Issues& issues)
{
    std::string text;
    for (const Issue& issue : issues)
        text += (issue.severity == Severity::Error ? "error " : "warning ") + issue.code + ' ' +
                issue.place + '\n';
    return text;
}

struct Case
{
    const char* expected; ///< one line of summary(), or ""
    std::function<void(Project&)> change;
};

void expectEach(const std::vector<Case>& cases, const ValidationKnowledge& knowledge)
{
    for (const Case& c : cases) {
        Project project = validProject();
        c.change(project);
        const Issues issues = validate(project, "development", knowledge);
        const std::string expected = *c.expected ? c.expected + std::string("\n") : std::string();
        EXPECT_EQ(summary(issues), expected) << toString(issues).toStdString();
        for (const Issue& issue : issues)
            EXPECT_FALSE(issue.message.isEmpty()) << issue.code;
    }
}

} // namespace

TEST(Validation, aRightProjectHasNoFindings)
{
    EXPECT_EQ(summary(validate(validProject(), "development", {builtIn()})), "");
    EXPECT_EQ(summary(validate(validProject(), "production", withColumns())), "");
}

TEST(Validation, accountsAreCheckedAgainstTheirForms)
{
    expectEach(
        {
            {"error project.warehouse.unknown sources/shop.json#/warehouse",
             [](Project& p) { p.sources[0].warehouse = "oracle8"; }},
            {"error project.field.missing sources/shop.json#/fields",
             [](Project& p) { p.sources[0].settings.common.fields.clear(); }},
            {"error project.field.unknown sources/shop.json#/fields/flie",
             [](Project& p) { p.sources[0].settings.common.fields["flie"] = "x"; }},
            {"warning project.target.unknown sources/shop.json#/targets/staging",
             [](Project& p) { p.sources[0].settings.targets["staging"].fields["file"] = "x"; }},
            {"error project.connector.unknown destinations/mail.json#/connector",
             [](Project& p) { p.destinations[0].connector = "nobody"; }},
            {"error connector.account.missing destinations/mail.json#/fields/project",
             [](Project& p) { p.destinations[0].settings.common.fields.erase("project"); }},
            {"error connector.account.value destinations/mail.json#/fields/region",
             [](Project& p) { p.destinations[0].settings.common.fields["region"] = "mars"; }},
            {"error connector.account.value "
             "destinations/mail.json#/targets/development/fields/region",
             [](Project& p) {
                 p.destinations[0].settings.targets["development"].fields["region"] = "mars";
             }},
            {"",
             [](Project& p) {
                 p.destinations[0].settings.targets["production"].fields["region"] = "mars";
             }},
            {"error connector.secret.missing destinations/mail.json#/secrets/apiKey",
             [](Project& p) { p.destinations[0].settings.common.secrets.clear(); }},
        },
        {builtIn()});
}

TEST(Validation, aSecretInClearIsNamedWithoutItsValue)
{
    const char* secret = "sk_live_51Habcdef";
    Project project = validProject();
    project.destinations[0].settings.common.secrets["apiKey"] = secret;
    const Issues reference = validate(project, "development", {builtIn()});
    EXPECT_EQ(summary(reference),
              "error project.secret.plain destinations/mail.json#/secrets/apiKey\n");
    EXPECT_FALSE(toString(reference).contains(QString::fromUtf8(secret)));

    project.destinations[0].settings.common.secrets["apiKey"] = "env:KEY";
    project.destinations[0].settings.common.fields["apiKey"] = secret;
    const Issues field = validate(project, "development", {builtIn()});
    EXPECT_EQ(summary(field),
              "error connector.account.plain_secret destinations/mail.json#/fields/apiKey\n");
    EXPECT_FALSE(toString(field).contains(QString::fromUtf8(secret)));
}

TEST(Validation, credentialsGoToTheConnectorsServerOrStayOnThisMachine)
{
    for (const char* url : {"http://127.0.0.1:8825", "http://localhost:1/x", "http://[::1]:80"}) {
        Project project = validProject();
        project.destinations[0].settings.common.baseUrl = url;
        EXPECT_EQ(summary(validate(project, "development", {builtIn()})), "") << url;
    }
    for (const char* url :
         {"https://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1@evil.example",
          "http://evil.example#127.0.0.1", "ftp://127.0.0.1", "127.0.0.1", "http://localhost.evil",
          "http://user:pass@127.0.0.1", "http://0.0.0.0:1", "javascript:alert(1)"}) {
        Project project = validProject();
        project.destinations[0].settings.targets["development"].baseUrl = url;
        EXPECT_EQ(summary(validate(project, "development", {builtIn()})),
                  "error project.base_url destinations/mail.json#/targets/development/baseUrl\n")
            << url;
    }
}

TEST(Validation, namesThatPointNowhereAreErrors)
{
    expectEach({{"error project.source.unknown models/products.json#/source",
                 [](Project& p) { p.models[1].source = "gone"; }},
                {"error project.model.unknown syncs/viewed.json#/model",
                 [](Project& p) { p.syncs[0].model = "gone"; }},
                {"error project.model.unknown syncs/viewed.json#/related/0/model",
                 [](Project& p) { p.syncs[0].related[0].model = "gone"; }},
                {"error project.destination.unknown syncs/viewed.json#/destination",
                 [](Project& p) { p.syncs[0].destination = "gone"; }},
                {"error project.object.unknown syncs/viewed.json#/object",
                 [](Project& p) { p.syncs[0].object = "planet"; }},
                {"error project.object.missing syncs/viewed.json#/object",
                 [](Project& p) { p.syncs[0].object.clear(); }}},
               {builtIn()});
    EXPECT_EQ(summary(validate(validProject(), "staging", {builtIn()})),
              "error project.target.unknown headgate.json#/targets\n");
}

TEST(Validation, modelsNeedKeysAndKnownZones)
{
    expectEach({{"error project.row_key.missing models/products.json#/rowKey",
                 [](Project& p) { p.models[1].rowKey.clear(); }},
                {"error project.zone.unknown models/views.json#/zone",
                 [](Project& p) { p.models[0].zone = "Europe/Atlantis"; }},
                {"", [](Project& p) { p.models[0].zone = "Europe/Berlin"; }},
                {"error project.parameter.since models/views.json#/parameters/since",
                 [](Project& p) {
                     p.models[0].parameters["since"] = {data::ValueKind::Text, "x"};
                 }},
                {"error project.cursor.missing models/views.json#",
                 [](Project& p) { p.models[0].sql = "select 1 where a >= :since"; }}},
               {builtIn()});
}

TEST(Validation, joinsAndKeysMustSayWhatBelongsTogether)
{
    expectEach(
        {{"error project.record_key.missing syncs/viewed.json#/recordKey",
          [](Project& p) { p.syncs[0].recordKey.clear(); }},
         {"error project.join.missing syncs/viewed.json#/related/0/join",
          [](Project& p) { p.syncs[0].related[0].join.clear(); }},
         {"error project.related.name syncs/viewed.json#/related/0/name",
          [](Project& p) { p.syncs[0].related[0].name = "main"; }},
         {"warning project.record_key.grain syncs/viewed.json#/recordKey",
          [](Project& p) {
              p.syncs[0].shape = shapeOf(
                  R"({"kind": "object", "fields": [{"name": "a", "kind": "column", "column": "last_name"}]})");
          }},
         {"",
          [](Project& p) {
              p.syncs[0].recordKey = {"view_id"};
              p.syncs[0].shape = shapeOf(
                  R"({"kind": "object", "fields": [{"name": "a", "kind": "column", "column": "last_name"}]})");
          }},
         {"error project.related.missing syncs/viewed.json#/shape",
          [](Project& p) {
              p.syncs[0].recordKey = {"view_id"};
              p.syncs[0].shape = shapeOf(
                  R"({"kind": "object", "fields": [{"name": "a", "kind": "column", "column": "name", "model": "nobody"}]})");
          }}},
        {builtIn()});
}

TEST(Validation, modesAreWhatTheConnectorCanDo)
{
    for (const SyncMode mode :
         {SyncMode::Update, SyncMode::Insert, SyncMode::Replace, SyncMode::Append}) {
        Project project = validProject();
        project.syncs[0].mode = mode;
        const Issues issues = validate(project, "development", {builtIn()});
        EXPECT_EQ(summary(issues), "error project.mode.unsupported syncs/viewed.json#/mode\n")
            << name(mode);
        EXPECT_TRUE(issues[0].remedy.contains(QStringLiteral("upsert, mirror, delete")))
            << issues[0].remedy.toStdString();
    }
    expectEach({{"", [](Project& p) { p.syncs[0].mode = SyncMode::Delete; }},
                {"warning project.delete_behaviour.nothing syncs/viewed.json#/mode",
                 [](Project& p) { p.syncs[0].mode = SyncMode::Mirror; }},
                {"",
                 [](Project& p) {
                     p.syncs[0].mode = SyncMode::Mirror;
                     p.syncs[0].deleteBehaviour = DeleteBehaviour::Clear;
                 }},
                {"error project.delete_behaviour.unsupported syncs/viewed.json#/deleteBehaviour",
                 [](Project& p) {
                     p.syncs[0].mode = SyncMode::Mirror;
                     p.syncs[0].deleteBehaviour = DeleteBehaviour::Archive;
                 }},
                {"warning project.delete_behaviour.unused syncs/viewed.json#/deleteBehaviour",
                 [](Project& p) { p.syncs[0].deleteBehaviour = DeleteBehaviour::Clear; }},
                {"warning project.batch.limit syncs/viewed.json#/batch/records",
                 [](Project& p) { p.syncs[0].batch.records = 5000; }}},
               {builtIn()});
}

TEST(Validation, aCursorIsRefusedWhereTheWholeModelIsNeeded)
{
    for (const SyncMode mode :
         {SyncMode::Upsert, SyncMode::Insert, SyncMode::Append, SyncMode::Update, SyncMode::Mirror,
          SyncMode::Replace, SyncMode::Delete}) {
        Project project = validProject();
        project.models[0].cursor = ModelCursor{"viewed_at", 60};
        project.syncs[0].mode = mode;
        const std::string found = summary(validate(project, "development", {builtIn()}));
        const bool refused =
            found.find("error project.cursor.mode syncs/viewed.json#/mode") != std::string::npos;
        const bool allowed =
            mode == SyncMode::Upsert || mode == SyncMode::Insert || mode == SyncMode::Append;
        EXPECT_EQ(refused, !allowed) << name(mode) << '\n' << found;
    }
}

TEST(Validation, matchingNeedsOneValueAndAFieldOfTheConnector)
{
    expectEach({{"error project.matching.field syncs/viewed.json#/matching",
                 [](Project& p) { p.syncs[0].matching.field.clear(); }},
                {"error project.matching.value syncs/viewed.json#/matching",
                 [](Project& p) { p.syncs[0].matching.column.clear(); }},
                {"error project.matching.value syncs/viewed.json#/matching",
                 [](Project& p) { p.syncs[0].matching.leaf = "/lastName"; }},
                {"",
                 [](Project& p) {
                     p.syncs[0].matching.column.clear();
                     p.syncs[0].matching.leaf = "/lastName";
                 }},
                {"error project.matching.leaf syncs/viewed.json#/matching/leaf",
                 [](Project& p) {
                     p.syncs[0].matching.column.clear();
                     p.syncs[0].matching.leaf = "/viewed/*/at";
                 }}},
               {builtIn()});
    Project project = validProject();
    project.syncs[0].matching.field = "shoeSize";
    EXPECT_NE(summary(validate(project, "development", {builtIn()}))
                  .find("error project.matching.field syncs/viewed.json#/matching/field\n"),
              std::string::npos);
}

TEST(Validation, objectOptionsAndNullPoliciesAreTheConnectorsToAllow)
{
    expectEach({{"error connector.account.missing syncs/viewed.json#/objectOptions/listId",
                 [](Project& p) { p.syncs[0].object = "list_member"; }},
                {"",
                 [](Project& p) {
                     p.syncs[0].object = "list_member";
                     p.syncs[0].objectOptions["listId"] = "42";
                 }},
                {"error connector.account.unknown syncs/viewed.json#/objectOptions/colour",
                 [](Project& p) { p.syncs[0].objectOptions["colour"] = "red"; }},
                {"error project.set_if_empty syncs/viewed.json#/shape",
                 [](Project& p) {
                     p.syncs[0].shape->root.children[0].leaf.nulls = shape::NullPolicy::SetIfEmpty;
                 }}},
               {builtIn()});
}

TEST(Validation, columnsAreCheckedWhereTheyAreKnown)
{
    expectEach({{"error project.column.unknown models/views.json#/rowKey/0",
                 [](Project& p) { p.models[0].rowKey = {"gone"}; }},
                {"error project.column.unknown models/views.json#/eventTime",
                 [](Project& p) { p.models[0].eventTime = "gone"; }},
                {"warning project.column.unknown models/views.json#/columns/gone",
                 [](Project& p) { p.models[0].columns["gone"] = "x"; }},
                {"error project.column.unknown syncs/viewed.json#/matching/column",
                 [](Project& p) { p.syncs[0].matching.column = "gone"; }}},
               withColumns());
    Project project = validProject();
    project.syncs[0].shape->root.children[0].leaf.column = "gone";
    const Issues issues = validate(project, "development", withColumns());
    ASSERT_EQ(issues.size(), 1u) << summary(issues);
    EXPECT_EQ(issues[0].place.find("syncs/viewed.json#/shape/fields/0"), 0u) << issues[0].place;
}

TEST(Validation, anotherSyncsMistakesDoNotKeepOneFromRunning)
{
    Project project = validProject();
    SyncDefinition broken = project.syncs[0];
    broken.slug = "broken";
    broken.model = "gone";
    project.syncs.push_back(broken);
    EXPECT_TRUE(hasErrors(validate(project, "development", {builtIn()})));
    EXPECT_EQ(summary(validateSync(project, "development", "viewed", {builtIn()})), "");
    EXPECT_TRUE(hasErrors(validateSync(project, "development", "broken", {builtIn()})));
    EXPECT_EQ(summary(validateSync(project, "development", "nobody", {builtIn()})),
              "error project.sync.unknown syncs/nobody.json\n");
}

TEST(Validation, theSampleLeavesOneSyncToShape)
{
    const QTemporaryDir directory;
    const std::filesystem::path root = directory.path().toStdString();
    fakes::FakeRandom random(1);
    ASSERT_TRUE(createSample(root, random));
    const auto loaded = ProjectFolder(root).load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(summary(validate(loaded->project, "development", {builtIn()})),
              "warning project.sync.unshaped syncs/orders.json#\n");
    EXPECT_EQ(summary(validateSync(loaded->project, "development", "recently-viewed", {builtIn()})),
              "");
}
