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
