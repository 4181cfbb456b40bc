// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/join_suggestion.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

data::Schema tableOf(const std::vector<std::string>& names)
{
    data::Schema schema;
    for (const std::string& name : names) {
        schema.columns.emplace_back();
        schema.columns.back().name = name;
    }
    return schema;
}

struct Model
{
    const char* slug;
    const char* table; ///< empty: a query
    std::vector<std::string> key;
    std::vector<std::string> columns;

    [[nodiscard]] project::ModelDefinition definition() const
    {
        project::ModelDefinition model;
        model.slug = slug;
        model.rowKey = key;
        if (*table != 0) {
            model.table.emplace();
            model.table->name = table;
        }
        return model;
    }
};

} // namespace

TEST(JoinSuggestion, joinsByWhatTheColumnsAreCalled)
{
    using project::RelatedKind;
    struct Case
    {
        const char* name;
        Model main;
        Model other;
        const char* left; ///< empty: no join
        const char* right;
        RelatedKind kind;
    };
    const Case cases[] = {
        {"a column points to the main key",
         {"customers", "customers", {"id"}, {"id", "email"}},
         {"views", "views", {"view_id"}, {"view_id", "customer_id"}},
         "id",
         "customer_id",
         RelatedKind::ToMany},
        {"also where both have an id",
         {"customers", "customers", {"id"}, {"id", "email"}},
         {"orders", "orders", {"id"}, {"id", "CustomerId"}},
         "id",
         "CustomerId",
         RelatedKind::ToMany},
        {"the table names it, not the model",
         {"people", "customers", {"id"}, {"id"}},
         {"orders", "orders", {"id"}, {"id", "customer_id"}},
         "id",
         "customer_id",
         RelatedKind::ToMany},
        {"the main model points to the other",
         {"products", "products", {"id"}, {"id", "category_id"}},
         {"categories", "categories", {"id"}, {"id", "title"}},
         "category_id",
         "id",
         RelatedKind::ToOne},
        {"the key of one is a column of the other",
         {"customers", "", {"customer_no"}, {"customer_no", "email"}},
         {"views", "", {"view_id"}, {"view_id", "customer_no"}},
         "customer_no",
         "customer_no",
         RelatedKind::ToMany},
        {"both have the same key",
         {"customers", "", {"email"}, {"email", "name"}},
         {"scores", "", {"email"}, {"email", "score"}},
         "email",
         "email",
         RelatedKind::ToOne},
        {"two ids are two things",
         {"customers", "customers", {"id"}, {"id", "name"}},
         {"weather", "weather", {"id"}, {"id", "name"}},
         "",
         "",
         RelatedKind::ToMany},
        {"nothing in common",
         {"customers", "customers", {"id"}, {"id"}},
         {"views", "views", {"view_id"}, {"view_id", "url"}},
         "",
         "",
         RelatedKind::ToMany},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        const project::RelatedModel related =
            suggestedJoin(each.main.definition(), tableOf(each.main.columns),
                          each.other.definition(), tableOf(each.other.columns));
        EXPECT_EQ(related.model, each.other.slug);
        EXPECT_EQ(related.kind, each.kind);
        ASSERT_EQ(related.join.size(), *each.left == 0 ? 0U : 1U);
        if (related.join.empty())
            continue;
        EXPECT_EQ(related.join.front().left, each.left);
        EXPECT_EQ(related.join.front().right, each.right);
    }
}

TEST(JoinSuggestion, theNameCanBeUsedInAShape)
{
    const Model main{"a", "", {}, {}};
    const Model other{"product-views", "", {}, {}};
    EXPECT_EQ(suggestedJoin(main.definition(), {}, other.definition(), {}).name, "product_views");
}

} // namespace headgate::ui
