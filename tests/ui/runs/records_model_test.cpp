// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/records_model.h"

#include "ui/model_tester.h"

#include <QSignalSpy>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

service::RecordPage page(int first, int count, const char* next)
{
    service::RecordPage page;
    for (int i = 0; i < count; ++i) {
        service::RunRecord record;
        record.place = "h" + std::to_string(first + i);
        record.row.keyText = "k" + std::to_string(first + i);
        record.row.outcome = i % 2 == 0 ? "rejected" : "successful";
        record.row.category = "added";
        record.row.message = "line\n two";
        record.row.code = "bad";
        page.records.push_back(record);
    }
    page.next = next;
    return page;
}

QString cell(const RecordsModel& model, int row, RecordsModel::Column column)
{
    return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

} // namespace

TEST(RecordsModel, keepsTheRulesOfModels)
{
    RecordsModel model;
    const ModelTester tester(&model);
    model.append(page(1, 3, "h1"));
    model.append(page(4, 2, ""));
    model.append({});
    model.clear();
    model.append(page(1, 1, ""));
}

TEST(RecordsModel, pagesFollowEachOther)
{
    RecordsModel model;
    QSignalSpy wanted(&model, &RecordsModel::moreWanted);
    EXPECT_FALSE(model.canFetchMore({}));
    model.append(page(1, 3, "h1"));
    EXPECT_EQ(model.rowCount(), 3);
    ASSERT_TRUE(model.canFetchMore({}));
    model.fetchMore({});
    EXPECT_FALSE(model.canFetchMore({})) << "it was asked for once";
    model.fetchMore({});
    EXPECT_EQ(wanted.size(), 1);
    model.stopAsking();
    EXPECT_TRUE(model.canFetchMore({}));
    model.append(page(4, 2, ""));
    EXPECT_EQ(model.rowCount(), 5);
    EXPECT_FALSE(model.canFetchMore({}));
    EXPECT_EQ(model.record(4)->row.keyText, "k5");
    EXPECT_EQ(model.record(5), nullptr);
    model.append({});
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(RecordsModel, saysWhatBecameOfARecordAndWhy)
{
    RecordsModel model;
    model.append(page(1, 2, ""));
    EXPECT_EQ(cell(model, 0, RecordsModel::Key), QStringLiteral("k1"));
    EXPECT_EQ(cell(model, 0, RecordsModel::Outcome), QStringLiteral("Rejected"));
    EXPECT_EQ(cell(model, 0, RecordsModel::Change), QStringLiteral("Added"));
    EXPECT_EQ(cell(model, 0, RecordsModel::Reason), QStringLiteral("line two"));
    EXPECT_FALSE(
        model.data(model.index(0, RecordsModel::Key), Qt::DecorationRole).value<QIcon>().isNull());
    for (int column = 0; column < model.columnCount(); ++column)
        EXPECT_FALSE(
            model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
    for (const char* outcome :
         {"successful", "unconfirmed", "rejected", "in_doubt", "skipped", "pending", "invalid"})
        EXPECT_NE(outcomeText(outcome), QString::fromLatin1(outcome));
}

TEST(RecordsModel, aRecordWithoutItsKeyIsNamedByItsHash)
{
    service::RecordPage one = page(1, 1, "");
    one.records[0].row.keyText.clear();
    one.records[0].row.keyHash.bytes[0] = 0xAB;
    one.records[0].row.message.clear();
    RecordsModel model;
    model.append(one);
    EXPECT_TRUE(cell(model, 0, RecordsModel::Key).startsWith(QStringLiteral("ab00")));
    EXPECT_EQ(cell(model, 0, RecordsModel::Reason), QStringLiteral("bad"));
}

} // namespace headgate::ui
