// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_marks.h"
#include "ui/shape/shape_sample.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

/// Zoë's record: {"firstName":"Zoë","viewed":[{"name":"Chair","price":49.00},
/// {"name":"Table","price":120.00}]}, of rows 2 and 4; row 1 is beyond the limit.
class ShapeMarksTest : public testing::Test
{
protected:
    ShapeMarksTest()
    {
        auto shaper = service::SampleShaper::create(viewsSample(), m_sync, viewsModel());
        EXPECT_TRUE(shaper);
        m_live.shaped = (*shaper)->shape(0);
        m_live.nodes = nodeValues(m_live.shaped.provenance);
    }

    [[nodiscard]] ShapeMarks marksOf(const ShapeFocus& focus) const
    {
        return counterparts(focus, *m_sync.shape, &m_live);
    }
    [[nodiscard]] shape::NodeId idOf(const std::string& path) const
    {
        for (const auto& [id, each] : m_sync.shape->paths())
            if (each == path)
                return id;
        return 0;
    }
    [[nodiscard]] std::set<std::string> nodes(const ShapeMarks& marks) const
    {
        std::set<std::string> paths;
        for (const shape::NodeId node : marks.nodes)
            paths.insert(m_sync.shape->pathOf(node));
        return paths;
    }
    /// Those that are exact with a "!" before them.
    [[nodiscard]] std::vector<std::string> values(const ShapeMarks& marks) const
    {
        std::vector<std::string> texts;
        for (const ShapeMarks::Value& value : marks.values)
            texts.push_back((value.exact ? "!" : "") +
                            m_live.shaped.payload.substr(value.begin, value.end - value.begin));
        return texts;
    }
    [[nodiscard]] static std::set<std::uint64_t> rows(const ShapeMarks& marks)
    {
        std::set<std::uint64_t> numbers;
        for (const shape::RowOrigin& row : marks.rows)
            numbers.insert(row.row);
        return numbers;
    }

    project::SyncDefinition m_sync = viewsSync();
    LiveRecord m_live;
};

using Paths = std::set<std::string>;
using Texts = std::vector<std::string>;
using Rows = std::set<std::uint64_t>;

TEST_F(ShapeMarksTest, aColumnHasItsNodesAndTheirValues)
{
    const ShapeMarks marks = marksOf({{}, shape::ColumnRef{{}, "product"}, {}, {}});
    EXPECT_EQ(nodes(marks), Paths{"/viewed/*/name"});
    EXPECT_EQ(values(marks), (Texts{"!\"Chair\"", "!\"Table\""}));
    EXPECT_TRUE(marks.hasColumn({{}, "product"}));
    EXPECT_FALSE(marks.hasRowsOf(0)) << "all rows of the record have the column";
}

TEST_F(ShapeMarksTest, aColumnThatSortsAListHasTheList)
{
    EXPECT_EQ(nodes(marksOf({{}, shape::ColumnRef{{}, "viewed_at"}, {}, {}})), Paths{"/viewed"});
}

TEST_F(ShapeMarksTest, aColumnThatNothingReadsHasNone)
{
    const ShapeMarks marks = marksOf({{}, shape::ColumnRef{{}, "view_id"}, {}, {}});
    EXPECT_TRUE(marks.nodes.empty());
    EXPECT_TRUE(marks.values.empty());
}

TEST_F(ShapeMarksTest, aLeafHasItsColumnAndTheRowsOfItsValues)
{
    const ShapeMarks marks = marksOf({idOf("/viewed/*/price"), {}, {}, {}});
    EXPECT_EQ(marks.columns, (std::vector<shape::ColumnRef>{{{}, "price"}}));
    EXPECT_EQ(values(marks), (Texts{"!49.00", "!120.00"}));
    EXPECT_EQ(rows(marks), (Rows{2, 4}));
}

TEST_F(ShapeMarksTest, aListHasAllColumnsInItAndTheRowsThatItTook)
{
    const ShapeMarks marks = marksOf({idOf("/viewed"), {}, {}, {}});
    EXPECT_TRUE(marks.hasColumn({{}, "viewed_at"}));
    EXPECT_TRUE(marks.hasColumn({{}, "product"}));
    EXPECT_FALSE(marks.hasColumn({{}, "first_name"}));
    EXPECT_EQ(rows(marks), (Rows{2, 4}));
    ASSERT_EQ(marks.values.size(), 1U);
}

TEST_F(ShapeMarksTest, aCellHasTheValueOfItsRowAmongTheOthers)
{
    const ShapeMarks marks = marksOf({{}, shape::ColumnRef{{}, "product"}, {{0, 4}}, {}});
    EXPECT_EQ(nodes(marks), Paths{"/viewed/*/name"});
    EXPECT_EQ(values(marks), (Texts{"\"Chair\"", "!\"Table\""}));
    EXPECT_EQ(rows(marks), Rows{4});
}

TEST_F(ShapeMarksTest, aCellOfARowThatWasLeftOutHasItsNodeOnly)
{
    const ShapeMarks marks = marksOf({{}, shape::ColumnRef{{}, "product"}, {{0, 1}}, {}});
    EXPECT_EQ(nodes(marks), Paths{"/viewed/*/name"});
    EXPECT_EQ(values(marks), (Texts{"\"Chair\"", "\"Table\""}));
}

TEST_F(ShapeMarksTest, aRowHasItsElement)
{
    const ShapeMarks marks = marksOf({{}, {}, {{0, 2}}, {}});
    EXPECT_EQ(nodes(marks), Paths{"/viewed"});
    EXPECT_EQ(values(marks), Texts{"!{\"name\":\"Chair\",\"price\":49.00}"});
}

TEST_F(ShapeMarksTest, theWholePayloadHasNone)
{
    EXPECT_TRUE(marksOf({m_sync.shape->root.id, {}, {}, {}}).isEmpty());
}

TEST_F(ShapeMarksTest, whatNeedsNoColumnGoesByItsKind)
{
    m_sync.shape = shapeOf(R"({"kind":"object","fields":[
        {"name":"a","kind":"constant","value":1},
        {"name":"b","kind":"text","text":"Dear {first_name}"}]})");
    const ShapeMarks maker = marksOf({{}, {}, {}, shape::NodeKind::Constant});
    EXPECT_EQ(nodes(maker), Paths{"/a"});
    const ShapeMarks text = marksOf({idOf("/b"), {}, {}, {}});
    EXPECT_EQ(text.made, std::set<shape::NodeKind>{shape::NodeKind::Text});
    EXPECT_TRUE(text.hasColumn({{}, "first_name"}));
}

TEST_F(ShapeMarksTest, aNodeThatIsGoneHasNone)
{
    EXPECT_TRUE(marksOf({99, {}, {}, {}}).isEmpty());
}

} // namespace

} // namespace headgate::ui
