// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/row_export.h"

#include "data/json.h"
#include "ui/model/few_rows.h"

#include <QFile>
#include <QLocale>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

using data::ValueKind;

class RowExportTest : public testing::Test
{
protected:
    [[nodiscard]] std::string exported(RowFormat format, std::vector<std::uint32_t> order,
                                       std::vector<std::uint32_t> columns = {0, 1, 2})
    {
        RowExport what{m_rows, std::move(order), std::move(columns), format,
                       m_folder.filePath(QStringLiteral("rows"))};
        const auto written = exportRows(what, {});
        EXPECT_TRUE(written);
        EXPECT_EQ(written.value_or(0), what.order.size());
        QFile file(what.file);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "none";
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const RowSet> m_rows = fewRows(
        {{"id", ValueKind::Integer}, {"price", ValueKind::Decimal}, {"note", ValueKind::Text}},
        {{"9007199254740993", "1.50", "plain"}, {"2", {}, "a \"b\", c\nd"}, {"3", "0.10", {}}});
};

TEST_F(RowExportTest, CsvQuotesWhatNeedsItAndKeepsEveryDigit)
{
    EXPECT_EQ(exported(RowFormat::Csv, {0, 1, 2}),
              "id,price,note\r\n9007199254740993,1.50,plain\r\n2,,\"a \"\"b\"\", "
              "c\nd\"\r\n"
              "3,0.10,\r\n");
}

TEST_F(RowExportTest, OrderAndColumnsAreThoseThatAreShown)
{
    EXPECT_EQ(exported(RowFormat::Csv, {2, 0}, {1, 0}),
              "price,id\r\n0.10,3\r\n1.50,9007199254740993\r\n");
}

TEST_F(RowExportTest, JsonIsOneArrayOrALineEach)
{
    EXPECT_EQ(exported(RowFormat::Json, {0, 2}),
              "[\n{\"id\":9007199254740993,\"price\":1.50,\"note\":\"plain\"},\n"
              "{\"id\":3,\"price\":0.10,\"note\":null}\n]\n");
    EXPECT_EQ(exported(RowFormat::Json, {}), "[]\n");
    EXPECT_EQ(exported(RowFormat::JsonLines, {1}),
              "{\"id\":2,\"price\":null,\"note\":\"a \\\"b\\\", c\\nd\"}\n");
}

TEST_F(RowExportTest, NoLocaleChangesAByte)
{
    const std::string before = exported(RowFormat::Csv, {0, 1, 2});
    const QLocale was;
    for (const char* name : {"de_DE", "ar_EG", "tr_TR"}) {
        QLocale::setDefault(QLocale(QLatin1String(name)));
        EXPECT_EQ(exported(RowFormat::Csv, {0, 1, 2}), before) << name;
    }
    QLocale::setDefault(was);
}

TEST_F(RowExportTest, WhatCannotBeWrittenIsSaidAndWhatWasThereStays)
{
    const RowExport nowhere{
        m_rows, {0}, {0}, RowFormat::Csv, m_folder.filePath(QStringLiteral("no/such/folder"))};
    const auto written = exportRows(nowhere, {});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "export.write");
    (void)exported(RowFormat::Csv, {0});
    StopSource stop;
    stop.requestStop();
    const auto cancelled =
        exportRows({m_rows, {0, 1}, {0}, RowFormat::Csv, m_folder.filePath(QStringLiteral("rows"))},
                   stop.token());
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::Cancelled);
    QFile file(m_folder.filePath(QStringLiteral("rows")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll().toStdString(), "id,price,note\r\n9007199254740993,1.50,plain\r\n");
}

} // namespace
} // namespace headgate::ui
