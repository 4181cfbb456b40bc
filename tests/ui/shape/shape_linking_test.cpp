// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shape/shape_page_case.h"

namespace headgate::ui {

namespace {

/// Each pane is pointed at, and walked by the caret, and all the others are looked at.
class ShapeLinkingTest : public ShapePageTest
{
protected:
    ShapeLinkingTest()
    {
        shapeLines();
        EXPECT_TRUE(soon([this] { return rowsView()->model()->rowCount() > 0; }));
    }

    [[nodiscard]] QTableView* rowsView()
    {
        return visibleNamed<QTableView>(*m_page, QStringLiteral("Source rows"));
    }
    [[nodiscard]] JsonView* json() { return m_page->findChild<JsonView*>(); }
    [[nodiscard]] QTreeView* columnsView()
    {
        return visibleNamed<QTreeView>(*m_page, QStringLiteral("Columns"));
    }
    void showModel(const char* name)
    {
        auto* const models = visibleNamed<QTabBar>(*m_page, QStringLiteral("Models"));
        ASSERT_NE(models, nullptr);
        for (int tab = 0; tab < models->count(); ++tab)
            if (models->tabText(tab) == QLatin1String(name))
                QTest::mouseClick(models, Qt::LeftButton, {}, models->tabRect(tab).center());
        ASSERT_EQ(models->tabText(models->currentIndex()), QLatin1String(name));
    }
    /// Of a row that the view shows by this text.
    [[nodiscard]] QModelIndex shown(const QAbstractItemView* view, const char* text,
                                    const QModelIndex& parent = {})
    {
        const QAbstractItemModel& model = *view->model();
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            if (index.data().toString() == QLatin1String(text))
                return index;
            if (const QModelIndex inside = shown(view, text, index); inside.isValid())
                return inside;
        }
        return {};
    }
    [[nodiscard]] QModelIndex cell(int row, const char* column)
    {
        const QAbstractItemModel& model = *rowsView()->model();
        for (int section = 0; section < model.columnCount(); ++section)
            if (model.headerData(section, Qt::Horizontal).toString() == QLatin1String(column))
                return model.index(row, section);
        return {};
    }
    void point(QAbstractItemView* view, const QModelIndex& index)
    {
        ASSERT_TRUE(index.isValid());
        view->scrollTo(index);
        QTest::mouseMove(view->viewport(), view->visualRect(index).center());
    }
    void controlClick(QAbstractItemView* view, const QModelIndex& index)
    {
        ASSERT_TRUE(index.isValid());
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          view->visualRect(index).center());
    }
    [[nodiscard]] static bool isMarked(const QModelIndex& index, int role)
    {
        return index.isValid() && index.data(role).toBool();
    }
    [[nodiscard]] bool columnIsMarked(const char* name)
    {
        return isMarked(shown(columnsView(), name), ColumnsModel::FocusRole);
    }
    [[nodiscard]] bool nodeIsMarked(const char* name)
    {
        return isMarked(shown(tree(), name), ShapeTreeModel::FocusRole);
    }
    [[nodiscard]] bool cellIsMarked(int row, const char* column)
    {
        return isMarked(cell(row, column), SourceRowsModel::FocusRole);
    }
    /// The texts of the payload that are marked, those of the row that is meant with "!".
    [[nodiscard]] std::vector<std::string> markedJson()
    {
        std::vector<std::string> texts;
        for (const JsonMark& mark : json()->marks())
            texts.push_back((mark.strong ? "!" : "") +
                            payload().substr(mark.begin, mark.end - mark.begin));
        return texts;
    }
    [[nodiscard]] std::string caretText() { return payload().substr(json()->caretByte(), 5); }
    /// The product of a row of the lines, as JSON has it.
    [[nodiscard]] std::string product(int row)
    {
        return '"' + cell(row, "product_name").data().toString().toStdString() + '"';
    }
};

TEST_F(ShapeLinkingTest, aColumnUnderThePointerIsMarkedInAllPanes)
{
    showModel("lines");
    point(columnsView(), shown(columnsView(), "product_name"));
    EXPECT_TRUE(columnIsMarked("product_name"));
    EXPECT_TRUE(nodeIsMarked("product_name"));
    EXPECT_FALSE(nodeIsMarked("quantity"));
    EXPECT_TRUE(cellIsMarked(0, "product_name"));
    EXPECT_FALSE(cellIsMarked(0, "quantity"));
    ASSERT_FALSE(markedJson().empty());
    EXPECT_EQ(markedJson().front(), "!" + product(0));
}

TEST_F(ShapeLinkingTest, aNodeUnderThePointerIsMarkedInAllPanes)
{
    showModel("lines");
    point(tree(), shown(tree(), "quantity"));
    EXPECT_TRUE(columnIsMarked("quantity"));
    EXPECT_TRUE(cellIsMarked(0, "quantity"));
    EXPECT_FALSE(cellIsMarked(0, "product_name"));
    EXPECT_EQ(markedJson().size(), static_cast<std::size_t>(rowsView()->model()->rowCount()));
}

TEST_F(ShapeLinkingTest, aCellUnderThePointerIsMarkedInAllPanes)
{
    showModel("lines");
    point(rowsView(), cell(0, "product_name"));
    EXPECT_TRUE(columnIsMarked("product_name"));
    EXPECT_TRUE(nodeIsMarked("product_name"));
    ASSERT_FALSE(markedJson().empty());
    EXPECT_EQ(markedJson().front(), "!" + product(0));
    point(rowsView(), cell(0, "#"));
    EXPECT_TRUE(nodeIsMarked("lines"));
    ASSERT_EQ(markedJson().size(), 1U);
    EXPECT_EQ(markedJson().front().rfind("!{\"product_name\":", 0), 0U) << markedJson().front();
}

TEST_F(ShapeLinkingTest, theCaretInTheJsonIsMarkedInAllPanes)
{
    showModel("lines");
    json()->setFocus();
    json()->showByte(payload().find(product(0)));
    EXPECT_TRUE(columnIsMarked("product_name"));
    EXPECT_TRUE(nodeIsMarked("product_name"));
    EXPECT_TRUE(cellIsMarked(0, "product_name"));
    QTest::keyClick(json(), Qt::Key_Down);
    EXPECT_TRUE(nodeIsMarked("quantity"));
    EXPECT_TRUE(cellIsMarked(0, "quantity"));
}

TEST_F(ShapeLinkingTest, theCaretOfEveryOtherPaneIsMarkedInAllPanes)
{
    showModel("lines");
    columnsView()->setFocus();
    columnsView()->setCurrentIndex(shown(columnsView(), "product_name"));
    EXPECT_TRUE(nodeIsMarked("product_name"));
    QTest::keyClick(columnsView(), Qt::Key_Up);
    EXPECT_FALSE(nodeIsMarked("product_name"));

    rowsView()->setFocus();
    rowsView()->setCurrentIndex(cell(0, "quantity"));
    EXPECT_TRUE(nodeIsMarked("quantity"));
    EXPECT_TRUE(columnIsMarked("quantity"));
    QTest::keyClick(rowsView(), Qt::Key_Left);
    EXPECT_FALSE(nodeIsMarked("quantity"));

    tree()->setCurrentIndex(shown(tree(), "product_name"));
    EXPECT_TRUE(columnIsMarked("product_name"));
    QTest::keyClick(tree(), Qt::Key_Down);
    EXPECT_TRUE(columnIsMarked("quantity"));
}

TEST_F(ShapeLinkingTest, theCaretCountsAgainWhenThePointerLeaves)
{
    tree()->setFocus();
    tree()->setCurrentIndex(shown(tree(), "order_id"));
    point(columnsView(), shown(columnsView(), "quantity"));
    ASSERT_TRUE(nodeIsMarked("quantity"));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(columnsView()->viewport(), &leave);
    EXPECT_FALSE(nodeIsMarked("quantity"));
    EXPECT_TRUE(nodeIsMarked("order_id"));
}

TEST_F(ShapeLinkingTest, marksFollowToAnotherRecord)
{
    press(tree(), Qt::Key_Home);
    point(columnsView(), shown(columnsView(), "order_id"));
    ASSERT_EQ(markedJson(), std::vector<std::string>{"!70001"});
    QTest::keyClick(tree(), Qt::Key_PageDown, Qt::ControlModifier);
    ASSERT_TRUE(payloadHas("\"order_id\":70002"));
    EXPECT_EQ(markedJson(), std::vector<std::string>{"!70002"});
}

TEST_F(ShapeLinkingTest, controlClickOnAColumnGoesToItsCounterparts)
{
    controlClick(columnsView(), shown(columnsView(), "quantity"));
    EXPECT_EQ(tree()->currentIndex().data().toString(), QStringLiteral("quantity"));
    const QModelIndex row = rowsView()->currentIndex();
    EXPECT_EQ(row, cell(row.row(), "quantity")) << "in the tab of its model";
    const std::size_t at = payload().find("\"quantity\":") + 11;
    EXPECT_EQ(json()->caretByte(), at) << caretText();
}

TEST_F(ShapeLinkingTest, controlClickStillSelectsColumns)
{
    controlClick(columnsView(), shown(columnsView(), "quantity"));
    controlClick(columnsView(), shown(columnsView(), "product_name"));
    EXPECT_EQ(columns()->selectedColumns().size(), 2U);
}

TEST_F(ShapeLinkingTest, controlClickOnAnUnusedColumnSaysSo)
{
    controlClick(columnsView(), shown(columnsView(), "status"));
    EXPECT_EQ(said(), "status is not used in the payload.");
}

TEST_F(ShapeLinkingTest, controlClickOnANodeGoesToItsCounterparts)
{
    controlClick(tree(), shown(tree(), "product_name"));
    EXPECT_EQ(columnsView()->currentIndex().data().toString(), QStringLiteral("product_name"));
    EXPECT_EQ(rowsView()->currentIndex(), cell(0, "product_name"));
    EXPECT_EQ(json()->caretByte(), payload().find(product(0)));
}

TEST_F(ShapeLinkingTest, controlClickOnACellGoesToItsCounterparts)
{
    showModel("lines");
    const int last = rowsView()->model()->rowCount() - 1;
    controlClick(rowsView(), cell(last, "product_name"));
    EXPECT_EQ(tree()->currentIndex().data().toString(), QStringLiteral("product_name"));
    EXPECT_EQ(columnsView()->currentIndex().data().toString(), QStringLiteral("product_name"));
    EXPECT_EQ(json()->caretByte(), payload().rfind(product(last)));
}

TEST_F(ShapeLinkingTest, controlClickInTheJsonGoesToItsCounterparts)
{
    showModel("lines");
    json()->showByte(payload().find(product(0)));
    const int rowHeight = json()->viewport()->fontMetrics().height() + 4;
    const auto y = static_cast<int>(json()->caretLine() - json()->topLine()) * rowHeight;
    const int x = json()->viewport()->fontMetrics().horizontalAdvance(
        QStringLiteral("      \"product_name\": \"abc"));
    QTest::mouseClick(json()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      {x + 22, y + rowHeight / 2});
    EXPECT_EQ(tree()->currentIndex().data().toString(), QStringLiteral("product_name"));
    EXPECT_EQ(columnsView()->currentIndex().data().toString(), QStringLiteral("product_name"));
    EXPECT_EQ(rowsView()->currentIndex(), cell(0, "product_name"));
}

TEST_F(ShapeLinkingTest, theTableOfPathsIsLinkedToo)
{
    press(tree(), Qt::Key_M, Qt::ControlModifier);
    auto* const paths = visibleNamed<QTableView>(*m_page, QStringLiteral("Paths"));
    ASSERT_NE(paths, nullptr);
    const QModelIndex quantity = shown(paths, "/lines/*/quantity");
    point(paths, quantity);
    EXPECT_TRUE(columnIsMarked("quantity"));
    point(columnsView(), shown(columnsView(), "quantity"));
    EXPECT_TRUE(quantity.data(Qt::BackgroundRole).isValid());
    controlClick(columnsView(), shown(columnsView(), "product_name"));
    EXPECT_EQ(paths->currentIndex().data().toString(), QStringLiteral("/lines/*/product_name"));
}

} // namespace

} // namespace headgate::ui
