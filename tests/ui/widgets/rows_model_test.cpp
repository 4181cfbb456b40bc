// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/rows_model.h"

#include "fakes/print_to.h"
#include "ui/model_tester.h"
#include "ui/widgets/sample_rows.h"

#include <QItemSelectionModel>
#include <QSignalSpy>
#include <gmock/gmock.h>
#include <random>

namespace headgate::ui {
namespace {

std::vector<std::size_t> shownRows(const RowsModel& model)
{
    std::vector<std::size_t> rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows.push_back(model.sourceRow(row));
    return rows;
}

TEST(RowsModel, ShowsValuesAsTheyAre)
{
    RowsModel model;
    const ModelTester tester(&model);
    model.setRows(sampleRows(10));
    EXPECT_EQ(model.rowCount(), 10);
    EXPECT_EQ(model.columnCount(), 3);
    EXPECT_EQ(model.index(0, 0).data().toString(), QStringLiteral("10"));
    EXPECT_EQ(model.index(0, 1).data().toString(), QStringLiteral("NULL"));
    EXPECT_TRUE(model.index(0, 1).data(RowsModel::NullRole).toBool());
    EXPECT_EQ(model.index(1, 2).data().toString(), QStringLiteral("1.50"));
    EXPECT_TRUE(model.index(1, 2).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    EXPECT_FALSE(model.index(1, 1).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    EXPECT_EQ(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(),
              QStringLiteral("price"));
    EXPECT_EQ(model.headerData(2, Qt::Horizontal, Qt::ToolTipRole).toString(),
              QStringLiteral("price\nnumeric(10,2)\nin euros"));
    EXPECT_EQ(model.headerData(4, Qt::Vertical, Qt::DisplayRole).toInt(), 5);
}

TEST(RowsModel, LongAndManyLinedTextsAreCutWhole)
{
    data::Schema schema;
    schema.columns = {{"t", data::ValueKind::Text, "", ""}, {"b", data::ValueKind::Bytes, "", ""}};
    std::vector<data::RowBlock> blocks(1);
    blocks[0].reset(2);
    std::string wide;
    for (int i = 0; i < 5000; ++i)
        wide += "ë";
    blocks[0].append(data::ValueKind::Text, wide);
    blocks[0].append(data::ValueKind::Bytes, std::string(4096, 'A'));
    blocks[0].append(data::ValueKind::Text, "a\nb\tc");
    blocks[0].appendNull();
    RowsModel model;
    model.setRows(std::make_shared<RowSet>(schema, std::move(blocks)));
    EXPECT_EQ(model.index(0, 0).data().toString(),
              QString(RowsModel::longestCell, QChar(0xeb)) + QChar(0x2026));
    EXPECT_TRUE(model.index(0, 1).data().toString().contains(QLatin1Char('3')));
    EXPECT_EQ(model.index(1, 0).data().toString(), QStringLiteral("a b c"));
    EXPECT_EQ(model.valueAt(model.index(0, 0)).text, wide);
}

TEST(RowsModel, AnOrderMovesFiltersAndBringsBack)
{
    RowsModel model;
    const ModelTester tester(&model);
    model.setRows(sampleRows(6));
    model.setOrder({5, 4, 3, 2, 1, 0});
    EXPECT_THAT(shownRows(model), testing::ElementsAre(5, 4, 3, 2, 1, 0));
    model.setOrder({4, 0});
    EXPECT_THAT(shownRows(model), testing::ElementsAre(4, 0));
    EXPECT_EQ(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toInt(), 5);
    model.setOrder({3, 0, 1});
    EXPECT_THAT(shownRows(model), testing::ElementsAre(3, 0, 1));
    model.setOrder({});
    EXPECT_EQ(model.rowCount(), 0);
    model.setOrder({0, 1, 2, 3, 4, 5});
    EXPECT_THAT(shownRows(model), testing::ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(RowsModel, SelectionStaysAtItsRows)
{
    RowsModel model;
    const ModelTester tester(&model);
    model.setRows(sampleRows(6));
    QItemSelectionModel selection(&model);
    const auto selectedSources = [&] {
        std::set<std::size_t> rows;
        for (const QModelIndex& index : selection.selectedRows())
            rows.insert(model.sourceRow(index.row()));
        return rows;
    };
    for (const int row : {1, 4})
        selection.select(model.index(row, 0),
                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
    selection.setCurrentIndex(model.index(4, 2), QItemSelectionModel::NoUpdate);
    model.setOrder({5, 4, 3, 2, 1, 0});
    EXPECT_EQ(selectedSources(), (std::set<std::size_t>{1, 4}));
    EXPECT_EQ(selection.currentIndex(), model.index(1, 2));
    model.setOrder({0, 4, 2});
    EXPECT_EQ(selectedSources(), (std::set<std::size_t>{4}));
    model.setOrder({2, 1, 0, 5, 3, 4});
    EXPECT_EQ(selectedSources(), (std::set<std::size_t>{4}));
    EXPECT_EQ(selection.currentIndex(), model.index(5, 2));
}

TEST(RowsModel, ASortIsNeverAReset)
{
    RowsModel model;
    model.setRows(sampleRows(100));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
    std::vector<std::uint32_t> order(100);
    for (std::uint32_t i = 0; i < 100; ++i)
        order[i] = 99 - i;
    model.setOrder(order);
    EXPECT_EQ(layouts.count(), 1);
    EXPECT_EQ(resets.count(), 0);
    EXPECT_EQ(removals.count(), 0);
    model.setOrder(order);
    EXPECT_EQ(layouts.count(), 1) << "the same order changes nothing";
}

TEST(RowsModel, AnyOrderAfterAnyOther)
{
    std::mt19937 random(7);
    RowsModel model;
    const ModelTester tester(&model);
    model.setRows(sampleRows(30));
    for (int round = 0; round < 40; ++round) {
        std::vector<std::uint32_t> order(30);
        for (std::uint32_t i = 0; i < 30; ++i)
            order[i] = i;
        std::shuffle(order.begin(), order.end(), random);
        order.resize(random() % 31);
        model.setOrder(order);
        ASSERT_EQ(shownRows(model), std::vector<std::size_t>(order.begin(), order.end()));
    }
}

} // namespace
} // namespace headgate::ui
