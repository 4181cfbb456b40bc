// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/columns_model.h"
#include "shape/shape_mime.h"
#include "ui/model_tester.h"
#include "ui/shape/shape_sample.h"

#include <QMimeData>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class ColumnsModelTest : public testing::Test
{
protected:
    ColumnsModelTest() : m_tester(&m_model)
    {
        m_model.setSample(viewsSample(), QStringLiteral("Views"));
        m_model.setShape(*viewsSync().shape);
    }

    [[nodiscard]] QVariant at(const char* column, int section, int role = Qt::DisplayRole) const
    {
        const QModelIndex index = m_model.indexOf({{}, column});
        return index.siblingAtColumn(section).data(role);
    }

    ColumnsModel m_model;
    ModelTester m_tester;
};

TEST_F(ColumnsModelTest, showsTheValuesOfTheRecord)
{
    EXPECT_EQ(at("first_name", ColumnsModel::ValueColumn).toString(), QStringLiteral("Zo\u00EB"));
    EXPECT_EQ(at("product", ColumnsModel::ValueColumn).toString(),
              QStringLiteral("Lamp \u00B7 Chair \u00B7 Table"));
    m_model.setRecord(1);
    EXPECT_EQ(at("price", ColumnsModel::ValueColumn).toString(), QStringLiteral("NULL"));
}

TEST_F(ColumnsModelTest, tellsWhatVariesAndWhatIsUsed)
{
    EXPECT_FALSE(at("customer_id", 0, ColumnsModel::VariesRole).toBool());
    EXPECT_TRUE(at("product", 0, ColumnsModel::VariesRole).toBool());
    EXPECT_TRUE(at("product", 0, ColumnsModel::UsedRole).toBool());
    EXPECT_TRUE(at("viewed_at", 0, ColumnsModel::UsedRole).toBool());
    EXPECT_FALSE(at("view_id", 0, ColumnsModel::UsedRole).toBool());
}

TEST_F(ColumnsModelTest, columnsAreDraggedTogether)
{
    const std::unique_ptr<QMimeData> mime(
        m_model.mimeData({m_model.indexOf({{}, "product"}), m_model.indexOf({{}, "price"})}));
    ASSERT_NE(mime, nullptr);
    EXPECT_EQ(columnsOf(*mime), (std::vector<shape::ColumnRef>{{{}, "product"}, {{}, "price"}}));
    EXPECT_EQ(m_model.mimeData({m_model.index(0, 0, {})}), nullptr);
}

} // namespace

} // namespace headgate::ui
