// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/migration.h"

#include "core/project/project_fixture.h"
#include "fakes/print_to.h"
#include "project/project_folder.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::project;
using namespace headgate::project::test;

namespace {

void renameDescription(ProjectFiles& files)
{
    for (auto& [file, json] : files) {
        if (file.starts_with("syncs/") && json.is_object() && json.contains("description")) {
            json["x-about"] = json["description"];
            json.erase("description");
        }
    }
}

void upperCaseAbout(ProjectFiles& files)
{
    for (auto& [file, json] : files) {
        if (json.is_object() && json.contains("x-about"))
            json["x-about"] = "FOR THE WEEKLY E-MAIL.";
    }
}

const ProjectFormat third{3, {{2, upperCaseAbout}, {1, renameDescription}}};

} // namespace

TEST(Migration, stepsApplyInTheOrderOfTheirFormats)
{
    const auto loaded = readProject(goldenFiles(), third);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->format, 1);
    EXPECT_FALSE(hasErrors(loaded->issues)) << toString(loaded->issues).toStdString();
    EXPECT_EQ(loaded->project.sync("recently-viewed")->extra["x-about"], "FOR THE WEEKLY E-MAIL.");
    EXPECT_EQ(loaded->project.sync("recently-viewed")->description, "");
}

TEST(Migration, nothingIsWrittenBeforeASaveAndThenTheHeaderComesLast)
{
    const QTemporaryDir directory;
    const std::filesystem::path root = directory.path().toStdString();
    writeFolder(root, goldenFiles());
    ProjectFolder folder(root, third);
    const auto loaded = folder.load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(differences(readFolder(root), goldenFiles()), Files());

    ASSERT_TRUE(folder.save(loaded->project));
    const Files saved = readFolder(root);
    EXPECT_NE(saved.at("headgate.json").find("\"format\": 3"), std::string::npos);
    EXPECT_EQ(saved.at("syncs/recently-viewed.json").find("\"description\""), std::string::npos);
    EXPECT_GE(std::filesystem::last_write_time(root / "headgate.json"),
              std::filesystem::last_write_time(root / "syncs/recently-viewed.json"));

    const auto again = ProjectFolder(root, third).load();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->format, 3);
    EXPECT_EQ(again->project, loaded->project);
}

TEST(Migration, aMissingStepIsRefused)
{
    const auto loaded = readProject(goldenFiles(), {3, {{2, upperCaseAbout}}});
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, "project.too_old");
}

TEST(Migration, ourStepsReachOurFormatFromTheFirst)
{
    ProjectFiles files;
    EXPECT_TRUE(migrate(files, 1, ProjectFormat::ours()));
}

TEST(Migration, ourStepsBearMembersOfAnyType)
{
    for (const char* text : {"null", "[]", "{}", "7", "\"x\""}) {
        ProjectFiles files;
        for (const auto& [file, unused] : goldenFiles()) {
            if (file.ends_with(".json"))
                files[file] = data::JsonNode::parse(text);
        }
        EXPECT_TRUE(migrate(files, 1, ProjectFormat::ours())) << text;
    }
}
