// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/source_rows_model.h"
#include "ui/model_tester.h"
#include "ui/shape/shape_sample.h"

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
    EXPECT_EQ(text(2, 0), "beyond the maximum");
    EXPECT_EQ(text(2, 4), "Lamp");
    EXPECT_TRUE(model.index(2, 4).data(SourceRowsModel::DroppedRole).toBool());
    EXPECT_EQ(model.columnAt(model.index(0, 4)), (shape::ColumnRef{{}, "product"}));
    EXPECT_EQ(model.indexOf({0, 1}).row(), 2);
}

} // namespace

} // namespace headgate::ui
