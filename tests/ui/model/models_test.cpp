// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/print_to.h"
#include "model/profile_model.h"
#include "model/table_picker.h"
#include "ui/model/few_rows.h"
#include "ui/model_tester.h"

#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

using data::ValueKind;

TEST(ProfileModelTest, ShowsProfilesAndTakesDescriptions)
{
    ProfileModel model;
    const ModelTester tester(&model);
    const auto rows = fewRows({{"id", ValueKind::Integer}, {"plan", ValueKind::Text}},
                              {{"1", "gold"}, {"2", "gold"}, {"3", {}}});
    model.setColumns(rows->schema(), {});
    EXPECT_EQ(model.index(0, ProfileModel::NullsColumn).data().toString(), QStringLiteral("…"));
    model.setColumns(rows->schema(), *profileColumns(*rows, {}));
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    EXPECT_EQ(cell(0, ProfileModel::FrequentColumn), QStringLiteral("each once"));
    EXPECT_EQ(cell(1, ProfileModel::FrequentColumn), QStringLiteral("gold × 2"));
    EXPECT_EQ(cell(1, ProfileModel::NullsColumn), QStringLiteral("1 (33 %)"));
    EXPECT_EQ(cell(0, ProfileModel::LargestColumn), QStringLiteral("3"));
    std::string column;
    std::string text;
    QObject::connect(&model, &ProfileModel::described, &model,
                     [&](const std::string& of, const std::string& as) {
                         column = of;
                         text = as;
                     });
    EXPECT_TRUE(model.setData(model.index(1, ProfileModel::DescriptionColumn),
                              QStringLiteral(" What they pay for "), Qt::EditRole));
    EXPECT_EQ(column, "plan");
    EXPECT_EQ(text, "What they pay for");
    EXPECT_FALSE(
        model.setData(model.index(1, ProfileModel::NameColumn), QStringLiteral("x"), Qt::EditRole));
    model.setColumns(fewRows({{"a", ValueKind::Text}}, {})->schema(), {});
    EXPECT_EQ(model.rowCount(), 1);
}

TEST(TablesModelTest, FiltersByNameAndSchema)
{
    TablesModel model;
    const ModelTester tester(&model);
    model.setCatalog(std::make_shared<SqlCatalog>(SqlCatalog{{{"public", "orders", "table", {}},
                                                              {"public", "lines", "table", {}},
                                                              {"audit", "orders", "view", {}}}}));
    EXPECT_EQ(model.rowCount(), 3);
    model.setFilter(QStringLiteral("ORD"));
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.rowOf({"audit", "orders", data::JsonNode::object()}), 1);
    EXPECT_EQ(model.rowOf({{}, "orders", data::JsonNode::object()}), 0);
    EXPECT_EQ(model.rowOf({{}, "lines", data::JsonNode::object()}), -1);
    model.setFilter(QStringLiteral("audit.o"));
    EXPECT_EQ(model.rowCount(), 1);
    EXPECT_EQ(model.tableAt(0).schema, "audit");
}

} // namespace
} // namespace headgate::ui
