// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_suggest.h"

#include "core/shape/table_case.h"
#include "shape/name_likeness.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

ShapeModels suggestModels()
{
    ShapeModels models;
    models.main = schemaOf({"customer_id:integer", "email_address:text", "first_name:text",
                            "last_name:text", "signed_up_at:timestamp", "is_active:boolean"});
    models.rowKey = {"customer_id"};
    models.recordKey = {"customer_id"};
    models.related = {{"product_views",
                       schemaOf({"customer_id:integer", "product_name:text", "price:decimal",
                                 "image_url:text", "viewed_at:timestamp"}),
                       {"customer_id"},
                       {"customer_id"},
                       false,
                       "viewed_at"}};
    return models;
}

NodeId leafAt(const Shape& shape, const std::string& path)
{
    for (const auto& [id, known] : shape.paths())
        if (known == path)
            return id;
    ADD_FAILURE() << path;
    return 0;
}

std::string best(const std::string& json, const std::string& path)
{
    const auto pasted = pasteJson(Shape{}, 0, json);
    EXPECT_TRUE(pasted) << json;
    const auto found = suggestionsFor(pasted->shape, suggestModels(), leafAt(pasted->shape, path));
    if (found.empty())
        return {};
    return found.front().column.model + '.' + found.front().column.column +
           (found.front().certain ? "!" : "");
}

} // namespace

TEST(NameLikeness, wordsAreFoldedAndSingular)
{
    using Words = std::vector<std::string>;
    EXPECT_EQ(wordsOf("recentlyViewed_Products"), (Words{"recently", "viewed", "product"}));
    EXPECT_EQ(wordsOf("URLPath2"), (Words{"url", "path", "2"}));
    EXPECT_EQ(wordsOf("Categories - Größe"), (Words{"category", "größe"}));
    EXPECT_EQ(wordsOf("status address"), (Words{"status", "address"}));
    EXPECT_EQ(wordsOf("__"), Words{});
    EXPECT_EQ(nameLikeness(wordsOf("FirstName"), wordsOf("first_name")), 1);
    EXPECT_EQ(nameLikeness(wordsOf("firstname"), wordsOf("first_name")), 1);
    EXPECT_GT(nameLikeness(wordsOf("name_first"), wordsOf("first_name")), 0.9);
    EXPECT_LT(nameLikeness(wordsOf("price"), wordsOf("email")), 0.3);
    EXPECT_EQ(nameLikeness({}, wordsOf("a")), 0);
}

TEST(ShapeSuggest, theNearestNameOfAFittingKindComesFirst)
{
    EXPECT_EQ(best(R"({"firstName":"Zoë"})", "/firstName"), ".first_name!");
    EXPECT_EQ(best(R"({"email":"a@x"})", "/email"), ".email_address");
    EXPECT_EQ(best(R"({"customer":{"id":7}})", "/customer/id"), ".customer_id!");
    EXPECT_EQ(best(R"({"active":true})", "/active").substr(0, 10), ".is_active");
    EXPECT_EQ(best(R"({"qqq":1})", "/qqq"), "");
    EXPECT_EQ(best(R"({"price":1})", "/price"), "product_views.price")
        << "several values: it has to be asked";
    EXPECT_EQ(best(R"({"products":[{"name":"x","price":1}]})", "/products/*/name"),
              "product_views.product_name!");
}

TEST(ShapeSuggest, certainOnesAreBoundTogether)
{
    const auto pasted = pasteJson(
        Shape{}, 0,
        R"({"firstName":"a","zzz":1,"products":[{"name":"x","price":1,"imageUrl":"u"}]})");
    ASSERT_TRUE(pasted);
    const auto bound = bindCertain(pasted->shape, suggestModels(), pasted->shape.root.id);
    ASSERT_TRUE(bound);
    const Shape& shape = bound->shape;
    EXPECT_EQ(shape.find(leafAt(shape, "/firstName"))->leaf.column, "first_name");
    const Node& products = *shape.find(leafAt(shape, "/products"));
    EXPECT_EQ(products.list.source.model, "product_views");
    ASSERT_EQ(products.list.sortBy.size(), 1U);
    EXPECT_EQ(products.list.sortBy.front().column, "viewed_at");
    EXPECT_EQ(products.children[0].leaf.column, "product_name");
    EXPECT_EQ(products.children[1].leaf.column, "price");
    EXPECT_EQ(products.children[2].leaf.column, "image_url");
    EXPECT_EQ(unboundLeaves(shape, shape.root.id), std::vector<NodeId>{leafAt(shape, "/zzz")});
    EXPECT_EQ(bound->selected, leafAt(shape, "/zzz"));
    const auto again = bindCertain(shape, suggestModels(), shape.root.id);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "shape.edit.suggest");
}

TEST(ShapeSuggest, namesWithoutANodeAreRankedToo)
{
    const Shape shape;
    const auto found = suggestionsFor(shape, suggestModels(), shape.root.id, "Last Name");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().column, (ColumnRef{{}, "last_name"}));
    EXPECT_TRUE(found.front().certain);
    EXPECT_TRUE(suggestionsFor(shape, suggestModels(), 999, "Last Name").empty());
}
