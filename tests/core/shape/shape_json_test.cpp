// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_json.h"

#include "fakes/print_to.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

data::JsonNode parsed(std::string_view text)
{
    return data::parseJson(text).value();
}

constexpr std::string_view recentlyViewed = R"({"kind":"object","fields":[
  {"name":"email","kind":"column","column":"email","functions":["trim","lower"],
   "type":"text","whenInvalid":"?","whenNull":"none","nulls":"leave_out"},
  {"name":"tier","kind":"constant","value":"gold"},
  {"name":"greeting","kind":"text","text":"Dear {first_name}"},
  {"name":"attributes","kind":"json","column":"attributes"},
  {"name":"fixed","kind":"json","value":{"a":[1,2]}},
  {"name":"plan","kind":"column","column":"plan","model":"accounts","missing":"invalid"},
  {"name":"views","kind":"column","model":"views","pick":"count","where":[
    {"any":[{"column":"price","op":">","value":0},{"column":"sku","op":"in","value":["a",1]}]}]},
  {"name":"last","kind":"column","column":"id","pick":"last",
   "sortBy":[{"column":"at"},{"column":"id","descending":true}]},
  {"name":"born","kind":"column","column":"born","functions":[
    {"function":"case","cases":[{"when":"x","then":null}],"otherwise":"y"},
    {"function":"concat","with":[{"column":"b"},{"value":"-"}],"separator":" "},
    {"function":"coalesce","with":[{"value":0}]},
    {"function":"number_format","decimals":2,"rounding":"half_even","grouping":" ","decimalPoint":","},
    {"function":"date_format","pattern":"dd.MM.yyyy","zone":"Europe/Berlin","sourceZone":"UTC"},
    {"function":"regex_replace","pattern":"a+","replacement":""},
    {"function":"sha256","normalise":"phone_e164","encoding":"base64","countryCode":"49"}],
   "type":"number","format":{"decimals":2}},
  {"name":"recently_viewed","kind":"list","form":"dictionaries","source":{"model":"views"},
   "where":[{"column":"sku","op":"is not null"}],"sortBy":[{"column":"viewed_at","descending":true}],
   "distinct":["sku"],"limit":5,"element":[{"name":"name","kind":"column","column":"product"}]},
  {"name":"orders","kind":"list","whenEmpty":"leave_out","form":"dictionary_by_key",
   "groupBy":["order_id"],"order":"query",
   "key":{"column":"order_id","functions":["upper"]},"repeatedKeys":"last_by_sort",
   "element":[{"name":"lines","kind":"list","form":"values",
     "element":[{"kind":"column","column":"sku"}]}]},
  {"name":"prices","kind":"map","key":{"column":"sku"},"value":{"kind":"column","column":"price"}},
  {"name":"nested","kind":"object","whenEmpty":"null","fields":[]}
]})";

struct BadShape
{
    const char* text;
    const char* code;
    const char* place;
};

void PrintTo(const BadShape& bad, std::ostream* out)
{
    *out << bad.text;
}

class BadShapes : public testing::TestWithParam<BadShape>
{};

} // namespace

TEST(ShapeJson, everythingSurvivesReadingAndWriting)
{
    Issues issues;
    const auto shape = shapeFromJson(parsed(recentlyViewed), "", issues);
    ASSERT_TRUE(shape) << toString(issues).toStdString();
    EXPECT_TRUE(issues.empty());
    const data::JsonNode written = toJson(*shape);
    const auto again = shapeFromJson(written, "", issues);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *shape);
    EXPECT_EQ(data::toFileText(toJson(*again)), data::toFileText(written));
    // Nothing was lost: the same members, in whatever order.
    EXPECT_EQ(nlohmann::json::parse(written.dump()), nlohmann::json::parse(recentlyViewed));
}

TEST(ShapeJson, unknownFieldsAreKeptAtEveryLevel)
{
    const auto json = parsed(R"({"kind":"object","fields":[{"name":"l","kind":"map",
        "source":{"model":"m","s":1},"where":[{"column":"c","op":"=","value":1,"w":1},
        {"all":[],"g":1}],"sortBy":[{"column":"c","o":1}],
        "key":{"column":"k","functions":[{"function":"trim","f":1}],"k":{"deep":[1]}},
        "value":{"kind":"column","column":"v","format":{"decimals":1,"x":1},"v":null}}],"r":1})");
    Issues issues;
    const auto shape = shapeFromJson(json, "", issues);
    ASSERT_TRUE(shape) << toString(issues).toStdString();
    EXPECT_EQ(nlohmann::json::parse(toJson(*shape).dump()), nlohmann::json::parse(json.dump()));
}

TEST(ShapeJson, allFindingsAreReportedAtOnce)
{
    Issues issues;
    EXPECT_FALSE(shapeFromJson(parsed(R"({"kind":"object","fields":[
        {"name":"a","kind":"text"},{"name":"b","kind":"nothing"},
        {"name":"c","kind":"list","limit":-1,"element":[{"kind":"constant"}]}]})"),
                               "/shape", issues));
    std::vector<std::string> places;
    for (const Issue& issue : issues)
        places.push_back(issue.place);
    EXPECT_EQ(places, (std::vector<std::string>{"/shape/fields/0/text", "/shape/fields/1/kind",
                                                "/shape/fields/1/fields", "/shape/fields/2/limit",
                                                "/shape/fields/2/element/0/value"}));
}

TEST_P(BadShapes, areRefusedWithPlaceAndCode)
{
    Issues issues;
    EXPECT_FALSE(shapeFromJson(parsed(GetParam().text), "", issues));
    ASSERT_FALSE(issues.empty());
    EXPECT_EQ(issues.front().code, GetParam().code);
    EXPECT_EQ(issues.front().place, GetParam().place);
    EXPECT_FALSE(issues.front().message.isEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    ShapeJson, BadShapes,
    testing::Values(
        BadShape{"[]", "shape.field.type", ""},
        BadShape{R"({"kind":"column","column":"c"})", "shape.root.kind", "/kind"},
        BadShape{R"({"kind":"object"})", "shape.field.missing", "/fields"},
        BadShape{R"({"kind":"object","fields":{}})", "shape.field.type", "/fields"},
        BadShape{R"({"kind":"object","fields":[{"name":1,"kind":"constant","value":1}]})",
                 "shape.field.type", "/fields/0/name"},
        BadShape{R"({"kind":"object","fields":[{"kind":"column","column":"c","pick":"best"}]})",
                 "shape.field.choice", "/fields/0/pick"},
        BadShape{R"({"kind":"object","fields":[{"kind":"constant","value":[1]}]})",
                 "shape.field.type", "/fields/0/value"},
        BadShape{R"({"kind":"object","fields":[{"kind":"json","value":1,"column":"c"}]})",
                 "shape.field.choice", "/fields/0/column"},
        BadShape{
            R"({"kind":"object","fields":[{"kind":"map","value":{"kind":"constant","value":1}}]})",
            "shape.field.missing", "/fields/0/key"},
        BadShape{
            R"({"kind":"object","fields":[{"kind":"column","column":"c","where":[{"column":"a","op":"~","value":1}]}]})",
            "shape.field.choice", "/fields/0/where/0/op"},
        BadShape{
            R"({"kind":"object","fields":[{"kind":"column","column":"c","where":[{"column":"a","op":"in","value":1}]}]})",
            "shape.field.type", "/fields/0/where/0/value"},
        BadShape{
            R"({"kind":"object","fields":[{"kind":"column","column":"c","functions":["eval"]}]})",
            "shape.field.choice", "/fields/0/functions/0/function"},
        BadShape{
            R"({"kind":"object","fields":[{"kind":"column","column":"c","format":{"decimals":101}}]})",
            "shape.field.range", "/fields/0/format/decimals"}));

TEST(ShapeJson, depthIsLimited)
{
    data::JsonNode json = parsed(R"({"kind":"object","fields":[]})");
    for (int i = 0; i < 40; ++i) {
        data::JsonNode outer = parsed(R"({"kind":"object","fields":[]})");
        outer["fields"].push_back(json);
        json = outer;
    }
    Issues issues;
    EXPECT_FALSE(shapeFromJson(json, "", issues));
    EXPECT_EQ(issues.front().code, "shape.depth");
}
