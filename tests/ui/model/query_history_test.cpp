// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/query_history.h"

#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

class QueryHistoryTest : public testing::Test
{
protected:
    [[nodiscard]] QString file() const { return m_folder.filePath(QStringLiteral("a/b.jsonl")); }
    void add(const std::string& sql, std::int64_t at = 1) const
    {
        ASSERT_TRUE(m_history.add({at, "orders", sql, 3, false}));
    }

    QTemporaryDir m_folder;
    QueryHistory m_history{file().toStdString()};
};

TEST_F(QueryHistoryTest, TheLatestIsFirstAndATextOnce)
{
    EXPECT_TRUE(m_history.runs().empty());
    add("select 1", 1);
    add("select 'ö'\n", 2);
    add("select 1", 3);
    const auto runs = m_history.runs();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0], (QueryRun{3, "orders", "select 1", 3, false}));
    EXPECT_EQ(runs[1].sql, "select 'ö'\n");
}

TEST_F(QueryHistoryTest, OnlyItsOwnerReadsIt)
{
    add("select 1");
    EXPECT_EQ(QFile::permissions(file()) &
                  (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
              QFile::Permissions());
}

TEST_F(QueryHistoryTest, LinesThatMeanNothingAreLeftOut)
{
    add("select 1");
    QFile raw(file());
    ASSERT_TRUE(raw.open(QIODevice::Append));
    raw.write("not json\n{\"sql\":7}\n[]\n{\"sql\":\"select "
              "2\",\"rows\":-4,\"at\":\"x\"}\n{\"sq");
    raw.close();
    const auto runs = m_history.runs();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].sql, "select 2");
    EXPECT_EQ(runs[0].rows, 0U);
}

TEST_F(QueryHistoryTest, ItForgetsTheOldestAndKeepsNoGiants)
{
    std::string lines;
    for (std::size_t i = 0; i < QueryHistory::most; ++i)
        lines += "{\"at\":1,\"model\":\"m\",\"sql\":\"select " + std::to_string(i) + "\"}\n";
    add("select old");
    QFile raw(file());
    ASSERT_TRUE(raw.open(QIODevice::WriteOnly));
    raw.write(lines.c_str());
    raw.close();
    add("select new");
    add(std::string(QueryHistory::longest + 1, 'x'));
    const auto runs = m_history.runs();
    ASSERT_EQ(runs.size(), QueryHistory::most);
    EXPECT_EQ(runs.front().sql, "select new");
    EXPECT_EQ(runs.back().sql, "select 1");
}

TEST_F(QueryHistoryTest, AFolderThatCannotBeMadeIsSaid)
{
    QFile block(m_folder.filePath(QStringLiteral("block")));
    ASSERT_TRUE(block.open(QIODevice::WriteOnly));
    const auto added =
        QueryHistory(m_folder.filePath(QStringLiteral("block/x")).toStdString()).add({1, "m", "s"});
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, "history.write");
}

} // namespace
} // namespace headgate::ui
