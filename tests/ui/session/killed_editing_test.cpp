// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "secrets/process_secrets.h"
#include "session/documents.h"
#include "session/project_session.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <map>

namespace headgate::ui {

namespace {

constexpr int longestWait = 30'000;
constexpr long long mostLost = 2'000; ///< ms of typing

struct Typed
{
    long long number = 0;
    long long at = 0; ///< ms
};

class KilledEditing : public testing::Test
{
protected:
    KilledEditing()
    {
        qputenv("HEADGATE_STATE_DIR", m_home.filePath(QStringLiteral("state")).toUtf8());
        EXPECT_TRUE(service::initSample(folder().toStdString(), m_random));
        m_files = filesNow();
    }

    [[nodiscard]] QString folder() const { return m_home.filePath(QStringLiteral("sample")); }

    [[nodiscard]] std::map<QString, QByteArray> filesNow() const
    {
        std::map<QString, QByteArray> files;
        QDirIterator each(folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext()) {
            QFile file(each.next());
            EXPECT_TRUE(file.open(QIODevice::ReadOnly));
            files[file.fileName()] = file.readAll();
        }
        return files;
    }

    /// Kills it so long after its first letter. What it had typed.
    [[nodiscard]] std::vector<Typed> typeAndKill(int after)
    {
        QProcess worker;
        worker.start(QStringLiteral(HEADGATE_BINARY_DIR "/bin/editing_worker"), {folder()});
        std::vector<Typed> typed;
        if (!worker.waitForStarted(longestWait) || !worker.waitForReadyRead(longestWait))
            return typed;
        QTest::qSleep(after);
        worker.kill();
        worker.waitForFinished(longestWait);
        for (const QByteArray& line : worker.readAllStandardOutput().split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            if (words.size() == 2)
                typed.push_back({words[0].toLongLong(), words[1].toLongLong()});
        }
        return typed;
    }

    /// The number in the name that comes back.
    [[nodiscard]] long long restored()
    {
        service::WorkspaceOptions options;
        options.project = folder().toStdString();
        ProjectSession session(options, service::Surroundings{m_clock, m_random, m_secrets});
        bool back = false;
        QObject::connect(&session, &ProjectSession::opened, &session, [&] {
            QObject::connect(&session.documents(), &Documents::restored, &session,
                             [&](int, const QStringList&) { back = true; });
        });
        session.open();
        if (!QTest::qWaitFor([&] { return back; }, longestWait))
            return 0;
        const std::string name = session.documents().sync("orders")->value().name;
        return std::stoll(name.substr(name.find(' ') + 1));
    }

    QTemporaryDir m_home;
    SystemClock m_clock;
    SystemRandom m_random;
    secrets::ProcessSecrets m_secrets;
    std::map<QString, QByteArray> m_files;
};

} // namespace

TEST_F(KilledEditing, losesTwoSecondsOfTypingAtMostAndHarmsNoFile)
{
    const int kills = qEnvironmentVariableIsSet("HEADGATE_TEST_DEEP") ? 50 : 4;
    for (int kill = 0; kill < kills; ++kill) {
        const int after = 2'000 + static_cast<int>(m_random.next() % 1'500);
        const std::vector<Typed> typed = typeAndKill(after);
        ASSERT_FALSE(typed.empty()) << kill;
        const long long kept = restored();
        ASSERT_GT(kept, 0) << kill;
        ASSERT_LE(kept, typed.back().number);
        const Typed& last = typed[static_cast<std::size_t>(kept - 1)];
        EXPECT_LE(typed.back().at - last.at, mostLost) << "killed after " << after << " ms";
        EXPECT_TRUE(filesNow() == m_files) << kill;
    }
}

} // namespace headgate::ui
