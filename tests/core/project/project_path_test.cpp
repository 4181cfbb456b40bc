// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_path.h"

#include "core/project/project_fixture.h"
#include "fakes/print_to.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::project;
using namespace headgate::project::test;
namespace fs = std::filesystem;

namespace {

std::string codeInside(const fs::path& root, std::string_view relative)
{
    const auto path = pathInside(root, relative);
    return path ? "" : path.error().code;
}

} // namespace

TEST(ProjectPath, namesOutsideOfTheFolderAreRefused)
{
    const QTemporaryDir directory;
    const fs::path root = directory.path().toStdString();
    const std::string bad[] = {"",
                               "..",
                               "../x",
                               "a/../../x",
                               "a/./b",
                               "/etc/passwd",
                               "//server/share",
                               "a//b",
                               "a/",
                               "C:/x",
                               "C:x",
                               "a\\b",
                               "\\\\?\\C:\\x",
                               "a:stream",
                               std::string("a\0b", 3),
                               "a\nb",
                               "a\x7F"
                               "b",
                               std::string(4096, 'a')};
    for (const std::string& relative : bad)
        EXPECT_EQ(codeInside(root, relative), "project.path.outside") << relative;
    for (const char* relative : {"a", "templates/recently viewed.hbs", "a/b/c.json", "金/😀.hbs"})
        EXPECT_EQ(codeInside(root, relative), "") << relative;
}

TEST(ProjectPath, symbolicLinksAreNotFollowed)
{
    const QTemporaryDir directory;
    const fs::path root = fs::path(directory.path().toStdString()) / "project";
    const fs::path outside = fs::path(directory.path().toStdString()) / "outside";
    writeText(outside / "a.txt", "untouched");
    fs::create_directories(root);
    fs::create_symlink(outside, root / "link");
    fs::create_symlink(outside / "a.txt", root / "a.txt");
    fs::create_symlink(outside / "missing", root / "dangling");

    EXPECT_EQ(codeInside(root, "link/a.txt"), "project.path.symlink");
    EXPECT_EQ(codeInside(root, "a.txt"), "project.path.symlink");
    EXPECT_EQ(codeInside(root, "dangling"), "project.path.symlink");

    const auto written = writeWholeFile(root / "a.txt", "changed");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "project.write");
    EXPECT_EQ(readFolder(outside).at("a.txt"), "untouched");
    EXPECT_FALSE(writeWholeFile(root / "dangling", "changed"));
    EXPECT_FALSE(fs::exists(outside / "missing"));
}

TEST(ProjectPath, readsOnlyOrdinaryFilesWithinTheLimit)
{
    const QTemporaryDir directory;
    const fs::path root = directory.path().toStdString();
    writeText(root / "a", "12345");
    EXPECT_EQ(readRegularFile(root / "a", 5).value(), "12345");
    EXPECT_EQ(readRegularFile(root / "a", 4).error().code, "project.file.size");
    EXPECT_EQ(readRegularFile(root / "b", 5).error().code, "project.file.missing");
    EXPECT_EQ(readRegularFile(root, 5).error().code, "project.file.kind");
#ifndef _WIN32
    EXPECT_EQ(readRegularFile("/dev/zero", 5).error().code, "project.file.kind");
#endif
}

TEST(ProjectPath, writesWholeFilesAndLeavesNothingBeside)
{
    const QTemporaryDir directory;
    const fs::path root = directory.path().toStdString();
    const std::string large(3 << 20, 'x');
    ASSERT_TRUE(writeWholeFile(root / "deep/er/a", large));
    ASSERT_TRUE(writeWholeFile(root / "deep/er/a", "small"));
    EXPECT_EQ(readFolder(root), (Files{{"deep/er/a", "small"}}));
}

#ifdef __linux__
TEST(ProjectPath, aFullDiskKeepsTheFormerFile)
{
    const auto written = writeWholeFile("/proc/self/headgate-cannot-write-here", "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::State);
    EXPECT_EQ(written.error().code, "project.write");
}
#endif

TEST(ProjectPath, slugsThatWindowsReservesAreRefused)
{
    for (const char* slug : {"con", "prn", "aux", "nul", "com0", "com9", "lpt1"})
        EXPECT_FALSE(isFileSlug(slug)) << slug;
    for (const char* slug : {"cons", "com", "com10", "a", "recently-viewed_2"})
        EXPECT_TRUE(isFileSlug(slug)) << slug;
}
