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

TEST_F(ColumnsModelTest, constantsAreTheLastGroup)
{
    const QModelIndex group = m_model.index(m_model.rowCount({}) - 1, 0, {});
    EXPECT_EQ(group.data().toString(), QStringLiteral("Constants"));
    const QModelIndex text = m_model.indexOf(shape::NodeKind::Text);
    ASSERT_TRUE(text.isValid());
    EXPECT_EQ(text.parent(), group);
    EXPECT_EQ(m_model.madeAt(text), shape::NodeKind::Text);
    EXPECT_FALSE(m_model.columnAt(text));
    EXPECT_FALSE(text.data(ColumnsModel::UsedRole).toBool());
    EXPECT_FALSE(text.data(ColumnsModel::VariesRole).isValid()) << "neither one nor many";
    m_model.setShape(shapeOf(R"({"kind":"object","fields":[
        {"name":"a","kind":"text","text":"{product} {price}"}]})"));
    EXPECT_TRUE(text.data(ColumnsModel::UsedRole).toBool());
    EXPECT_TRUE(at("price", 0, ColumnsModel::UsedRole).toBool()) << "in the text";
    EXPECT_FALSE(m_model.indexOf(shape::NodeKind::Object).isValid());
}

TEST_F(ColumnsModelTest, marksWhatBelongsToThePointer)
{
    ShapeMarks marks;
    marks.columns = {{{}, "price"}};
    marks.made = {shape::NodeKind::Map};
    m_model.setMarks(marks);
    EXPECT_TRUE(at("price", 0, ColumnsModel::FocusRole).toBool());
    EXPECT_FALSE(at("product", 0, ColumnsModel::FocusRole).toBool());
    EXPECT_TRUE(m_model.indexOf(shape::NodeKind::Map).data(ColumnsModel::FocusRole).toBool());
}

} // namespace

} // namespace headgate::ui
