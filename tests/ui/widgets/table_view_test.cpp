// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table_view.h"

#include "fakes/print_to.h"
#include "theme/fonts.h"
#include "theme/tokens.h"
#include "ui/widgets/sample_rows.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

class TableViewTest : public testing::Test
{
protected:
    TableViewTest()
    {
        m_view.resize(500, 300);
        m_view.setRows(sampleRows(20));
        m_view.show();
    }
    [[nodiscard]] bool settled()
    {
        return QTest::qWaitFor([this] { return !m_view.isBusy(); }, 20000);
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return m_view.rowsModel()->index(row, column).data().toString();
    }

    TableView m_view;
};

TEST_F(TableViewTest, AClickOnAHeaderSortsUpDownAndNotAtAll)
{
    const QHeaderView* header = m_view.horizontalHeader();
    const QPoint at(header->sectionViewportPosition(0) + 30, header->height() / 2);
    const auto click = [&] {
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
        ASSERT_TRUE(settled());
    };
    EXPECT_EQ(cell(0, 0), QStringLiteral("20"));
    click();
    EXPECT_EQ(cell(0, 0), QStringLiteral("1"));
    click();
    EXPECT_EQ(cell(0, 0), QStringLiteral("20"));
    click();
    EXPECT_EQ(header->sortIndicatorSection(), -1);
    EXPECT_EQ(cell(0, 0), QStringLiteral("20"));
}

TEST_F(TableViewTest, FiltersAndTellsHowManyAreShown)
{
    QSignalSpy orders(&m_view, &TableView::orderChanged);
    m_view.setFilter(QStringLiteral("19.50"));
    ASSERT_TRUE(settled());
    EXPECT_EQ(m_view.rowsModel()->rowCount(), 1);
    ASSERT_EQ(orders.count(), 1);
    EXPECT_EQ(orders.at(0).at(0).toInt(), 1);
    EXPECT_EQ(orders.at(0).at(1).toInt(), 20);
    m_view.setFilter({});
    ASSERT_TRUE(settled());
    EXPECT_EQ(m_view.rowsModel()->rowCount(), 20);
}

TEST_F(TableViewTest, AFilterHoldsForRowsThatComeLater)
{
    m_view.setFilter(QStringLiteral("19.50"));
    ASSERT_TRUE(settled());
    m_view.setRows(sampleRows(120));
    ASSERT_TRUE(settled());
    EXPECT_EQ(m_view.rowsModel()->rowCount(), 2);
}

TEST_F(TableViewTest, AnAnswerForOlderRowsIsNotShown)
{
    m_view.setFilter(QStringLiteral("0.50"));
    m_view.setRows(sampleRows(5));
    ASSERT_TRUE(settled());
    QCoreApplication::processEvents();
    EXPECT_EQ(m_view.rowsModel()->rowCount(), 1);
}

TEST_F(TableViewTest, CopiesWholeRowsAsTheyAreSeen)
{
    m_view.selectRow(7);
    m_view.selectionModel()->select(m_view.model()->index(1, 0),
                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QSignalSpy copies(&m_view, &TableView::copied);
    QTest::keyClick(&m_view, Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("19\tName 919\t1.50\n13\t\t7.50"));
    ASSERT_EQ(copies.count(), 1);
    EXPECT_EQ(copies.at(0).at(0).toInt(), 2);
    m_view.horizontalHeader()->moveSection(2, 0);
    m_view.hideColumn(1);
    m_view.copyWithHeader();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("price\tid\n1.50\t19\n7.50\t13"));
}

TEST_F(TableViewTest, CopiesCellsWhereCellsAreSelected)
{
    m_view.setSelectionBehavior(QAbstractItemView::SelectItems);
    m_view.selectionModel()->select(
        QItemSelection(m_view.model()->index(1, 1), m_view.model()->index(2, 2)),
        QItemSelectionModel::ClearAndSelect);
    m_view.copy();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("Name 919\t1.50\nName 838\t2.50"));
    m_view.selectionModel()->select(m_view.model()->index(1, 2),
                                    QItemSelectionModel::ClearAndSelect);
    m_view.copy();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("1.50"));
    m_view.copyWithHeader();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("price\n1.50"));
}

TEST_F(TableViewTest, CellsThatWouldBreakTheLinesAreQuoted)
{
    data::Schema schema;
    schema.columns = {{"a\tb", data::ValueKind::Text, "", ""}};
    std::vector<data::RowBlock> blocks(1);
    blocks[0].reset(1);
    blocks[0].append(data::ValueKind::Text, "one\ntwo \"three\"");
    m_view.setRows(std::make_shared<RowSet>(schema, std::move(blocks)));
    EXPECT_EQ(tabSeparated(m_view, {0}, true),
              QStringLiteral("\"a\tb\"\n\"one\ntwo \"\"three\"\"\""));
}

TEST_F(TableViewTest, CopiesNoMoreThanTheMost)
{
    m_view.setRows(sampleRows(TableView::mostCopied + 500));
    m_view.selectAll();
    QSignalSpy copies(&m_view, &TableView::copied);
    m_view.copy();
    ASSERT_EQ(copies.count(), 1);
    EXPECT_EQ(copies.at(0).at(0).toInt(), TableView::mostCopied);
    EXPECT_EQ(copies.at(0).at(1).toInt(), TableView::mostCopied + 500);
    EXPECT_EQ(QApplication::clipboard()->text().count(QLatin1Char('\n')),
              TableView::mostCopied - 1);
}

TEST_F(TableViewTest, HasRowsOfOneHeightAndANullInAQuietColor)
{
    EXPECT_EQ(m_view.rowHeight(0), rowHeight());
    const QModelIndex null = m_view.model()->index(0, 1);
    m_view.clearSelection();
    const QImage image = m_view.viewport()->grab(m_view.visualRect(null)).toImage();
    const Tokens& t = tokens(&m_view);
    int quiet = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            EXPECT_NE(image.pixelColor(x, y), t.text);
            quiet += image.pixelColor(x, y) == t.tertiary ? 1 : 0;
        }
    }
    EXPECT_GT(quiet, 0);
}

} // namespace
} // namespace headgate::ui
