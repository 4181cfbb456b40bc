// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/edit_case.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

class ShapeEdits : public testing::TestWithParam<EditCase>
{};

} // namespace

TEST_P(ShapeEdits, areDoneOrRefused)
{
    GetParam().check();
}

INSTANTIATE_TEST_SUITE_P(
    Columns, ShapeEdits,
    testing::Values(
        EditCase{"keyColumnOntoObject", email,
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/", 0), {{}, "who"});
                 },
                 std::string(who) + ',' + email, "/who"},
        EditCase{
            "nameIsMadeUnique", object("o", who),
            [](const Editing& at) {
                return addColumn(at.shape, editModels(), at.in("/o"), {{}, "who"});
            },
            object("o", std::string(who) + R"(,{"name":"who_2","kind":"column","column":"who"})"),
            "/o/who_2"},
        EditCase{"varyingColumnAsks",
                 who,
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {{}, "price"});
                 },
                 "several",
                 {}},
        EditCase{"varyingRelatedColumnAsks",
                 who,
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"views", "sku"});
                 },
                 "several",
                 {}},
        EditCase{
            "rowsThatAgree", who,
            [](const Editing& at) {
                return addColumn(at.shape, editModels(), at.in("/"), {{}, "email"}, Several::Same);
            },
            std::string(who) + ',' + email, "/email"},
        EditCase{"toManyRowsNeverAgree",
                 who,
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"views", "sku"},
                                      Several::Same);
                 },
                 "same",
                 {}},
        EditCase{"listOfValues", who,
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"views", "sku"},
                                      Several::List);
                 },
                 std::string(who) + R"(,{"name":"sku","kind":"list","form":"values",)" +
                     newestViews + R"("element":[{"name":"sku","kind":"column","column":"sku"}]})",
                 "/sku"},
        EditCase{"firstByEventTime", "",
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"views", "sku"},
                                      Several::First);
                 },
                 R"({"name":"sku","kind":"column","column":"sku","model":"views","pick":"first",
                     "sortBy":[{"column":"at","descending":true}]})",
                 "/sku"},
        EditCase{
            "firstByRowKey", "",
            [](const Editing& at) {
                return addColumn(at.shape, editModels(), at.in("/"), {{}, "email"}, Several::First);
            },
            R"({"name":"email","kind":"column","column":"email","pick":"first",
                     "sortBy":[{"column":"id","descending":true}]})",
            "/email"},
        EditCase{"count", "",
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"views", "sku"},
                                      Several::Count);
                 },
                 R"({"name":"sku_count","kind":"column","column":"sku","model":"views",
                     "pick":"count"})",
                 "/sku_count"},
        EditCase{"sum", "",
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"views", "cost"},
                                      Several::Sum);
                 },
                 R"({"name":"cost","kind":"column","column":"cost","model":"views","pick":"sum"})",
                 "/cost"},
        EditCase{"textIsNotSummedUp",
                 "",
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"views", "sku"},
                                      Several::Sum);
                 },
                 "sum",
                 {}},
        EditCase{"lookUp", "",
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"account", "plan"});
                 },
                 R"({"name":"plan","kind":"column","column":"plan","model":"account"})", "/plan"},
        EditCase{"ontoList", views(column("sku")),
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/views"), {"views", "cost"});
                 },
                 views(column("sku") + ',' + column("cost")), "/views/*/cost"},
        EditCase{"keyColumnOntoListOfAnother", views(column("sku")),
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/views"), {{}, "who"});
                 },
                 views(column("sku") +
                       R"(,{"name":"who","kind":"column","column":"who","model":"main"})"),
                 "/views/*/who"},
        EditCase{"groupsVary",
                 views(column("sku"), R"("groupBy":["sku"],)"),
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/views"), {"views", "cost"});
                 },
                 "several",
                 {}},
        EditCase{"groupColumnsDoNot", views(column("at"), R"("groupBy":["sku"],)"),
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/views", 0), {"views", "sku"});
                 },
                 views(column("sku") + ',' + column("at"), R"("groupBy":["sku"],)"),
                 "/views/*/sku"},
        EditCase{"emptyListTakesTheModel",
                 R"({"name":"seen","kind":"list","form":"dictionaries","element":[]})",
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/seen"), {"views", "sku"});
                 },
                 std::string(R"({"name":"seen","kind":"list","form":"dictionaries",)") +
                     newestViews + R"("element":[)" + column("sku") + "]}",
                 "/seen/*/sku"},
        EditCase{"boundListKeepsItsModel",
                 R"({"name":"seen","kind":"list","form":"dictionaries","element":[)" +
                     std::string(email) + "]}",
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/seen"), {"views", "sku"});
                 },
                 "several",
                 {}},
        EditCase{"ontoAValue",
                 who,
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/who"), {{}, "who"});
                 },
                 "target",
                 {}},
        EditCase{"secondValueOfAList",
                 R"({"name":"l","kind":"list","form":"values","element":[)" + column("id") + "]}",
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/l"), {{}, "price"});
                 },
                 "values",
                 {}},
        EditCase{"unknownColumn",
                 who,
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), at.in("/"), {"views", "gone"});
                 },
                 "column",
                 {}},
        EditCase{"unknownPlace",
                 who,
                 [](const Editing& at) {
                     return addColumn(at.shape, editModels(), {999, 0}, {{}, "who"});
                 },
                 "gone",
                 {}}));

INSTANTIATE_TEST_SUITE_P(
    SeveralColumns, ShapeEdits,
    testing::Values(
        EditCase{"fields", email,
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/", 0),
                                       {{{}, "who"}, {"account", "plan"}}, ColumnsAs::Fields);
                 },
                 std::string(who) +
                     R"(,{"name":"plan","kind":"column","column":"plan","model":"account"},)" +
                     email,
                 "/who"},
        EditCase{"fieldsThatVaryAsk",
                 email,
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/"),
                                       {{{}, "who"}, {{}, "price"}}, ColumnsAs::Fields);
                 },
                 "several",
                 {}},
        EditCase{
            "fieldsThatVary", "",
            [](const Editing& at) {
                return addColumns(at.shape, editModels(), at.in("/"), {{{}, "who"}, {{}, "price"}},
                                  ColumnsAs::Fields, Several::Max);
            },
            std::string(who) + R"(,{"name":"price","kind":"column","column":"price","pick":"max"})",
            "/who"},
        EditCase{"dictionaries", email,
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/"),
                                       {{"views", "sku"}, {"views", "cost"}, {{}, "who"}},
                                       ColumnsAs::Dictionaries);
                 },
                 std::string(email) + R"(,{"name":"views","kind":"list","form":"dictionaries",)" +
                     newestViews + R"("element":[)" + column("sku") + ',' + column("cost") +
                     R"(,{"name":"who","kind":"column","column":"who","model":"main"}]})",
                 "/views"},
        EditCase{"dictionaryOfLists", "",
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/"),
                                       {{{}, "id"}, {{}, "price"}}, ColumnsAs::DictionaryOfLists);
                 },
                 R"({"name":"items","kind":"list","form":"dictionary_of_lists","element":[)" +
                     column("id") + ',' + column("price") + "]}",
                 "/items"},
        EditCase{"values", "",
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/"), {{"orders", "no"}},
                                       ColumnsAs::Values);
                 },
                 R"({"name":"no","kind":"list","form":"values","source":{"model":"orders"},
                     "element":[)" +
                     column("no") + "]}",
                 "/no"},
        EditCase{"dictionaryByKey", "",
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/"),
                                       {{"views", "sku"}, {"views", "cost"}},
                                       ColumnsAs::DictionaryByKey);
                 },
                 std::string(R"({"name":"views","kind":"list","form":"dictionary_by_key",)") +
                     newestViews + R"("key":{"column":"sku"},"element":[)" + column("cost") + "]}",
                 "/views"},
        EditCase{"jsonIsNoKey",
                 "",
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/"),
                                       {{"views", "extra"}, {"views", "cost"}},
                                       ColumnsAs::DictionaryByKey);
                 },
                 "key",
                 {}},
        EditCase{"twoModels",
                 "",
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/"),
                                       {{"views", "sku"}, {"orders", "no"}},
                                       ColumnsAs::Dictionaries);
                 },
                 "models",
                 {}},
        EditCase{"none",
                 "",
                 [](const Editing& at) {
                     return addColumns(at.shape, editModels(), at.in("/"), {},
                                       ColumnsAs::Dictionaries);
                 },
                 "nothing",
                 {}}));

INSTANTIATE_TEST_SUITE_P(
    Binding, ShapeEdits,
    testing::Values(
        EditCase{"keepsNameFunctionsAndPolicies",
                 R"({"name":"a","kind":"column","column":"who","functions":["trim"],"type":"text",
                     "whenNull":"-","nulls":"leave_out"})",
                 [](const Editing& at) {
                     return bindColumn(at.shape, editModels(), at.at("/a"), {"account", "plan"});
                 },
                 R"({"name":"a","kind":"column","column":"plan","model":"account",
                     "functions":["trim"],"type":"text","whenNull":"-","nulls":"leave_out"})",
                 "/a"},
        EditCase{"constantBecomesColumn", R"({"name":"a","kind":"constant","value":1})",
                 [](const Editing& at) {
                     return bindColumn(at.shape, editModels(), at.at("/a"), {{}, "who"});
                 },
                 R"({"name":"a","kind":"column","column":"who"})", "/a"},
        EditCase{
            "jsonStaysJson", R"({"name":"a","kind":"json","value":{"b":1}})",
            [](const Editing& at) {
                return bindColumn(at.shape, editModels(), at.at("/a"), {{}, "doc"}, Several::Same);
            },
            R"({"name":"a","kind":"json","column":"doc"})", "/a"},
        EditCase{"pickStaysWithTheModel",
                 R"({"name":"a","kind":"column","column":"sku","model":"views","pick":"last",
                     "sortBy":[{"column":"cost"}]})",
                 [](const Editing& at) {
                     return bindColumn(at.shape, editModels(), at.at("/a"), {"views", "cost"});
                 },
                 R"({"name":"a","kind":"column","column":"cost","model":"views","pick":"last",
                     "sortBy":[{"column":"cost"}]})",
                 "/a"},
        EditCase{"pickGoesWithTheModel",
                 R"({"name":"a","kind":"column","column":"sku","model":"views","pick":"last",
                     "sortBy":[{"column":"cost"}]})",
                 [](const Editing& at) {
                     return bindColumn(at.shape, editModels(), at.at("/a"), {{}, "who"});
                 },
                 R"({"name":"a","kind":"column","column":"who"})", "/a"},
        EditCase{
            "listOfIt", R"({"name":"a","kind":"column","functions":["trim"]})",
            [](const Editing& at) {
                return bindColumn(at.shape, editModels(), at.at("/a"), {"views", "sku"},
                                  Several::List);
            },
            std::string(R"({"name":"a","kind":"list","form":"values",)") + newestViews +
                R"("element":[{"name":"a","kind":"column","column":"sku","functions":["trim"]}]})",
            "/a"},
        EditCase{"varyingAsks",
                 R"({"name":"a","kind":"column"})",
                 [](const Editing& at) {
                     return bindColumn(at.shape, editModels(), at.at("/a"), {"views", "sku"});
                 },
                 "several",
                 {}},
        EditCase{"unboundListTakesTheModel",
                 R"({"name":"l","kind":"list","form":"dictionaries","element":[
                     {"name":"a","kind":"column"},{"name":"b","kind":"column"}]})",
                 [](const Editing& at) {
                     return bindColumn(at.shape, editModels(), at.at("/l/*/b"), {"views", "sku"});
                 },
                 std::string(R"({"name":"l","kind":"list","form":"dictionaries",)") + newestViews +
                     R"("element":[{"name":"a","kind":"column"},
                                   {"name":"b","kind":"column","column":"sku"}]})",
                 "/l/*/b"},
        EditCase{"objectIsNotBound",
                 object("o", who),
                 [](const Editing& at) {
                     return bindColumn(at.shape, editModels(), at.at("/o"), {{}, "who"});
                 },
                 "leaf",
                 {}}));

INSTANTIATE_TEST_SUITE_P(
    Fields, ShapeEdits,
    testing::Values(
        EditCase{"unbound", who,
                 [](const Editing& at) {
                     return addField(at.shape, at.in("/", 0), "who", NodeKind::Column);
                 },
                 R"({"name":"who_2","kind":"column"},)" + std::string(who), "/who_2"},
        EditCase{
            "map", "",
            [](const Editing& at) { return addField(at.shape, at.in("/"), "m", NodeKind::Map); },
            R"({"name":"m","kind":"map","key":{"column":""},"value":{"kind":"column"}})", "/m"},
        EditCase{"constant", "",
                 [](const Editing& at) {
                     return addField(at.shape, at.in("/"), "c", NodeKind::Constant);
                 },
                 R"({"name":"c","kind":"constant","value":""})", "/c"},
        EditCase{
            "text", "",
            [](const Editing& at) { return addField(at.shape, at.in("/"), "t", NodeKind::Text); },
            R"({"name":"t","kind":"text","text":""})", "/t"},
        EditCase{
            "json", "",
            [](const Editing& at) { return addField(at.shape, at.in("/"), "j", NodeKind::Json); },
            R"({"name":"j","kind":"json","value":{}})", "/j"},
        EditCase{
            "list", "",
            [](const Editing& at) { return addField(at.shape, at.in("/"), "l", NodeKind::List); },
            R"({"name":"l","kind":"list","form":"dictionaries","element":[]})", "/l"},
        EditCase{
            "noName",
            "",
            [](const Editing& at) { return addField(at.shape, at.in("/"), "", NodeKind::Object); },
            "name.empty",
            {}},
        EditCase{
            "inAMap",
            R"({"name":"m","kind":"map","key":{"column":"who"},"value":{"kind":"column","column":"id"}})",
            [](const Editing& at) {
                return addField(at.shape, at.in("/m"), "x", NodeKind::Column);
            },
            "map",
            {}},
        EditCase{"rename", who,
                 [](const Editing& at) { return renameNode(at.shape, at.at("/who"), "customer"); },
                 R"({"name":"customer","kind":"column","column":"who"})", "/customer"},
        EditCase{"renameToItself", who,
                 [](const Editing& at) { return renameNode(at.shape, at.at("/who"), "who"); }, who,
                 "/who"},
        EditCase{"renameToTaken",
                 std::string(who) + ',' + email,
                 [](const Editing& at) { return renameNode(at.shape, at.at("/who"), "email"); },
                 "name.taken",
                 {}},
        EditCase{"renameToNothing",
                 who,
                 [](const Editing& at) { return renameNode(at.shape, at.at("/who"), ""); },
                 "name.empty",
                 {}},
        EditCase{"renameTheRoot",
                 who,
                 [](const Editing& at) { return renameNode(at.shape, at.at("/"), "x"); },
                 "root",
                 {}},
        EditCase{"remove", std::string(who) + ',' + email + ',' + object("o", who),
                 [](const Editing& at) {
                     return removeNodes(at.shape, {at.at("/o/who"), at.at("/who"), at.at("/o")});
                 },
                 email, "/email"},
        EditCase{"removeTheLast", std::string(who) + ',' + email,
                 [](const Editing& at) { return removeNodes(at.shape, {at.at("/email")}); }, who,
                 "/who"},
        EditCase{"removeTheOnly", who,
                 [](const Editing& at) { return removeNodes(at.shape, {at.at("/who")}); }, "", "/"},
        EditCase{"removeTheRoot",
                 who,
                 [](const Editing& at) { return removeNodes(at.shape, {at.at("/")}); },
                 "root",
                 {}},
        EditCase{
            "removeAMapsValue",
            R"({"name":"m","kind":"map","key":{"column":"who"},"value":{"kind":"column","column":"id"}})",
            [](const Editing& at) { return removeNodes(at.shape, {at.at("/m/*")}); },
            "map_value",
            {}},
        EditCase{"removeNothing",
                 who,
                 [](const Editing& at) { return removeNodes(at.shape, {}); },
                 "nothing",
                 {}}));

TEST(ShapeEdit, pastedLeavesHoldTheExample)
{
    const auto pasted = pasteJson(Shape{}, 0, R"({"a":"x","n":[2]})");
    ASSERT_TRUE(pasted);
    EXPECT_EQ(pasted->shape.root.children[0].leaf.value, "x");
    EXPECT_EQ(pasted->shape.root.children[1].children[0].leaf.value, 2);
    EXPECT_TRUE(pasted->shape.root.children[0].isUnbound());
}

TEST(ShapeEdit, cardinalityFollowsKeysAndJoins)
{
    const Shape shape = shapeOf(R"({"kind":"object","fields":[)" + views(column("sku")) + ',' +
                                R"({"name":"own","kind":"list","form":"dictionaries","element":[)" +
                                column("id") + "]}]}");
    const auto in = [&](const char* path, const ColumnRef& column) {
        return cardinalityOf(shape, editModels(), idOf(shape, path), column) == Cardinality::One;
    };
    EXPECT_TRUE(in("/", {{}, "who"}));
    EXPECT_FALSE(in("/", {{}, "email"}));
    EXPECT_FALSE(in("/", {"views", "sku"}));
    EXPECT_TRUE(in("/", {"account", "plan"})) << "it is joined by the record key";
    EXPECT_TRUE(in("/views", {"views", "cost"}));
    EXPECT_FALSE(in("/views", {{}, "email"})) << "all rows of the record";
    EXPECT_TRUE(in("/own", {{}, "email"}));
    EXPECT_FALSE(in("/own", {"views", "sku"}));
    ShapeModels perRow = editModels();
    perRow.recordKey = {"id"};
    EXPECT_EQ(cardinalityOf(shape, perRow, idOf(shape, "/"), {{}, "email"}), Cardinality::One);
    EXPECT_EQ(modelAt(shape, idOf(shape, "/views")), "views");
    EXPECT_EQ(modelAt(shape, idOf(shape, "/")), "main");
}

INSTANTIATE_TEST_SUITE_P(
    Paths, ShapeEdits,
    testing::Values(
        EditCase{"intoAnObjectThatIsMade", email,
                 [](const Editing& at) { return setPath(at.shape, at.at("/email"), "/to/mail"); },
                 object("to", R"({"name":"mail","kind":"column","column":"email"})"), "/to/mail"},
        EditCase{"intoAnObjectThatIsThere", std::string(email) + ',' + object("o", who),
                 [](const Editing& at) { return setPath(at.shape, at.at("/email"), "/o/email"); },
                 object("o", std::string(who) + ',' + email), "/o/email"},
        EditCase{"onlyTheName", email,
                 [](const Editing& at) { return setPath(at.shape, at.at("/email"), "/mail"); },
                 R"({"name":"mail","kind":"column","column":"email"})", "/mail"},
        EditCase{"withoutASlash", email,
                 [](const Editing& at) { return setPath(at.shape, at.at("/email"), "mail"); },
                 R"({"name":"mail","kind":"column","column":"email"})", "/mail"},
        EditCase{"aSlashInAName", email,
                 [](const Editing& at) { return setPath(at.shape, at.at("/email"), "/e~1m"); },
                 R"({"name":"e/m","kind":"column","column":"email"})", "/e~1m"},
        EditCase{"throughASingleValue",
                 std::string(email) + ',' + who,
                 [](const Editing& at) { return setPath(at.shape, at.at("/email"), "/who/email"); },
                 "path",
                 {}},
        EditCase{"ontoAnotherField",
                 std::string(email) + ',' + who,
                 [](const Editing& at) { return setPath(at.shape, at.at("/email"), "/who"); },
                 "path",
                 {}},
        EditCase{"noPath",
                 email,
                 [](const Editing& at) { return setPath(at.shape, at.at("/email"), "/a//b"); },
                 "path",
                 {}},
        EditCase{"aNewOne", who, [](const Editing& at) { return addAtPath(at.shape, "/o/new"); },
                 std::string(who) + ',' + object("o", R"({"name":"new","kind":"column"})"),
                 "/o/new"}));
