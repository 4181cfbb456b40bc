// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/edit_case.h"
#include "shape/shape_check.h"
#include "shape/shape_repair.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

struct RepairCase
{
    const char* name;
    std::string fields;
    const char* path;
    const char* code;
    const char* repair; ///< its name; empty: none is offered
};

void PrintTo(const RepairCase& each, std::ostream* out)
{
    *out << each.name;
}

class ShapeRepairs : public testing::TestWithParam<RepairCase>
{};

bool hasProblem(const Shape& shape, NodeId node, const std::string& code)
{
    for (const ShapeFinding& finding : checkShape(shape, editModels()))
        if (finding.node == node && finding.issue.code == code)
            return true;
    return false;
}

} // namespace

TEST_P(ShapeRepairs, makeTheProblemGoAway)
{
    const RepairCase& each = GetParam();
    const Shape shape = shapeOf(R"({"kind":"object","fields":[)" + each.fields + "]}");
    const NodeId node = idOf(shape, each.path);
    const auto repair = repairFor(shape, editModels(), node, each.code);
    if (*each.repair == '\0') {
        EXPECT_FALSE(repair) << repair->name.toStdString();
        return;
    }
    ASSERT_TRUE(repair);
    EXPECT_EQ(repair->name.toStdString(), each.repair);
    EXPECT_FALSE(repair->edited.shape == shape);
    if (std::string_view(each.code).substr(0, 6) == "shape.") {
        EXPECT_TRUE(hasProblem(shape, node, each.code));
        EXPECT_FALSE(hasProblem(repair->edited.shape, node, each.code));
    }
}

TEST(SmallerShape, sendsLessOfAListOrNothingOfAField)
{
    const Shape shape = shapeOf(R"({"kind":"object","fields":[
        {"name":"email","kind":"column","column":"email"},
        {"name":"seen","kind":"list","source":{"model":"views"},"limit":50,
         "element":[{"name":"sku","kind":"column","column":"sku"}]}]})");
    const NodeId list = idOf(shape, "/seen");
    const auto limited = makeSmaller(shape, list, 7);
    ASSERT_TRUE(limited);
    EXPECT_EQ(limited->name, QStringLiteral("At most 7 of seen"));
    EXPECT_EQ(limited->edited.shape.find(list)->list.limit, 7U);
    const auto without = makeSmaller(shape, list, 0);
    ASSERT_TRUE(without);
    EXPECT_EQ(without->name, QStringLiteral("Leave out seen"));
    EXPECT_EQ(without->edited.shape.find(list), nullptr);
    const auto field = makeSmaller(shape, idOf(shape, "/email"), std::nullopt);
    ASSERT_TRUE(field);
    EXPECT_EQ(field->name, QStringLiteral("Leave out email"));
    EXPECT_FALSE(makeSmaller(shape, shape.root.id, std::nullopt));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ShapeRepairs,
    testing::Values(
        RepairCase{"unbound", R"({"name":"email","kind":"column","column":""})", "/email",
                   "shape.leaf.unbound", "Bind to email"},
        RepairCase{"goneColumn", R"({"name":"email","kind":"column","column":"e_mail"})", "/email",
                   "shape.column.unknown", "Bind to email"},
        RepairCase{"likeNothing", R"({"name":"qqq","kind":"column","column":""})", "/qqq",
                   "shape.leaf.unbound", "Remove it"},
        RepairCase{"rowsDisagree", R"({"name":"price","kind":"column","column":"price"})", "/price",
                   "record.value.differs", "Take the newest"},
        RepairCase{"severalRows",
                   R"({"name":"sku","kind":"column","column":"sku","model":"views"})", "/sku",
                   "shape.leaf.several", "Take the newest"},
        RepairCase{"noText", R"({"name":"price","kind":"column","column":"price"})", "/price",
                   "value.number", "Send as text"},
        RepairCase{"ofTextRowsDisagree", R"({"name":"hello","kind":"text","text":"Hi {price}"})",
                   "/hello", "record.value.differs", ""},
        RepairCase{"somethingElse", R"({"name":"email","kind":"column","column":"email"})",
                   "/email", "record.size", ""},
        RepairCase{"wrongZone", R"({"name":"email","kind":"column","column":"email"})", "/email",
                   "function.zone", ""},
        RepairCase{"rootWithoutFields", "", "/", "shape.object.empty", ""}),
    [](const auto& each) { return each.param.name; });
