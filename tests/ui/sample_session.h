// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "fakes/inbox_fixture.h"
#include "secrets/process_secrets.h"
#include "session/project_session.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <optional>

namespace headgate::ui {

/// The sample project in a session, its destination an inbox that misbehaves as told.
class SampleSession : public testing::Test
{
protected:
    static constexpr int longest = 30'000; ///< ms; a test that waits so long has failed
    static constexpr const char* sync = "recently-viewed";

    SampleSession()
    {
        qputenv("HEADGATE_STATE_DIR", m_home.filePath(QStringLiteral("state")).toUtf8());
        qputenv("HEADGATE_SAMPLE_KEY", "any");
        const QString folder = m_home.filePath(QStringLiteral("sample"));
        EXPECT_TRUE(service::initSample(folder.toStdString(), m_random));
        edit("destinations/inbox.json", "8825", QByteArray::number(m_inbox.port()));
        m_options.project = folder.toStdString();
    }

    /// Before open().
    void edit(const char* file, const char* from, const QByteArray& to)
    {
        QFile edited(m_home.filePath(QStringLiteral("sample/") + QLatin1String(file)));
        ASSERT_TRUE(edited.open(QIODevice::ReadWrite));
        QByteArray text = edited.readAll();
        ASSERT_TRUE(text.contains(from)) << file;
        text.replace(from, to);
        edited.resize(0);
        edited.seek(0);
        ASSERT_EQ(edited.write(text), text.size());
    }

    void open()
    {
        m_session = std::make_unique<ProjectSession>(m_options, surroundings());
        QObject::connect(m_session.get(), &ProjectSession::runFinished, m_session.get(),
                         [this](const run::RunReport& report) { m_report = report; });
        m_session->open();
        ASSERT_TRUE(soon([this] { return m_session->contents() != nullptr; }));
        ASSERT_TRUE(soon([this] { return !m_session->status().empty(); }));
    }

    [[nodiscard]] service::Surroundings surroundings() { return {m_clock, m_random, m_secrets}; }

    /// Where another program would stand.
    [[nodiscard]] std::unique_ptr<service::Workspace> otherWorkspace()
    {
        auto opened = service::Workspace::open(m_options, surroundings());
        EXPECT_TRUE(opened);
        return std::move(*opened);
    }

    void refuse(const std::vector<std::string>& emails, const char* code)
    {
        inbox::Misbehaviour trouble;
        trouble.trouble = inbox::Trouble::FailKeys;
        trouble.keys = emails;
        trouble.code = code;
        m_inbox.inbox().misbehave(trouble);
    }

    run::RunReport run(std::uint64_t limit = 0)
    {
        m_report.reset();
        service::RunRequest request;
        request.sync = sync;
        request.kind = limit == 0 ? run::RunKind::Run : run::RunKind::Limit;
        request.limit = limit;
        m_session->startRun(request);
        EXPECT_TRUE(soon([this] { return m_report.has_value(); }));
        return m_report.value_or(run::RunReport());
    }

    template <typename Condition>
    [[nodiscard]] static bool soon(Condition condition)
    {
        return QTest::qWaitFor(condition, longest);
    }

    QTemporaryDir m_home;
    SystemClock m_clock;
    SystemRandom m_random;
    secrets::ProcessSecrets m_secrets;
    fakes::InboxFixture m_inbox{"iterable"};
    service::WorkspaceOptions m_options;
    std::unique_ptr<ProjectSession> m_session;
    std::optional<run::RunReport> m_report;
};

} // namespace headgate::ui
