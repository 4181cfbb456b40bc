// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/key_list.h"

#include "fakes/print_to.h"

#include <QTemporaryDir>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::cli;
using testing::ElementsAre;

TEST(CliKeyList, firstFieldsOfLinesAndCsv)
{
    const struct
    {
        const char* text;
        bool header;
        std::vector<std::string> expected;
    } cases[] = {
        {"", false, {}},
        {"a\nb\n", false, {"a", "b"}},
        {"a\r\nb", false, {"a", "b"}},
        {"\n\na\n\n", false, {"a"}},
        {"id,email\n1,x@y\n2,\n", true, {"1", "2"}},
        {"\"a,b\",c\n", false, {"a,b"}},
        {"\"say \"\"hi\"\"\",x\n", false, {"say \"hi\""}},
        {"\"two\nlines\",\"x\ny\"\nz", false, {"two\nlines", "z"}},
        {"\xEF\xBB\xBF"
         "a\n",
         false,
         {"a"}},
        {"ü日\n", false, {"ü日"}},
        {",b\n", false, {}},
    };
    for (const auto& [text, header, expected] : cases) {
        const auto fields = firstFields(text, header);
        ASSERT_TRUE(fields.has_value()) << text;
        EXPECT_EQ(*fields, expected) << text;
    }
}

TEST(CliKeyList, whatIsNoCsvIsRefused)
{
    for (const char* text : {"\"open\n", "\"a\"b\n", "a,\"open"})
        EXPECT_EQ(firstFields(text, false).error().code, "usage.keys.csv") << text;
    EXPECT_EQ(firstFields("a\xff", false).error().code, "usage.keys.encoding");
}

TEST(CliKeyList, keysOfOptionsAndFileEachOnce)
{
    QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("keys.csv")).toStdString();
    std::ofstream(file) << "key,name\n3,x\n1,y\n";
    Arguments arguments;
    EXPECT_EQ(givenKeys(arguments).error().code, "usage.keys.none");
    arguments.addOption("key", "1");
    arguments.addOption("key", "2");
    arguments.addOption("keys-from", file);
    arguments.addOption("header", "");
    const auto keys = givenKeys(arguments);
    ASSERT_TRUE(keys.has_value()) << keys.error().toString().toStdString();
    EXPECT_THAT(*keys, ElementsAre("1", "2", "3"));

    Arguments absent;
    absent.addOption("keys-from", file + ".no");
    EXPECT_EQ(givenKeys(absent).error().code, "usage.keys.file");
}
