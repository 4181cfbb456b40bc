// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/key_list.h"

#include <QFile>
#include <QTemporaryDir>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::service {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct ListCase
{
    const char* name;
    std::vector<std::string> recordKey;
    KeyListHeader header;
    std::string csv;
    std::vector<std::string> keys;
    std::uint64_t repeated = 0;
    std::uint64_t empty = 0;
};

class KeyListTest : public testing::TestWithParam<ListCase>
{};

TEST_P(KeyListTest, isTakenOutOfCsv)
{
    const ListCase& each = GetParam();
    const auto list = readKeyList(each.csv, each.recordKey, each.header);
    ASSERT_TRUE(list) << list.error().toString().toStdString();
    EXPECT_EQ(list->keys, each.keys);
    EXPECT_EQ(list->repeated, each.repeated);
    EXPECT_EQ(list->empty, each.empty);
}

const std::vector<std::string> one{"customer_id"};
const std::vector<std::string> two{"shop", "day"};
constexpr auto guess = KeyListHeader::Guess;
constexpr auto yes = KeyListHeader::Yes;
constexpr auto no = KeyListHeader::No;

INSTANTIATE_TEST_SUITE_P(
    Csv, KeyListTest,
    testing::Values(
        ListCase{"nothing", one, guess, "", {}},
        ListCase{"lines", one, guess, "a\nb\n", {"a", "b"}},
        ListCase{"crlf", one, guess, "a\r\nb", {"a", "b"}},
        ListCase{"emptyLines", one, guess, "\n\na\n\n", {"a"}},
        ListCase{"bom",
                 one,
                 guess,
                 "\xEF\xBB\xBF"
                 "customer_id\r\n7\r\n",
                 {"7"}},
        ListCase{"headerByName", one, guess, "name,Customer_ID\nAda,7\nZo\u00EB,8\n", {"7", "8"}},
        ListCase{"quotedHeader", one, guess, "\"customer_id\",x\n\"7\",y\n", {"7"}},
        ListCase{"noHeaderOfThatName", one, guess, "customer\n7\n", {"customer", "7"}},
        ListCase{"toldHeader", one, yes, "customer,name\n7,Ada\n", {"7"}},
        ListCase{"toldNoHeader", one, no, "customer_id\n7\n", {"customer_id", "7"}},
        ListCase{"quotes",
                 one,
                 guess,
                 "\"a,b\",c\n\"say \"\"hi\"\"\"\n\"two\nlines\"\n",
                 {"a,b", "say \"hi\"", "two\nlines"}},
        ListCase{"repeated", one, guess, "7\n8\n7\n7\n", {"7", "8"}, 2},
        ListCase{"emptyKeys", one, guess, "x,customer_id\n1,\n2,7\n", {"7"}, 0, 1},
        ListCase{"shortRecords", one, guess, "x,customer_id\n1\n2,7\n", {"7"}, 0, 1},
        ListCase{"leadingZeros", one, guess, "007\n7\n", {"007", "7"}},
        ListCase{"compositeByPosition",
                 two,
                 guess,
                 "a,2026-01-01\nb,\"2026-01-02\"\n",
                 {R"(["a","2026-01-01"])", R"(["b","2026-01-02"])"}},
        ListCase{"compositeByName",
                 two,
                 guess,
                 "day,n,shop\n2026-01-01,3,a\"b\n",
                 {R"(["a\"b","2026-01-01"])"}},
        ListCase{"compositeAsPeopleTypeIt",
                 two,
                 guess,
                 "\"[\"\"a\"\",1]\"\n[2]\n",
                 {R"(["a",1])", "[2]"}},
        ListCase{"anyKey", {}, yes, "id,email\n1,x@y\n2,\n", {"1", "2"}}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(KeyListRefusals, nameTheLineAndWhatIsMissing)
{
    for (const char* text : {"\"open\n", "\"a\"b\n", "a,\"open"})
        EXPECT_EQ(readKeyList(text, one).error().code, "usage.keys.csv") << text;
    EXPECT_EQ(readKeyList("a\xff", one).error().code, "usage.keys.encoding");
    const auto fewFields = readKeyList("a,1\nb\n", two);
    ASSERT_FALSE(fewFields);
    EXPECT_EQ(fewFields.error().code, "usage.keys.columns");
    EXPECT_TRUE(fewFields.error().message.contains(QStringLiteral("Line 2")));
    EXPECT_EQ(readKeyList("shop,other\na,1\n", two, KeyListHeader::Yes).error().code,
              "usage.keys.columns");
}

TEST(KeyListRefusals, filesThatCannotBeReadAreSaid)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("keys.csv"));
    EXPECT_EQ(readKeyListFile(path.toStdString()).error().code, "usage.keys.file");
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    ASSERT_EQ(file.write("7\n"), 2);
    file.close();
    EXPECT_EQ(readKeyListFile(path.toStdString()).value_or("not read"), "7\n");
}

} // namespace

} // namespace headgate::service
