// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/source_rows_model.h"
#include "ui/model_tester.h"
#include "ui/shape/shape_sample.h"
#include "widgets/rows_model.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

TEST(SourceRowsModel, ordersRowsAsThePayloadHasThem)
{
    const auto sample = viewsSample();
    auto shaper = service::SampleShaper::create(sample, viewsSync(), viewsModel());
    ASSERT_TRUE(shaper);
    auto live = std::make_shared<LiveRecord>();
    live->shaped = (*shaper)->shape(0);
    SourceRowsModel model;
    const ModelTester tester(&model);
    model.setRecord(sample, 0, live);
    ASSERT_EQ(model.rowCount(), 3);
    const auto text = [&](int row, int column) {
        return model.index(row, column).data(Qt::DisplayRole).toString().toStdString();
    };
    EXPECT_EQ(text(0, 0), "1");
    EXPECT_EQ(text(0, 4), "Chair");
    EXPECT_EQ(text(1, 0), "2");
    EXPECT_EQ(text(1, 4), "Table");
    EXPECT_EQ(text(2, 0), "beyond");
    EXPECT_EQ(model.index(2, 0).data(Qt::ToolTipRole).toString().toStdString(),
              "beyond the maximum");
    EXPECT_EQ(model.index(2, 0).data(Qt::AccessibleTextRole).toString().toStdString(),
              "beyond the maximum");
    EXPECT_EQ(text(2, 4), "Lamp");
    EXPECT_TRUE(model.index(2, 4).data(SourceRowsModel::DroppedRole).toBool());
    EXPECT_EQ(model.columnAt(model.index(0, 4)), (shape::ColumnRef{{}, "product"}));
    EXPECT_EQ(model.indexOf({0, 1}).row(), 2);
}

TEST(SourceRowsModel, marksNeitherPointedAtNorDroppedCellsAsInvalidOrNull)
{
    const auto sample = viewsSample();
    auto shaper = service::SampleShaper::create(sample, viewsSync(), viewsModel());
    ASSERT_TRUE(shaper);
    const auto read = [](const QModelIndex& cell, RowsModel::Role role) {
        return cell.data(role).toBool();
    };
    SourceRowsModel model;
    auto live = std::make_shared<LiveRecord>();
    live->shaped = (*shaper)->shape(0);
    model.setRecord(sample, 0, live);
    const QModelIndex chair = model.index(0, 4);
    model.setMarks(
        counterparts({std::nullopt, model.columnAt(chair), model.originAt(chair), std::nullopt},
                     *viewsSync().shape, live.get()));
    ASSERT_TRUE(chair.data(SourceRowsModel::FocusRole).toBool());
    EXPECT_FALSE(read(chair, RowsModel::InvalidRole));
    const QModelIndex lamp = model.index(2, 4);
    ASSERT_TRUE(lamp.data(SourceRowsModel::DroppedRole).toBool());
    EXPECT_FALSE(read(lamp, RowsModel::NullRole));

    auto other = std::make_shared<LiveRecord>();
    other->record = 1;
    other->shaped = (*shaper)->shape(1);
    model.setRecord(sample, 0, other);
    EXPECT_TRUE(read(model.index(0, 5), RowsModel::NullRole));
    EXPECT_FALSE(read(model.index(0, 4), RowsModel::NullRole));
}

class SourceRowsOfForm : public testing::TestWithParam<shape::ListForm>
{};

TEST_P(SourceRowsOfForm, standInTheOrderOfTheList)
{
    const auto sample = viewsSample();
    project::SyncDefinition sync = viewsSync();
    shape::ListOptions& list = sync.shape->root.children[1].list;
    list.form = GetParam();
    list.key.column = "product";
    list.limit = 3;
    auto shaper = service::SampleShaper::create(sample, sync, viewsModel());
    ASSERT_TRUE(shaper);
    auto live = std::make_shared<LiveRecord>();
    live->shaped = (*shaper)->shape(0);
    SourceRowsModel model;
    model.setRecord(sample, 0, live);
    ASSERT_EQ(model.rowCount(), 3);
    std::size_t from = 0;
    for (int row = 0; row < 3; ++row) {
        EXPECT_EQ(model.index(row, 0).data().toInt(), row + 1);
        const std::string product = model.index(row, 4).data().toString().toStdString();
        const std::size_t at = live->shaped.payload.find(product);
        EXPECT_LT(from, at) << product << " in " << live->shaped.payload;
        EXPECT_NE(at, std::string::npos) << product;
        from = at;
    }
}

INSTANTIATE_TEST_SUITE_P(Forms, SourceRowsOfForm,
                         testing::Values(shape::ListForm::Dictionaries, shape::ListForm::Values,
                                         shape::ListForm::DictionaryOfLists,
                                         shape::ListForm::DictionaryByKey),
                         [](const auto& form) { return std::to_string(int(form.param)); });

} // namespace

} // namespace headgate::ui
