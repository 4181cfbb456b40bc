// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/account_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::project {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(TargetedSettings, aValueIsSetWhereItStands)
{
    TargetedSettings settings;
    settings.common.fields = {{"host", "common"}, {"port", "1"}};
    settings.targets["production"].fields = {{"host", "own"}};
    settings.setField("production", "host", "new");
    settings.setField("production", "port", "2");
    settings.setField("development", "host", "other");
    EXPECT_THAT(settings.common.fields, ElementsAre(Pair("host", "other"), Pair("port", "2")));
    EXPECT_THAT(settings.targets["production"].fields, ElementsAre(Pair("host", "new")));
    settings.setField("production", "host", "");
    EXPECT_EQ(settings.resolved("production").fields["host"], "other");
    settings.setField("production", "host", "");
    EXPECT_EQ(settings.resolved("production").fields.count("host"), 0U);
}

TEST(TargetedSettings, secretsAndAddressesGoTheSameWay)
{
    TargetedSettings settings;
    settings.setSecret("production", "password", "env:A");
    settings.setBaseUrl("production", "http://127.0.0.1:1");
    EXPECT_THAT(settings.common.secrets, ElementsAre(Pair("password", "env:A")));
    EXPECT_EQ(settings.common.baseUrl, "http://127.0.0.1:1");
    settings.targets["production"].secrets = {{"password", "env:B"}};
    settings.targets["production"].baseUrl = "http://127.0.0.1:2";
    settings.setSecret("production", "password", "env:C");
    settings.setBaseUrl("production", "");
    EXPECT_EQ(settings.resolved("production").secrets["password"], "env:C");
    EXPECT_EQ(settings.resolved("production").baseUrl, "http://127.0.0.1:1");
    settings.setSecret("development", "password", "");
    EXPECT_THAT(settings.common.secrets, IsEmpty());
}

} // namespace headgate::project
