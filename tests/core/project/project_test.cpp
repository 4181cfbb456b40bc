// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include <gtest/gtest.h>

using namespace headgate::project;

TEST(TargetedSettings, aTargetReplacesTheMembersThatItNames)
{
    TargetedSettings settings;
    settings.common.fields = {{"host", "localhost"}, {"port", "5432"}};
    settings.common.secrets = {{"password", "env:DEV"}};
    settings.targets["production"].fields = {{"host", "db.example"}};
    settings.targets["production"].secrets = {{"password", "env:PROD"}};

    const AccountSettings production = settings.resolved("production");
    EXPECT_EQ(production.fields.at("host"), "db.example");
    EXPECT_EQ(production.fields.at("port"), "5432");
    EXPECT_EQ(production.secrets.at("password"), "env:PROD");
    EXPECT_EQ(settings.resolved("development"), settings.common);
}

TEST(Project, findsDefinitionsBySlug)
{
    Project project;
    project.models.resize(2);
    project.models[1].slug = "views";
    EXPECT_EQ(project.model("views"), &project.models[1]);
    EXPECT_EQ(project.model("orders"), nullptr);
}

TEST(SyncMode, everyNameIsReadBack)
{
    for (const SyncMode mode :
         {SyncMode::Upsert, SyncMode::Update, SyncMode::Insert, SyncMode::Mirror, SyncMode::Replace,
          SyncMode::Append, SyncMode::Delete})
        EXPECT_EQ(syncModeFromName(name(mode)), mode) << name(mode);
    EXPECT_FALSE(syncModeFromName("merge"));
}
