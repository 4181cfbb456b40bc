// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/edit_case.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

class ShapeRestructuring : public testing::TestWithParam<EditCase>
{};

} // namespace

TEST_P(ShapeRestructuring, areDoneOrRefused)
{
    GetParam().check();
}

INSTANTIATE_TEST_SUITE_P(
    Moving, ShapeRestructuring,
    testing::Values(
        EditCase{"down", std::string(who) + ',' + email,
                 [](const Editing& at) { return moveDown(at.shape, at.at("/who")); },
                 std::string(email) + ',' + who, "/who"},
        EditCase{"up", std::string(who) + ',' + email,
                 [](const Editing& at) { return moveUp(at.shape, at.at("/email")); },
                 std::string(email) + ',' + who, "/email"},
        EditCase{"upFromTheTop",
                 who,
                 [](const Editing& at) { return moveUp(at.shape, at.at("/who")); },
                 "first",
                 {}},
        EditCase{"downFromTheBottom",
                 who,
                 [](const Editing& at) { return moveDown(at.shape, at.at("/who")); },
                 "last",
                 {}},
        EditCase{"upOfTheRoot",
                 who,
                 [](const Editing& at) { return moveUp(at.shape, at.at("/")); },
                 "root",
                 {}},
        EditCase{
            "intoObject", std::string(who) + ',' + object("o", email),
            [](const Editing& at) { return moveNode(at.shape, at.at("/who"), at.in("/o", 0)); },
            object("o", std::string(who) + ',' + email), "/o/who"},
        EditCase{"indent", object("o", email) + ',' + who,
                 [](const Editing& at) { return indent(at.shape, at.at("/who")); },
                 object("o", std::string(email) + ',' + who), "/o/who"},
        EditCase{"indentIntoAValue",
                 std::string(email) + ',' + who,
                 [](const Editing& at) { return indent(at.shape, at.at("/who")); },
                 "indent",
                 {}},
        EditCase{"indentTheFirst",
                 who,
                 [](const Editing& at) { return indent(at.shape, at.at("/who")); },
                 "indent",
                 {}},
        EditCase{"outdent", object("o", std::string(email) + ',' + who) + ',' + column("id"),
                 [](const Editing& at) { return outdent(at.shape, at.at("/o/email")); },
                 object("o", who) + ',' + email + ',' + column("id"), "/email"},
        EditCase{"outdentTheOutermost",
                 who,
                 [](const Editing& at) { return outdent(at.shape, at.at("/who")); },
                 "outdent",
                 {}},
        EditCase{"intoItself",
                 object("o", object("p", who)),
                 [](const Editing& at) { return moveNode(at.shape, at.at("/o"), at.in("/o/p")); },
                 "cycle",
                 {}},
        EditCase{"listIntoItsElement",
                 views(object("o", column("sku"))),
                 [](const Editing& at) {
                     return moveNode(at.shape, at.at("/views"), at.in("/views/*/o"));
                 },
                 "cycle",
                 {}},
        EditCase{"ontoATakenName",
                 std::string(who) + ',' + object("o", who),
                 [](const Editing& at) { return moveNode(at.shape, at.at("/o/who"), at.in("/")); },
                 "name.taken",
                 {}},
        EditCase{
            "intoAValue",
            std::string(who) + ',' + email,
            [](const Editing& at) { return moveNode(at.shape, at.at("/who"), at.in("/email")); },
            "target",
            {}},
        EditCase{"theRoot",
                 object("o", who),
                 [](const Editing& at) { return moveNode(at.shape, at.at("/"), at.in("/o")); },
                 "root",
                 {}},
        EditCase{"recordValueIntoAList", std::string(email) + ',' + views(column("sku")),
                 [](const Editing& at) {
                     return indent(moveDown(at.shape, at.at("/email"))->shape, at.at("/email"));
                 },
                 views(column("sku") +
                       R"(,{"name":"email","kind":"column","column":"email","model":"main"})"),
                 "/views/*/email"},
        EditCase{"listValueOutOfItsList",
                 views(column("sku") + ',' + column("cost")),
                 [](const Editing& at) { return outdent(at.shape, at.at("/views/*/sku")); },
                 "rows",
                 {}},
        EditCase{"recordValueOutOfAList",
                 views(column("sku") +
                       R"(,{"name":"who","kind":"column","column":"who","model":"main"})"),
                 [](const Editing& at) { return outdent(at.shape, at.at("/views/*/who")); },
                 views(column("sku")) + ',' + who, "/who"},
        EditCase{
            "pickedValueOutOfItsList",
            views(column("sku") + R"(,{"name":"n","kind":"column","column":"cost","pick":"sum"})",
                  R"("groupBy":["sku"],)"),
            [](const Editing& at) { return outdent(at.shape, at.at("/views/*/n")); },
            views(column("sku"), R"("groupBy":["sku"],)") +
                R"(,{"name":"n","kind":"column","column":"cost","model":"views","pick":"sum"})",
            "/n"},
        EditCase{
            "betweenListsOfOneModel",
            views(column("sku")) +
                R"(,{"name":"l","kind":"list","form":"dictionaries","source":{"model":"views"},"element":[)" +
                column("cost") + "]}",
            [](const Editing& at) {
                return moveNode(at.shape, at.at("/l/*/cost"), at.in("/views"));
            },
            views(column("sku") + ',' + column("cost")) +
                R"(,{"name":"l","kind":"list","form":"dictionaries","source":{"model":"views"},"element":[]})",
            "/views/*/cost"},
        EditCase{
            "betweenListsOfTwoModels",
            views(column("sku")) +
                R"(,{"name":"l","kind":"list","form":"dictionaries","source":{"model":"orders"},"element":[)" +
                column("no") + "]}",
            [](const Editing& at) { return moveNode(at.shape, at.at("/l/*/no"), at.in("/views")); },
            "rows",
            {}},
        EditCase{
            "rowsOfAGroupOut",
            views(column("sku") + R"(,{"name":"l","kind":"list","form":"values","element":[)" +
                      column("cost") + "]}",
                  R"("groupBy":["sku"],)"),
            [](const Editing& at) { return outdent(at.shape, at.at("/views/*/l")); },
            views(column("sku"), R"("groupBy":["sku"],)") +
                R"(,{"name":"l","kind":"list","form":"values","source":{"model":"views"},"element":[)" +
                column("cost") + "]}",
            "/l"},
        EditCase{
            "lookUpGoesAlong",
            R"({"name":"plan","kind":"column","column":"plan","model":"account"},)" +
                views(column("sku")),
            [](const Editing& at) { return moveNode(at.shape, at.at("/plan"), at.in("/views")); },
            views(column("sku") +
                  R"(,{"name":"plan","kind":"column","column":"plan","model":"account"})"),
            "/views/*/plan"},
        EditCase{"copyBesides", std::string(who) + ',' + email,
                 [](const Editing& at) { return copyNode(at.shape, at.at("/who"), at.in("/", 1)); },
                 std::string(who) + R"(,{"name":"who_2","kind":"column","column":"who"},)" + email,
                 "/who_2"},
        EditCase{"copyIntoItself", object("o", who),
                 [](const Editing& at) { return copyNode(at.shape, at.at("/o"), at.in("/o")); },
                 object("o", std::string(who) + ',' + object("o", who)), "/o/o"},
        EditCase{
            "copyOutOfItsList",
            views(column("sku")),
            [](const Editing& at) { return copyNode(at.shape, at.at("/views/*/sku"), at.in("/")); },
            "rows",
            {}},
        EditCase{"copyTheRoot",
                 object("o", who),
                 [](const Editing& at) { return copyNode(at.shape, at.at("/"), at.in("/o")); },
                 "root",
                 {}}));

INSTANTIATE_TEST_SUITE_P(
    Grouping, ShapeRestructuring,
    testing::Values(
        EditCase{"wrap", std::string(who) + ',' + email + ',' + column("id"),
                 [](const Editing& at) {
                     return wrapInObject(at.shape, {at.at("/id"), at.at("/who")}, "email");
                 },
                 object("email_2", std::string(who) + ',' + column("id")) + ',' + email,
                 "/email_2"},
        EditCase{
            "wrapAMapsValue",
            R"({"name":"m","kind":"map","key":{"column":"who"},"value":{"kind":"column","column":"id"}})",
            [](const Editing& at) { return wrapInObject(at.shape, {at.at("/m/*")}, "o"); },
            R"({"name":"m","kind":"map","key":{"column":"who"},"value":{"kind":"object","fields":[)" +
                column("id") + "]}}",
            "/m/*"},
        EditCase{"wrapFromTwoObjects",
                 std::string(who) + ',' + object("o", email),
                 [](const Editing& at) {
                     return wrapInObject(at.shape, {at.at("/who"), at.at("/o/email")}, "x");
                 },
                 "siblings",
                 {}},
        EditCase{"wrapNothing",
                 who,
                 [](const Editing& at) { return wrapInObject(at.shape, {}, "x"); },
                 "nothing",
                 {}},
        EditCase{"unwrap",
                 std::string(email) + ',' + object("o", std::string(who) + ',' + column("id")),
                 [](const Editing& at) { return unwrap(at.shape, at.at("/o")); },
                 std::string(email) + ',' + who + ',' + column("id"), "/who"},
        EditCase{"unwrapOntoATakenName",
                 std::string(who) + ',' + object("o", who),
                 [](const Editing& at) { return unwrap(at.shape, at.at("/o")); },
                 "name.taken",
                 {}},
        EditCase{"unwrapAList",
                 views(column("sku")),
                 [](const Editing& at) { return unwrap(at.shape, at.at("/views")); },
                 "object",
                 {}},
        EditCase{
            "unwrapTwoIntoAMap",
            R"({"name":"m","kind":"map","key":{"column":"who"},"value":{"kind":"object","fields":[)" +
                column("id") + ',' + email + "]}}",
            [](const Editing& at) { return unwrap(at.shape, at.at("/m/*")); },
            "single",
            {}},
        EditCase{"unwrapTheRoot",
                 who,
                 [](const Editing& at) { return unwrap(at.shape, at.at("/")); },
                 "root",
                 {}},
        EditCase{"group", std::string(who) + ',' + column("id") + ',' + column("price"),
                 [](const Editing& at) {
                     return groupIntoList(at.shape, editModels(), {at.at("/price"), at.at("/id")},
                                          "rows");
                 },
                 std::string(who) +
                     R"(,{"name":"rows","kind":"list","form":"dictionaries","element":[)" +
                     column("id") + ',' + column("price") + "]}",
                 "/rows"},
        EditCase{"groupPicks",
                 std::string(
                     R"({"name":"sku","kind":"column","column":"sku","model":"views","pick":"first",
                     "where":[{"column":"cost","op":">","value":0}],"sortBy":[{"column":"at"}]},)") +
                     email,
                 [](const Editing& at) {
                     return groupIntoList(at.shape, editModels(), {at.at("/sku")}, "seen");
                 },
                 R"({"name":"seen","kind":"list","form":"dictionaries","source":{"model":"views"},
                     "where":[{"column":"cost","op":">","value":0}],"sortBy":[{"column":"at"}],
                     "element":[)" +
                     column("sku") + "]}," + email,
                 "/seen"},
        EditCase{"groupCountsOfRows",
                 R"({"name":"n","kind":"column","model":"views","pick":"count"})",
                 [](const Editing& at) {
                     return groupIntoList(at.shape, editModels(), {at.at("/n")}, "x");
                 },
                 "counts",
                 {}},
        EditCase{"groupOfTwoConditions",
                 R"({"name":"a","kind":"column","column":"sku","model":"views","pick":"max"},
                    {"name":"b","kind":"column","column":"cost","model":"views","pick":"max",
                     "where":[{"column":"cost","op":">","value":0}]})",
                 [](const Editing& at) {
                     return groupIntoList(at.shape, editModels(), {at.at("/a"), at.at("/b")}, "x");
                 },
                 "where",
                 {}},
        EditCase{"groupOfTwoModels",
                 R"({"name":"a","kind":"column","column":"sku","model":"views","pick":"max"},
                    {"name":"b","kind":"column","column":"no","model":"orders","pick":"max"})",
                 [](const Editing& at) {
                     return groupIntoList(at.shape, editModels(), {at.at("/a"), at.at("/b")}, "x");
                 },
                 "models",
                 {}},
        EditCase{"groupOfObjects",
                 object("o", who),
                 [](const Editing& at) {
                     return groupIntoList(at.shape, editModels(), {at.at("/o")}, "x");
                 },
                 "leaves",
                 {}}));

INSTANTIATE_TEST_SUITE_P(
    Lists, ShapeRestructuring,
    testing::Values(
        EditCase{
            "form", views(column("sku")),
            [](const Editing& at) {
                return setListForm(at.shape, at.at("/views"), ListForm::DictionaryOfLists);
            },
            R"({"name":"views","kind":"list","form":"dictionary_of_lists","source":{"model":"views"},"element":[)" +
                column("sku") + "]}",
            "/views"},
        EditCase{
            "formTakesTheFirstColumnAsKey",
            views(R"({"name":"w","kind":"column","column":"who","model":"main"},)" + column("sku")),
            [](const Editing& at) {
                return setListForm(at.shape, at.at("/views"), ListForm::DictionaryByKey);
            },
            R"({"name":"views","kind":"list","form":"dictionary_by_key","source":{"model":"views"},
                     "key":{"column":"sku"},"element":[
                     {"name":"w","kind":"column","column":"who","model":"main"},)" +
                column("sku") + "]}",
            "/views"},
        EditCase{"formThereAndBack", views(column("sku") + ',' + column("cost")),
                 [](const Editing& at) {
                     return setListForm(
                         setListForm(at.shape, at.at("/views"), ListForm::Values)->shape,
                         at.at("/views"), ListForm::Dictionaries);
                 },
                 views(column("sku") + ',' + column("cost")), "/views"},
        EditCase{
            "formNamesNamelessElements",
            R"({"name":"l","kind":"list","form":"values","element":[{"kind":"column","column":"id"}]})",
            [](const Editing& at) {
                return setListForm(at.shape, at.at("/l"), ListForm::Dictionaries);
            },
            R"({"name":"l","kind":"list","form":"dictionaries","element":[)" + column("id") + "]}",
            "/l"},
        EditCase{"formWithoutKey",
                 views(""),
                 [](const Editing& at) {
                     return setListForm(at.shape, at.at("/views"), ListForm::DictionaryByKey);
                 },
                 "key",
                 {}},
        EditCase{
            "formOfAMap",
            R"({"name":"m","kind":"map","key":{"column":"who"},"value":{"kind":"column","column":"id"}})",
            [](const Editing& at) { return setListForm(at.shape, at.at("/m"), ListForm::Values); },
            "map",
            {}},
        EditCase{
            "formOfAnObject",
            object("o", who),
            [](const Editing& at) { return setListForm(at.shape, at.at("/o"), ListForm::Values); },
            "list",
            {}},
        EditCase{"sortComesFirst",
                 views(column("sku"),
                       R"("order":"query","sortBy":[{"column":"at"},{"column":"cost"}],)"),
                 [](const Editing& at) { return addSort(at.shape, at.at("/views"), "cost", true); },
                 views(column("sku"),
                       R"("sortBy":[{"column":"cost","descending":true},{"column":"at"}],)"),
                 "/views"},
        EditCase{"sortByNothing",
                 views(column("sku")),
                 [](const Editing& at) { return addSort(at.shape, at.at("/views"), ""); },
                 "column",
                 {}},
        EditCase{"distinct", views(column("sku"), R"("distinct":["at"],)"),
                 [](const Editing& at) { return addDistinct(at.shape, at.at("/views"), "sku"); },
                 views(column("sku"), R"("distinct":["at","sku"],)"), "/views"},
        EditCase{"distinctTwice",
                 views(column("sku"), R"("distinct":["sku"],)"),
                 [](const Editing& at) { return addDistinct(at.shape, at.at("/views"), "sku"); },
                 "distinct",
                 {}},
        EditCase{"distinctGroups",
                 views(column("sku"), R"("groupBy":["sku"],)"),
                 [](const Editing& at) { return addDistinct(at.shape, at.at("/views"), "sku"); },
                 "distinct",
                 {}},
        EditCase{
            "secondCondition",
            views(column("sku"), R"("where":[{"any":[{"column":"cost","op":">","value":0}]}],)"),
            [](const Editing& at) {
                Condition known;
                known.op = ConditionOperator::IsNotNull;
                known.column = "sku";
                return addCondition(at.shape, at.at("/views"), known);
            },
            views(column("sku"), R"("where":[{"any":[{"column":"cost","op":">","value":0}]},
                                                  {"column":"sku","op":"is not null"}],)"),
            "/views"},
        EditCase{
            "key", views(column("cost")),
            [](const Editing& at) { return setKey(at.shape, at.at("/views"), "sku"); },
            R"({"name":"views","kind":"list","form":"dictionary_by_key","source":{"model":"views"},
                     "key":{"column":"sku"},"element":[)" +
                column("cost") + "]}",
            "/views"}));

INSTANTIATE_TEST_SUITE_P(
    PastedJson, ShapeRestructuring,
    testing::Values(
        EditCase{"unionOfElements", who,
                 [](const Editing& at) {
                     return pasteJson(at.shape, at.at("/"),
                                      R"({"n":1,"ok":true,"who":"x","o":{"s":"t"},
                         "l":[{"a":1},{"b":null,"a":2}],"v":["x"],"e":[],"m":[1,{"x":1}]})");
                 },
                 std::string(who) + R"(,{"name":"n","kind":"column","type":"number"},
                     {"name":"ok","kind":"column","type":"boolean"},
                     {"name":"o","kind":"object","fields":[
                       {"name":"s","kind":"column","type":"text"}]},
                     {"name":"l","kind":"list","form":"dictionaries","element":[
                       {"name":"a","kind":"column","type":"number"},{"name":"b","kind":"column"}]},
                     {"name":"v","kind":"list","form":"values","element":[
                       {"name":"value","kind":"column","type":"text"}]},
                     {"name":"e","kind":"list","form":"values","element":[
                       {"name":"value","kind":"column"}]},
                     {"name":"m","kind":"column","type":"json"})",
                 "/n"},
        EditCase{"whatIsThereStays", object("o", who) + ',' + views(column("sku")),
                 [](const Editing& at) {
                     return pasteJson(at.shape, at.at("/"),
                                      R"({"o":{"x":"y"},"views":[{"sku":1,"z":2}]})");
                 },
                 object("o", std::string(who) + R"(,{"name":"x","kind":"column","type":"text"})") +
                     ',' +
                     views(column("sku") + R"(,{"name":"z","kind":"column","type":"number"})"),
                 "/o/x"},
        EditCase{
            "anArray", "",
            [](const Editing& at) { return pasteJson(at.shape, at.at("/"), R"([{"a":"b"}])"); },
            R"({"name":"items","kind":"list","form":"dictionaries","element":[
                     {"name":"a","kind":"column","type":"text"}]})",
            "/items/*/a"},
        EditCase{
            "ontoAList", views(column("sku")),
            [](const Editing& at) { return pasteJson(at.shape, at.at("/views"), R"({"a":"b"})"); },
            views(column("sku") + R"(,{"name":"a","kind":"column","type":"text"})"), "/views/*/a"},
        EditCase{"noJson",
                 "",
                 [](const Editing& at) { return pasteJson(at.shape, at.at("/"), "{"); },
                 "paste.json",
                 {}},
        EditCase{"aScalar",
                 "",
                 [](const Editing& at) { return pasteJson(at.shape, at.at("/"), "1"); },
                 "paste.kind",
                 {}},
        EditCase{
            "nothingNew",
            who,
            [](const Editing& at) { return pasteJson(at.shape, at.at("/"), R"({"who":"x"})"); },
            "paste.nothing",
            {}},
        EditCase{"ontoAValue",
                 who,
                 [](const Editing& at) { return pasteJson(at.shape, at.at("/who"), "{}"); },
                 "paste.target",
                 {}},
        EditCase{"aMemberWithoutName",
                 "",
                 [](const Editing& at) { return pasteJson(at.shape, at.at("/"), R"({"":1})"); },
                 "paste.name",
                 {}},
        EditCase{"tooDeep",
                 "",
                 [](const Editing& at) {
                     std::string json = "1";
                     for (int i = 0; i < 30; ++i)
                         json = R"({"a":)" + json + '}';
                     return pasteJson(at.shape, at.at("/"), json);
                 },
                 "depth",
                 {}}));
