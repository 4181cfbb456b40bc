// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project_session.h"

#include "ui/sample_session.h"

#include <QSignalSpy>

namespace headgate::ui {

namespace {

using ProjectSessionTest = SampleSession;

/// Opens the session and, before the event loop runs, asks it `question`; `then` gets its answer.
template <typename Then>
void openAndAsk(ProjectSession& session, Then then)
{
    session.open();
    session.ask(
        &session,
        [](service::Workspace& workspace, const StopToken&) -> Result<bool> {
            return workspace.isTrusted();
        },
        [then](Result<bool> trusted) { then(trusted.value()); });
}

} // namespace

TEST_F(ProjectSessionTest, theStateIsAskedForWithTheContents)
{
    m_session = std::make_unique<ProjectSession>(m_options, surroundings());
    std::optional<std::size_t> known;
    openAndAsk(*m_session, [&](bool trusted) {
        EXPECT_TRUE(trusted);
        known = m_session->status().size();
    });
    ASSERT_TRUE(soon([&] { return known.has_value(); }));
    EXPECT_GT(*known, 0U);
}

TEST_F(ProjectSessionTest, theStateOfAStrangersProjectIsNotShown)
{
    // A copy of it at another place is a stranger's.
    edit("headgate.json", "\"id\": \"", "\"id\": \"0");
    m_session = std::make_unique<ProjectSession>(m_options, surroundings());
    const QSignalSpy status(m_session.get(), &ProjectSession::statusChanged);
    bool answered = false;
    openAndAsk(*m_session, [&](bool trusted) {
        EXPECT_FALSE(trusted);
        answered = true;
    });
    ASSERT_TRUE(soon([&] { return answered; }));
    EXPECT_EQ(status.count(), 0);
}

} // namespace headgate::ui
