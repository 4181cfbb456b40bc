// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_check.h"

#include "core/shape/table_case.h"
#include "fakes/print_to.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

ShapeModels shopModels()
{
    ShapeModels models;
    models.main = schemaOf({"id:integer", "who:text", "name:text", "price:decimal", "at:timestamp",
                            "seen:timestamptz", "day:date", "ok:boolean", "extra:json"});
    models.rowKey = {"id"};
    models.recordKey = {"who"};
    models.related = {
        {"views", schemaOf({"who:text", "sku:text", "price:decimal"}), {"who"}, {"who"}, false, {}},
        {"account", schemaOf({"who:text", "plan:text"}), {"who"}, {"who"}, true, {}}};
    return models;
}

/// "place code" of every finding, one a line.
std::string findings(const std::string& fields, const ShapeModels& models = shopModels())
{
    std::string found;
    const Shape shape = shapeOf(R"({"kind":"object","fields":[)" + fields + "]}");
    for (const ShapeFinding& finding : checkShape(shape, models)) {
        EXPECT_FALSE(finding.issue.message.isEmpty());
        found += finding.issue.place + ' ' + finding.issue.code + '\n';
    }
    return found;
}

struct CheckCase
{
    const char* field;
    const char* expected;
};

void PrintTo(const CheckCase& c, std::ostream* out)
{
    *out << c.field;
}

class ShapeChecks : public testing::TestWithParam<CheckCase>
{};

} // namespace

TEST(ShapeCheck, thePayloadItselfIsAlwaysSent)
{
    for (const WhenEmpty empty : {WhenEmpty::LeaveOut, WhenEmpty::SendNull}) {
        Shape shape = shapeOf(R"({"kind":"object","fields":[]})");
        shape.root.whenEmpty = empty;
        const auto found = checkShape(shape, shopModels());
        ASSERT_FALSE(found.empty());
        EXPECT_EQ(found.front().issue.code, "shape.root.when_empty");
        EXPECT_EQ(found.front().issue.place, "/whenEmpty");
    }
}

TEST_P(ShapeChecks, findWhatIsWrong)
{
    const std::string expected = GetParam().expected;
    EXPECT_EQ(findings(GetParam().field), expected.empty() ? "" : "/fields/0" + expected + '\n');
}

INSTANTIATE_TEST_SUITE_P(
    Shape, ShapeChecks,
    testing::Values(
        CheckCase{R"({"name":"a","kind":"column","column":"name"})", ""},
        CheckCase{R"({"name":"a","kind":"column","column":"nam"})", "/column shape.column.unknown"},
        CheckCase{R"({"kind":"column","column":"name"})", "/name shape.name.empty"},
        CheckCase{R"({"name":"a","kind":"object","fields":[]})", "/fields shape.object.empty"},
        CheckCase{R"({"name":"a","kind":"column","column":"who","model":"visits"})",
                  "/model shape.model.unknown"},
        CheckCase{R"({"name":"a","kind":"column","column":"sku","model":"views"})",
                  "/pick shape.leaf.several"},
        CheckCase{R"({"name":"a","kind":"column","column":"plan","model":"account"})", ""},
        CheckCase{R"({"name":"a","kind":"column","column":"sku","model":"views","pick":"min"})",
                  ""},
        CheckCase{R"({"name":"a","kind":"column","column":"name","pick":"first"})",
                  "/sortBy shape.pick.sort"},
        CheckCase{R"({"name":"a","kind":"column","column":"name","pick":"sum"})",
                  "/pick shape.pick.type"},
        CheckCase{R"({"name":"a","kind":"text","text":"{name}","pick":"max"})",
                  "/pick shape.pick.kind"},
        CheckCase{R"({"name":"a","kind":"column","pick":"count"})", ""},
        CheckCase{
            R"({"name":"a","kind":"column","column":"name","where":[{"column":"id","op":"=","value":1}]})",
            "/where shape.leaf.where"},
        CheckCase{R"({"name":"a","kind":"column","column":"price","functions":["lower"]})",
                  "/functions/0 shape.function.type"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"name","functions":[{"function":"date_format","pattern":"YYYY"}]})",
            "/functions/0/pattern shape.pattern"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"seen","functions":[{"function":"date_format","zone":"Nowhere"}]})",
            "/functions/0/zone shape.zone"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"at","functions":[{"function":"date_format","zone":"Europe/Berlin"}]})",
            "/functions/0 shape.zone.source"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"ok","functions":[{"function":"date_format"}]})",
            "/functions/0 shape.function.type"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"name","functions":[{"function":"regex_replace","pattern":"("}]})",
            "/functions/0/pattern shape.regex"},
        CheckCase{R"({"name":"a","kind":"column","column":"name","functions":["concat"]})",
                  "/functions/0/with shape.function.operands"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"name","functions":[{"function":"coalesce","with":[{"column":"nome"}]}]})",
            "/functions/0/with/0/column shape.column.unknown"},
        CheckCase{R"({"name":"a","kind":"column","column":"name","functions":["case"]})",
                  "/functions/0/cases shape.function.operands"},
        CheckCase{R"({"name":"a","kind":"column","column":"ok","type":"number"})",
                  "/type shape.type"},
        CheckCase{R"({"name":"a","kind":"column","column":"price","type":"date"})",
                  "/type shape.type"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"price","functions":[{"function":"number_format","grouping":","}],"type":"date"})",
            ""},
        CheckCase{
            R"({"name":"a","kind":"column","column":"price","type":"number","format":{"grouping":","}})",
            "/format shape.format.number"},
        CheckCase{R"({"name":"a","kind":"column","column":"name","format":{"decimals":1}})",
                  "/format shape.format.unused"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"price","type":"integer","whenNull":"x"})",
            "/whenNull shape.literal.type"},
        CheckCase{
            R"({"name":"a","kind":"column","column":"price","type":"integer","whenInvalid":"7"})",
            ""},
        CheckCase{R"({"name":"a","kind":"constant","value":"x","type":"integer"})",
                  "/value shape.constant.type"},
        CheckCase{R"({"name":"a","kind":"text","text":"Dear {nam}"})",
                  "/text shape.column.unknown"},
        CheckCase{R"({"name":"a","kind":"text","text":"Dear {name"})", "/text shape.text"},
        CheckCase{R"({"name":"a","kind":"list","element":[]})", "/element shape.list.element"},
        CheckCase{
            R"({"name":"a","kind":"list","element":[{"name":"x","kind":"column","column":"id"},{"name":"x","kind":"column","column":"id"}]})",
            "/element/1/name shape.name.duplicate"},
        CheckCase{
            R"({"name":"a","kind":"list","form":"values","element":[{"kind":"column","column":"id"},{"kind":"column","column":"gone"}]})",
            "/element shape.list.unused"},
        CheckCase{
            R"({"name":"a","kind":"list","limit":0,"element":[{"name":"x","kind":"column","column":"id"}]})",
            "/limit shape.list.limit"},
        CheckCase{
            R"({"name":"a","kind":"list","order":"query","element":[{"name":"x","kind":"column","column":"id"}]})",
            "/order shape.list.order"},
        CheckCase{
            R"({"name":"a","kind":"list","groupBy":["name"],"distinct":["name"],"element":[{"name":"x","kind":"column","column":"name"}]})",
            "/distinct shape.list.distinct"},
        CheckCase{
            R"({"name":"a","kind":"list","source":{"model":"account"},"element":[{"name":"x","kind":"column","column":"plan"}]})",
            " shape.list.one_row"},
        CheckCase{
            R"({"name":"a","kind":"list","element":[{"name":"x","kind":"list","element":[{"name":"y","kind":"column","column":"id"}]}]})",
            "/element/0 shape.list.one_row"},
        CheckCase{
            R"({"name":"a","kind":"list","source":{"model":"views"},"element":[{"name":"x","kind":"column","column":"id"}]})",
            "/element/0/column shape.column.unknown"},
        CheckCase{
            R"({"name":"a","kind":"list","source":{"model":"views"},"element":[{"name":"x","kind":"column","column":"name","model":"main"}]})",
            ""},
        CheckCase{
            R"({"name":"a","kind":"map","key":{"column":"extra"},"value":{"kind":"column","column":"id"}})",
            "/key/column shape.list.key"},
        CheckCase{
            R"({"name":"a","kind":"map","key":{"column":"name"},"repeatedKeys":"last_by_sort","value":{"kind":"column","column":"id"}})",
            "/repeatedKeys shape.list.last"},
        CheckCase{
            R"({"name":"a","kind":"list","where":[{"column":"price","op":">","value":"much"}],"element":[{"name":"x","kind":"column","column":"id"}]})",
            "/where/0/value shape.condition.type"},
        CheckCase{
            R"({"name":"a","kind":"list","where":{"any":[{"column":"day","op":"in","value":["2026-01-01","soon"]}]},"element":[{"name":"x","kind":"column","column":"id"}]})",
            "/where/any/0/value/1 shape.condition.type"},
        CheckCase{
            R"({"name":"a","kind":"list","where":[{"column":"name","op":"=","value":null}],"element":[{"name":"x","kind":"column","column":"id"}]})",
            "/where/0/value shape.condition.null"},
        CheckCase{
            R"({"name":"a","kind":"list","where":[{"column":"price","op":"contains","value":"1"}],"element":[{"name":"x","kind":"column","column":"id"}]})",
            "/where/0/op shape.condition.type"}));

TEST(ShapeCheck, reportsEverythingAtOnceWithTheNode)
{
    const Shape shape = shapeOf(R"({"kind":"object","fields":[
        {"name":"a","kind":"column","column":"x"},{"name":"a","kind":"column","column":"nmae"}]})");
    const auto found = checkShape(shape, shopModels(), "/shape");
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].issue.place, "/shape/fields/1/name");
    EXPECT_EQ(found[1].issue.place, "/shape/fields/0/column");
    EXPECT_EQ(found[2].issue.place, "/shape/fields/1/column");
    EXPECT_EQ(found[2].node, shape.root.children[1].id);
    EXPECT_TRUE(found[2].issue.remedy.contains(QStringLiteral("name")));
}

TEST(ShapeCheck, listsAndPicksNeedRowsThatVary)
{
    ShapeModels models = shopModels();
    models.recordKey = {"id"};
    EXPECT_EQ(
        findings(
            R"({"name":"a","kind":"list","element":[{"name":"x","kind":"column","column":"id"}]},
        {"name":"b","kind":"column","column":"price","pick":"sum"})",
            models),
        "/fields/0 shape.list.one_row\n/fields/1/pick shape.pick.one_row\n");
}

TEST(ShapeCheck, joinsMustFit)
{
    ShapeModels models = shopModels();
    models.related[0].mainColumns = {"id"};
    models.related[1].columns = {"who", "plan"};
    EXPECT_EQ(findings(R"({"name":"a","kind":"column","column":"id"})", models),
              " shape.join.type\n shape.join.columns\n");
}

TEST(ShapeCheck, aKeyThatIsMissingIsNamed)
{
    for (const NodeKind kind : {NodeKind::Map, NodeKind::List}) {
        Shape shape = shapeOf(R"({"kind":"object","fields":[
            {"name":"a","kind":"map","key":{"column":"name"},
             "value":{"kind":"column","column":"id"}}]})");
        Node& node = shape.root.children.front();
        node.kind = kind;
        node.list.form = ListForm::DictionaryByKey;
        node.children.front().name = kind == NodeKind::Map ? "" : "v";
        EXPECT_TRUE(issuesOf(checkShape(shape, shopModels())).empty());
        node.list.key.column.clear();
        const Issues issues = issuesOf(checkShape(shape, shopModels()));
        ASSERT_EQ(issues.size(), 1u);
        EXPECT_EQ(issues.front().code, "shape.list.key");
        EXPECT_EQ(issues.front().place, "/fields/0/key");
    }
}

TEST(ShapeCheck, depthIsLimited)
{
    Shape shape;
    Node* node = &shape.root;
    for (int i = 0; i < 30; ++i) {
        node->children.emplace_back();
        node = &node->children.back();
        node->name = "x";
    }
    node->kind = NodeKind::Constant;
    const Issues issues = issuesOf(checkShape(shape, shopModels()));
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues.front().code, "shape.depth");
}

TEST(ShapeCheck, aShapeWithErrorsDoesNotCompile)
{
    const auto program = ShapeProgram::compile(
        shapeOf(R"({"kind":"object","fields":[{"name":"a","kind":"column","column":"x"}]})"),
        shopModels());
    ASSERT_FALSE(program);
    EXPECT_EQ(program.error().code, "shape.check");
    EXPECT_EQ(program.error().kind, ErrorKind::Config);
}
