// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_tree_model.h"
#include "ui/model_tester.h"
#include "ui/shape/shape_sample.h"

#include <QSignalSpy>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class ShapeTreeModelTest : public testing::Test
{
protected:
    ShapeTreeModelTest() : m_tester(&m_model) { m_model.setShape(*viewsSync().shape); }

    [[nodiscard]] QModelIndex root() const { return m_model.index(0, 0, {}); }
    [[nodiscard]] QModelIndex row(int number, int column = 0) const
    {
        return m_model.index(number, column, root());
    }
    [[nodiscard]] static std::string text(const QModelIndex& index)
    {
        return index.data(Qt::DisplayRole).toString().toStdString();
    }

    ShapeTreeModel m_model;
    ModelTester m_tester;
};

TEST_F(ShapeTreeModelTest, showsTheTreeBesideTheRecord)
{
    auto shaper = service::SampleShaper::create(viewsSample(), viewsSync(), viewsModel());
    ASSERT_TRUE(shaper);
    auto live = std::make_shared<LiveRecord>();
    live->shaped = (*shaper)->shape(0);
    live->nodes = nodeValues(live->shaped.provenance);
    m_model.setLive(live);
    m_model.setRootName(QStringLiteral("user"));
    EXPECT_EQ(text(root()), "user");
    EXPECT_EQ(text(row(0)), "firstName");
    EXPECT_EQ(text(row(0, ShapeTreeModel::SourceColumn)), "first_name");
    EXPECT_EQ(text(row(0, ShapeTreeModel::ValueColumn)), "\"Zo\u00EB\"");
    EXPECT_EQ(text(row(1, ShapeTreeModel::ValueColumn)), "2 of 3 rows");
    EXPECT_EQ(m_model.rowCount(row(1)), 2);
}

TEST_F(ShapeTreeModelTest, offersTheFieldsThatNothingFills)
{
    std::vector<connector::FieldInfo> fields(20);
    for (std::size_t i = 0; i < fields.size(); ++i)
        fields[i].name = "field" + std::to_string(i);
    fields[3].name = "firstName";
    fields[5].writable = false;
    fields[9].required = true;
    m_model.setFields(fields);
    ASSERT_EQ(m_model.rowCount(root()), 2 + static_cast<int>(ShapeTreeModel::ghostsShown) + 1);
    ASSERT_NE(m_model.ghostAt(row(2)), nullptr);
    EXPECT_EQ(m_model.ghostAt(row(2))->name, "field9");
    EXPECT_EQ(row(2).data(ShapeTreeModel::StateRole).toInt(),
              static_cast<int>(NodeState::Required));
    const QModelIndex last = row(m_model.rowCount(root()) - 1);
    EXPECT_TRUE(m_model.isShowAll(last));
    EXPECT_EQ(text(last), "Show all 18 fields");
    m_model.showAllFields();
    EXPECT_EQ(m_model.rowCount(root()), 2 + 18);
}

TEST_F(ShapeTreeModelTest, saysWhatIsWrongWithANode)
{
    const shape::Node* const leaf = m_model.nodeAt(row(0));
    ASSERT_NE(leaf, nullptr);
    shape::ShapeFinding finding;
    finding.node = leaf->id;
    finding.issue.severity = Severity::Error;
    finding.issue.message = QStringLiteral("There is no such column.");
    m_model.setFindings({finding});
    EXPECT_EQ(m_model.stateOf(*leaf), NodeState::Error);
    EXPECT_EQ(row(0).data(Qt::ToolTipRole).toString(), finding.issue.message);
    m_model.setFindings({});
    EXPECT_EQ(m_model.stateOf(*leaf), NodeState::Bound);
}

TEST_F(ShapeTreeModelTest, anUnfoldedNodeHasRoomAboveItsChildren)
{
    std::vector<connector::FieldInfo> fields(20);
    for (std::size_t i = 0; i < fields.size(); ++i)
        fields[i].name = "field" + std::to_string(i);
    m_model.setFields(fields);
    const shape::NodeId leaf = m_model.nodeAt(row(0))->id;
    const shape::NodeId list = m_model.nodeAt(row(1))->id;
    EXPECT_EQ(m_model.rowCount(row(0)), 0);
    m_model.setUnfolded(leaf);
    ASSERT_EQ(m_model.rowCount(row(0)), 1);
    const QModelIndex room = m_model.index(0, 0, row(0));
    EXPECT_TRUE(m_model.isRoom(room));
    EXPECT_EQ(m_model.roomIndex(), room);
    EXPECT_EQ(room.parent(), row(0));
    EXPECT_EQ(m_model.nodeAt(room), nullptr);
    EXPECT_EQ(m_model.ghostAt(room), nullptr);
    EXPECT_FALSE(m_model.isShowAll(room));
    EXPECT_FALSE(m_model.flags(room).testFlag(Qt::ItemIsEnabled));

    m_model.setUnfolded(list);
    EXPECT_EQ(m_model.rowCount(row(0)), 0);
    ASSERT_EQ(m_model.rowCount(row(1)), 3);
    EXPECT_TRUE(m_model.isRoom(m_model.index(0, 0, row(1))));
    EXPECT_EQ(text(m_model.index(1, 0, row(1))), "name");
    const shape::Node* const name = m_model.nodeAt(m_model.index(1, 0, row(1)));
    EXPECT_EQ(m_model.indexOf(name->id), m_model.index(1, 0, row(1)));

    m_model.setUnfolded(m_model.shape().root.id);
    EXPECT_TRUE(m_model.isRoom(row(0)));
    EXPECT_EQ(text(row(1)), "firstName");
    EXPECT_NE(m_model.ghostAt(row(3)), nullptr);
    m_model.setUnfolded(std::nullopt);
    EXPECT_EQ(text(row(0)), "firstName");
    EXPECT_FALSE(m_model.roomIndex().isValid());
}

TEST_F(ShapeTreeModelTest, aNodeStaysUnfoldedAsLongAsItIsThere)
{
    const shape::NodeId list = m_model.nodeAt(row(1))->id;
    m_model.setUnfolded(list);
    shape::Shape shape = m_model.shape();
    std::swap(shape.root.children[0], shape.root.children[1]);
    m_model.setShape(shape);
    EXPECT_EQ(m_model.unfolded(), list);
    EXPECT_EQ(m_model.rowCount(row(0)), 3);
    shape.root.children.erase(shape.root.children.begin());
    m_model.setShape(shape);
    EXPECT_FALSE(m_model.unfolded());
    m_model.setUnfolded(list);
    EXPECT_FALSE(m_model.unfolded());
}

TEST_F(ShapeTreeModelTest, asksForNamesInsteadOfChangingThem)
{
    QSignalSpy wanted(&m_model, &ShapeTreeModel::renameWanted);
    EXPECT_FALSE(m_model.setData(row(0), QStringLiteral("given"), Qt::EditRole));
    ASSERT_EQ(wanted.size(), 1);
    EXPECT_EQ(wanted[0][1].toString(), QStringLiteral("given"));
    EXPECT_EQ(text(row(0)), "firstName");
    EXPECT_FALSE(m_model.flags(root()).testFlag(Qt::ItemIsEditable));
}

} // namespace

} // namespace headgate::ui
