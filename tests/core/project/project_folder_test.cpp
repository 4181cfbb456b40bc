// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_folder.h"

#include "core/project/project_fixture.h"
#include "fakes/fake_random.h"
#include "fakes/print_to.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::project;
using namespace headgate::project::test;
namespace fs = std::filesystem;

class ProjectFolderTest : public testing::Test
{
protected:
    void SetUp() override { writeFolder(root, goldenFiles()); }

    LoadedProject load(ProjectFolder& folder)
    {
        auto loaded = folder.load();
        EXPECT_TRUE(loaded);
        return loaded ? std::move(*loaded) : LoadedProject();
    }
    static std::string codeOf(const Result<void>& result)
    {
        return result ? "" : result.error().code;
    }

    const QTemporaryDir directory;
    const fs::path root = fs::path(directory.path().toStdString()) / "project";
};

TEST_F(ProjectFolderTest, savingAnUnchangedProjectTouchesNoFile)
{
    writeText(
        root / "syncs/orders.json",
        R"({"mode":"upsert","id":"y2hqk3tw6mhrp2xb","model":"products","destination":"inbox",)"
        R"("gates":{"removedShare":0.1}})");
    const Files before = readFolder(root);
    ProjectFolder folder(root);
    const LoadedProject loaded = load(folder);
    ASSERT_TRUE(loaded.project.sync("orders"));
    EXPECT_EQ(codeOf(folder.save(loaded.project)), "");
    EXPECT_EQ(differences(readFolder(root), before), Files());
}

TEST_F(ProjectFolderTest, oneChangeChangesOneLineOfOneFile)
{
    ProjectFolder folder(root);
    Project project = load(folder).project;
    project.syncs[1].name = "Viewed of late";
    ASSERT_EQ(project.syncs[1].slug, "recently-viewed");
    EXPECT_EQ(codeOf(folder.save(project)), "");
    Files expected = goldenFiles();
    std::string& text = expected.at("syncs/recently-viewed.json");
    text.replace(text.find("Recently viewed"), 15, "Viewed of late");
    EXPECT_EQ(differences(readFolder(root), expected), Files());
}

TEST_F(ProjectFolderTest, renamingAndRemovingDefinitionsMovesTheirFiles)
{
    ProjectFolder folder(root);
    Project project = load(folder).project;
    project.syncs.erase(project.syncs.begin());
    project.models[1].slug = "product-views";
    project.syncs[0].model = "product-views";
    EXPECT_EQ(codeOf(folder.save(project)), "");
    const Files saved = readFolder(root);
    EXPECT_EQ(saved.count("syncs/orders.json"), 0u);
    EXPECT_EQ(saved.count("models/views.sql") + saved.count("models/views.json"), 0u);
    EXPECT_EQ(saved.at("models/product-views.sql"), goldenFiles().at("models/views.sql"));
    EXPECT_EQ(codeOf(folder.save(project)), "");
    EXPECT_EQ(differences(readFolder(root), saved), Files());
}

TEST_F(ProjectFolderTest, whatSomebodyElseChangedIsNotReplaced)
{
    ProjectFolder folder(root);
    Project project = load(folder).project;
    writeText(root / "syncs/orders.json", "{}");
    project.syncs[0].name = "Mine";
    project.syncs[1].name = "Other";
    EXPECT_EQ(codeOf(folder.save(project)), "project.save.changed");
    EXPECT_EQ(readFolder(root).at("syncs/orders.json"), "{}");
    EXPECT_EQ(readFolder(root).at("syncs/recently-viewed.json"),
              goldenFiles().at("syncs/recently-viewed.json"));

    project = load(folder).project;
    writeText(root / "syncs/fresh.json", "theirs");
    SyncDefinition fresh = project.syncs[0];
    fresh.slug = "fresh";
    fresh.id = "aaaaaaaaaaaaaaaa";
    project.syncs.push_back(fresh);
    EXPECT_EQ(codeOf(folder.save(project)), "project.save.changed");
    EXPECT_EQ(readFolder(root).at("syncs/fresh.json"), "theirs");
}

TEST_F(ProjectFolderTest, aFileThatCouldNotBeReadIsNeverReplacedOrRemoved)
{
    for (const std::string broken : {"{", "", "{}", "{\"id\": 1}"}) {
        writeText(root / "syncs/orders.json", broken);
        ProjectFolder folder(root);
        Project project = load(folder).project;
        EXPECT_FALSE(project.sync("orders"));
        project.syncs[0].name = "Changed to " + std::to_string(broken.size());
        EXPECT_EQ(codeOf(folder.save(project)), "") << broken;
        EXPECT_EQ(readFolder(root).at("syncs/orders.json"), broken);

        SyncDefinition replacement = project.syncs[0];
        replacement.slug = "orders";
        replacement.id = "aaaaaaaaaaaaaaaa";
        project.syncs.push_back(replacement);
        EXPECT_EQ(codeOf(folder.save(project)), "project.save.unread") << broken;
        EXPECT_EQ(readFolder(root).at("syncs/orders.json"), broken);
    }
}

TEST_F(ProjectFolderTest, whatWouldNotBeReadIsNotWritten)
{
    ProjectFolder folder(root);
    const Project project = load(folder).project;
    const auto refused = [&](auto change) {
        Project bad = project;
        change(bad);
        EXPECT_EQ(codeOf(folder.save(bad)), "project.save.invalid");
        EXPECT_EQ(differences(readFolder(root), goldenFiles()), Files());
    };
    refused([](Project& bad) { bad.syncs[0].id = bad.syncs[1].id; });
    refused([](Project& bad) { bad.syncs[0].slug = "../orders"; });
    refused([](Project& bad) { bad.syncs[0].slug = bad.syncs[1].slug; });
    refused([](Project& bad) { bad.syncs[0].model.clear(); });
    refused([](Project& bad) { bad.models[1].sql.clear(); });
    refused([](Project& bad) { bad.targets.clear(); });
}

TEST_F(ProjectFolderTest, linksAndDirectoriesInPlaceOfFilesAreErrors)
{
    const fs::path outside = fs::path(directory.path().toStdString()) / "outside";
    writeText(outside / "secret.json", "{\"id\": \"aaaaaaaaaaaaaaaa\"}");
    fs::create_symlink(outside / "secret.json", root / "syncs/link.json");
    fs::create_directories(root / "syncs/folder.json");
    fs::remove_all(root / "sources");
    fs::create_symlink(outside, root / "sources");

    ProjectFolder folder(root);
    const LoadedProject loaded = load(folder);
    std::map<std::string, std::string> codes;
    for (const Issue& issue : loaded.issues)
        codes[issue.place] = issue.code;
    EXPECT_EQ(codes,
              (std::map<std::string, std::string>{{"sources", "project.path.symlink"},
                                                  {"syncs/folder.json", "project.file.kind"},
                                                  {"syncs/link.json", "project.path.symlink"}}));

    Project project = loaded.project;
    SourceDefinition source;
    source.slug = "secret";
    source.id = "bbbbbbbbbbbbbbbb";
    source.warehouse = "sqlite";
    project.sources.push_back(source);
    EXPECT_EQ(codeOf(folder.save(project)), "project.path.symlink");
    EXPECT_EQ(readFolder(outside), (Files{{"secret.json", "{\"id\": \"aaaaaaaaaaaaaaaa\"}"}}));
}

TEST_F(ProjectFolderTest, oversizedFilesAreRefusedBeforeTheyAreParsed)
{
    writeText(root / "syncs/orders.json", std::string((4 << 20) + 1, ' '));
    ProjectFolder folder(root);
    EXPECT_EQ(firstError(load(folder).issues), "project.file.size at syncs/orders.json");
    writeText(root / "syncs/orders.json", std::string(100'000, '['));
    EXPECT_EQ(firstError(load(folder).issues), "json.depth at syncs/orders.json:1:66");
}

TEST_F(ProjectFolderTest, placesInsideDefinitionsAreFoundInTheFile)
{
    ProjectFolder folder(root);
    load(folder);
    EXPECT_EQ(folder.located("syncs/recently-viewed.json#/matching/field"),
              "syncs/recently-viewed.json:32:14");
    EXPECT_EQ(folder.located("syncs/recently-viewed.json#/matching/leaf"),
              "syncs/recently-viewed.json:30:15");
    EXPECT_EQ(folder.located("syncs/recently-viewed.json#"), "syncs/recently-viewed.json:1:1");
    EXPECT_EQ(folder.located("syncs/none.json#/a"), "syncs/none.json#/a");
    EXPECT_EQ(folder.located("elsewhere"), "elsewhere");
}

TEST_F(ProjectFolderTest, readsOtherTextsInsideTheFolderOnly)
{
    writeText(root / "templates/a.hbs", "Hello {{name}}");
    const ProjectFolder folder(root);
    EXPECT_EQ(folder.readText("templates/a.hbs").value(), "Hello {{name}}");
    EXPECT_EQ(folder.readText("../outside").error().code, "project.path.outside");
}

TEST(NewProject, isEmptyAndReadable)
{
    const QTemporaryDir directory;
    const fs::path root = fs::path(directory.path().toStdString()) / "new";
    fakes::FakeRandom random(7);
    ASSERT_TRUE(ProjectFolder::create(root, "Neu & “schön”", random));
    ProjectFolder folder(root);
    const auto loaded = folder.load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(toString(loaded->issues).toStdString(), "");
    EXPECT_EQ(loaded->project.name, "Neu & “schön”");
    EXPECT_EQ(loaded->project.targets.at(0).slug, "development");
    EXPECT_TRUE(fs::is_directory(root / "syncs"));
    EXPECT_TRUE(fs::exists(root / ".gitignore"));

    const auto again = ProjectFolder::create(root, "x", random);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "project.exists");
}

TEST(NewProject, aFolderThatIsNoneIsSaid)
{
    const QTemporaryDir directory;
    const auto loaded = ProjectFolder(directory.path().toStdString()).load();
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, "project.not_found");
}
