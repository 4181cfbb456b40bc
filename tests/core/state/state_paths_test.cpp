// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/state_paths.h"

#include "base/text.h"
#include "state/private_directory.h"
#include "store_fixture.h"

#include <QDir>

namespace headgate::state {

namespace {

class StatePathsTest : public testing::Test
{
protected:
    ~StatePathsTest() override
    {
        for (const auto& [name, value] : m_before)
            qputenv(name.c_str(), value);
    }

    /// Empty: unset.
    void setVariable(const std::string& name, const QByteArray& value)
    {
        if (qEnvironmentVariableIsSet(name.c_str()))
            m_before.emplace(name, qgetenv(name.c_str()));
        if (value.isEmpty())
            qunsetenv(name.c_str());
        else
            qputenv(name.c_str(), value);
    }

    std::map<std::string, QByteArray> m_before;
};

TEST_F(StatePathsTest, TheUsersChoiceComesFirst)
{
    setVariable("HEADGATE_STATE_DIR", "/chosen/../place/");
    EXPECT_EQ(valueOf(StatePaths::fromEnvironment().map(
                  [](const StatePaths& paths) { return paths.root(); })),
              "/place");
    setVariable("HEADGATE_STATE_DIR", "relative");
    EXPECT_EQ(StatePaths::fromEnvironment()->root(),
              QDir::currentPath().toStdString() + "/relative");
}

#if defined(Q_OS_LINUX)
TEST_F(StatePathsTest, ThenTheDesktopsRules)
{
    setVariable("HEADGATE_STATE_DIR", "");
    setVariable("HOME", "/people/ann");
    setVariable("XDG_STATE_HOME", "/var/state");
    EXPECT_EQ(StatePaths::fromEnvironment()->root(), "/var/state/headgate");
    setVariable("XDG_STATE_HOME", "relative is to be ignored");
    EXPECT_EQ(StatePaths::fromEnvironment()->root(), "/people/ann/.local/state/headgate");
    setVariable("XDG_STATE_HOME", "");
    EXPECT_EQ(StatePaths::fromEnvironment()->root(), "/people/ann/.local/state/headgate");
    setVariable("HOME", "");
    const auto none = StatePaths::fromEnvironment();
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, "state.no_home");
    EXPECT_EQ(exitCode(none.error().kind), 8);
}
#endif

TEST_F(StatePathsTest, EachProjectAndTargetHasItsFolder)
{
    const StatePaths paths("/root");
    EXPECT_EQ(paths.directoryOf("abcdefghijklmnop", "production"),
              "/root/projects/abcdefghijklmnop/production");
    EXPECT_EQ(paths.ledgerFile(), "/root/ledger/requests.db");
    const std::string odd = paths.directoryOf("../../etc", "a/b");
    EXPECT_TRUE(odd.starts_with("/root/projects/."));
    EXPECT_EQ(odd.find(".."), std::string::npos);
    EXPECT_EQ(std::count(odd.begin(), odd.end(), '/'), 4);
    EXPECT_NE(odd, paths.directoryOf("../../etc", "a/c"));
}

struct FileSystemCase
{
    const char* type;
    bool network;
};

class FileSystemTest : public testing::TestWithParam<FileSystemCase>
{};

TEST_P(FileSystemTest, IsToldByItsType)
{
    EXPECT_EQ(isNetworkFileSystem(GetParam().type), GetParam().network);
}

INSTANTIATE_TEST_SUITE_P(
    Types, FileSystemTest,
    testing::Values(FileSystemCase{"nfs", true}, FileSystemCase{"nfs4", true},
                    FileSystemCase{"cifs", true}, FileSystemCase{"smb3", true},
                    FileSystemCase{"smbfs", true}, FileSystemCase{"9p", true},
                    FileSystemCase{"fuse.sshfs", true}, FileSystemCase{"fuse.gvfsd-fuse", true},
                    FileSystemCase{"ext4", false}, FileSystemCase{"btrfs", false},
                    FileSystemCase{"xfs", false}, FileSystemCase{"tmpfs", false},
                    FileSystemCase{"overlay", false}, FileSystemCase{"apfs", false},
                    FileSystemCase{"NTFS", false}, FileSystemCase{"fuseblk", false},
                    FileSystemCase{"", false}));

TEST(LocalFileSystem, RefusesNetworkPathsOfWindows)
{
    const auto refused = requireLocalFileSystem("//server/share");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "state.network_filesystem");
    EXPECT_EQ(exitCode(refused.error().kind), 8);
    EXPECT_TRUE(requireLocalFileSystem("/"));
}

} // namespace

} // namespace headgate::state
