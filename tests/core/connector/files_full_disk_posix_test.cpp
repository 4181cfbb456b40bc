// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/run_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <csignal>
#include <gtest/gtest.h>
#include <sys/resource.h>

using namespace headgate;
using namespace headgate::connector;

namespace {

/// No file of this process grows beyond `bytes` while it lives: the system's own "no more room".
class SizeLimit
{
public:
    explicit SizeLimit(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        m_works = setrlimit(RLIMIT_FSIZE, &limit) == 0;
    }
    ~SizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    SizeLimit(const SizeLimit&) = delete;
    SizeLimit& operator=(const SizeLimit&) = delete;
    [[nodiscard]] bool works() const { return m_works; }

private:
    rlimit m_before{};
    void (*m_handler)(int) = SIG_DFL;
    bool m_works = false;
};

std::string contents(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "(none)";
}

} // namespace

TEST(RunFileOnAFullDisk, aBatchIsWrittenWholeOrNotAtAll)
{
    const QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    const RunFilePaths paths{base + "/data", base + "/data", base + "/journal"};
    auto file = RunFile::open(paths, "r1");
    ASSERT_TRUE(file) << file.error().message.toStdString();
    const std::string block(1000, 'x');
    ASSERT_EQ((*file)->append(block, "k1", {}).state, Appended::Durably);
    {
        const SizeLimit limit(1500);
        ASSERT_TRUE(limit.works());
        const AppendResult refused = (*file)->append(block, "k2", {});
        EXPECT_EQ(refused.state, Appended::NotAtAll);
        ASSERT_TRUE(refused.error);
        EXPECT_EQ(refused.error->code, "file.full");
        EXPECT_EQ(contents(paths.data), block);
        EXPECT_FALSE((*file)->knows("k2"));
        EXPECT_EQ((*file)->append("small", "k3", {}).state, Appended::Durably);
    }
    EXPECT_EQ((*file)->append(block, "k2", {}).state, Appended::Durably);
    EXPECT_EQ(contents(paths.data), block + "small" + block);
    ASSERT_TRUE((*file)->commit());
}

TEST(RunFileOnAFullDisk, aJournalThatCannotGrowTakesTheDataBack)
{
    const QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    const RunFilePaths paths{base + "/data", base + "/data", base + "/journal"};
    auto file = RunFile::open(paths, "r1");
    ASSERT_TRUE(file);
    ASSERT_EQ((*file)->append("first", "k0", {}).state, Appended::Durably);
    const auto journalSize = static_cast<rlim_t>(contents(paths.journal).size());
    {
        const SizeLimit limit(journalSize + 10);
        const AppendResult refused = (*file)->append("tiny", "k1", {});
        EXPECT_EQ(refused.state, Appended::NotAtAll);
        EXPECT_EQ(contents(paths.data), "first");
        EXPECT_EQ(contents(paths.journal).size(), journalSize);
        EXPECT_FALSE((*file)->commit());
    }
    file->reset();
    file = RunFile::open(paths, "r1");
    ASSERT_TRUE(file);
    EXPECT_FALSE((*file)->isCommitted());
    EXPECT_EQ((*file)->append("tiny", "k1", {}).state, Appended::Durably);
}

TEST(RunFileOnAFullDisk, beginningIsRefused)
{
    const QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    const SizeLimit limit(0);
    const auto file = RunFile::open({base + "/data", base + "/data", base + "/journal"}, "r1");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, "file.full");
}

TEST(RunFileAbandoned, keepsWhatCountsAndTheVisible)
{
    const QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    for (const bool inPlace : {true, false}) {
        const std::string data = base + (inPlace ? "/data" : "/data.part");
        const RunFilePaths paths{data, base + "/data", base + "/journal"};
        {
            auto file = RunFile::open(paths, "r1");
            ASSERT_TRUE(file);
            ASSERT_EQ((*file)->append("counted\n", "k1", {}).state, Appended::Durably);
        }
        QFile torn(QString::fromStdString(data));
        ASSERT_TRUE(torn.open(QIODevice::Append));
        torn.write("torn");
        torn.close();
        ASSERT_TRUE(RunFile::abandon(paths.journal));
        EXPECT_EQ(contents(data), inPlace ? "counted\n" : "(none)");
        EXPECT_FALSE(QFile::exists(QString::fromStdString(paths.journal)));
        QFile::remove(QString::fromStdString(data));
    }
}
