// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_tester.h"

#include <QStandardItemModel>
#include <QStringListModel>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

/// Says that rows come, but does not have them.
class EmptyPromiseModel : public QAbstractListModel
{
public:
    int rowCount(const QModelIndex&) const override { return 3; }
    QVariant data(const QModelIndex&, int) const override { return {}; }
    void promise()
    {
        beginInsertRows({}, 3, 5);
        endInsertRows();
    }
};

/// Its cells have children that are not reached again.
class LostParentModel : public QAbstractItemModel
{
public:
    QModelIndex index(int row, int column, const QModelIndex& parent) const override
    {
        return createIndex(row, column, quintptr(parent.isValid() ? 2 : 1));
    }
    QModelIndex parent(const QModelIndex&) const override { return {}; }
    int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() && parent.internalId() == 2 ? 0 : 2;
    }
    int columnCount(const QModelIndex&) const override { return 1; }
    QVariant data(const QModelIndex&, int) const override { return {}; }
};

/// Answers a text where a size is asked for.
class CrookedModel : public QAbstractListModel
{
public:
    int rowCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex&, int role) const override
    {
        return role == Qt::SizeHintRole ? QVariant(QStringLiteral("wide")) : QVariant();
    }
};

void insertIntoEmptyPromise()
{
    EmptyPromiseModel model;
    const ModelTester tester(&model);
    model.promise();
}

void watchLostParent()
{
    LostParentModel model;
    const ModelTester tester(&model);
}

void watchCrooked()
{
    CrookedModel model;
    const ModelTester tester(&model);
}

int failuresOf(void (*work)())
{
    testing::TestPartResultArray results;
    {
        const testing::ScopedFakeTestPartResultReporter reporter(
            testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
        work();
    }
    int failures = 0;
    for (int i = 0; i < results.size(); ++i)
        failures += results.GetTestPartResult(i).failed() ? 1 : 0;
    return failures;
}

TEST(ModelTester, ABrokenModelFailsTheTest)
{
    EXPECT_GT(failuresOf(insertIntoEmptyPromise), 0);
    EXPECT_GT(failuresOf(watchLostParent), 0);
    EXPECT_GT(failuresOf(watchCrooked), 0);
}

void watchGoodModels()
{
    QStringListModel list({QStringLiteral("a"), QStringLiteral("b")});
    const ModelTester listTester(&list);
    list.insertRows(1, 2);
    list.removeRows(0, 1);
    list.sort(0);
    QStandardItemModel tree(2, 2);
    const ModelTester treeTester(&tree);
    tree.item(0, 0);
    tree.insertRow(1);
}

TEST(ModelTester, AGoodModelPasses)
{
    EXPECT_EQ(failuresOf(watchGoodModels), 0);
}

TEST(ModelTester, OtherMessagesStillGoTheirWay)
{
    static int heard = 0;
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext&, const QString&) { ++heard; });
    {
        QStringListModel list;
        const ModelTester tester(&list);
        qWarning("something else");
    }
    qWarning("after it");
    qInstallMessageHandler(before);
    EXPECT_EQ(heard, 2);
}

} // namespace
} // namespace headgate::ui
