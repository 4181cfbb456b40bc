// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/columns_read.h"

#include "shape/shape_json.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

struct ReadCase
{
    const char* name;
    const char* node;
    const char* own;    ///< columns that the node itself reads
    const char* within; ///< and with those in it
};

std::string joined(const std::vector<ColumnRef>& columns)
{
    std::string all;
    for (const ColumnRef& column : columns)
        all += (all.empty() ? "" : " ") +
               (column.model.empty() ? column.column : column.model + '.' + column.column);
    return all;
}

class ColumnsRead : public testing::TestWithParam<ReadCase>
{};

TEST_P(ColumnsRead, namesWhatANodeReads)
{
    Issues issues;
    const std::string json = std::string(R"({"kind":"object","fields":[)") + GetParam().node + "]}";
    const auto shape = shapeFromJson(data::JsonNode::parse(json), {}, issues);
    ASSERT_TRUE(shape) << json;
    const NodeId node = shape->root.children.front().id;
    EXPECT_EQ(joined(columnsRead(*shape, node)), GetParam().own);
    EXPECT_EQ(joined(columnsReadWithin(*shape, node)), GetParam().within);
}

INSTANTIATE_TEST_SUITE_P(
    Nodes, ColumnsRead,
    testing::Values(
        ReadCase{"column", R"({"name":"a","kind":"column","column":"price"})", "price", "price"},
        ReadCase{"unbound", R"({"name":"a","kind":"column"})", "", ""},
        ReadCase{"constant", R"({"name":"a","kind":"constant","value":"price"})", "", ""},
        ReadCase{"text", R"({"name":"a","kind":"text","text":"{last}, {first} {{x}} {last}"})",
                 "last first", "last first"},
        ReadCase{"brokenText", R"({"name":"a","kind":"text","text":"{last"})", "", ""},
        ReadCase{"json", R"({"name":"a","kind":"json","column":"extra"})", "extra", "extra"},
        ReadCase{"pick",
                 R"({"name":"a","kind":"column","model":"views","column":"product","pick":"first",
                     "sortBy":[{"column":"at"}],"where":[{"column":"price","op":">","value":0}]})",
                 "views.product views.at views.price", "views.product views.at views.price"},
        ReadCase{"functions",
                 R"({"name":"a","kind":"column","column":"first","functions":[
                     {"function":"concat","with":[{"column":"last"},{"value":"x"}]}]})",
                 "first last", "first last"},
        ReadCase{"list",
                 R"({"name":"a","kind":"list","form":"dictionary_by_key","source":{"model":"views"},
                     "key":{"column":"id"},"where":[{"column":"price","op":">","value":0}],
                     "sortBy":[{"column":"at"}],"distinct":["product"],"element":[
                     {"name":"n","kind":"column","column":"product"},
                     {"name":"o","kind":"object","fields":[
                       {"name":"c","kind":"column","model":"main","column":"city"}]}]})",
                 "views.price views.at views.product views.id",
                 "views.price views.at views.product views.id city"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(RestingColumns, areNotRead)
{
    Shape shape;
    Node list;
    list.name = "a";
    list.kind = NodeKind::List;
    list.list.key.column = "id";
    Node leaf;
    leaf.name = "b";
    leaf.kind = NodeKind::Column;
    leaf.leaf.column = "price";
    leaf.leaf.sortBy = {{"at", false, {}}};
    list.children = {leaf};
    shape.root.children = {list};
    shape.numberNodes();
    EXPECT_EQ(joined(columnsReadWithin(shape, shape.root.id)), "price");
    EXPECT_TRUE(columnsRead(shape, 99).empty());
}

} // namespace
