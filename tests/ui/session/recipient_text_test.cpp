// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recipient_text.h"

#include "session/documents.h"
#include "ui/sample_session.h"

namespace headgate::ui {

namespace {

class RecipientTextTest : public SampleSession
{
protected:
    [[nodiscard]] const project::DestinationDefinition& inboxAccount() const
    {
        return m_session->contents()->project.destinations.front();
    }

    void startInbox()
    {
        m_session->startInbox(inboxAccount());
        ASSERT_TRUE(soon([this] { return !m_session->inboxUrl(inboxAccount().slug).empty(); }));
    }
};

} // namespace

TEST_F(RecipientTextTest, namesTheAccountAndWhatBecomesOfARecordThere)
{
    open();
    startInbox();
    EXPECT_EQ(recipientText(*m_session, sync),
              QStringLiteral("Inbox (answers as Iterable would) (user, upsert)"))
        << "the inbox is the account itself";
    EXPECT_EQ(recipientText(*m_session, "no-such-sync"), QString());
}

TEST_F(RecipientTextTest, saysThatAStandInIsInThePlaceOfAnAccountElsewhere)
{
    edit("destinations/inbox.json", "http://127.0.0.1", "http://192.0.2.1");
    open();
    EXPECT_EQ(recipientText(*m_session, sync),
              QStringLiteral("Inbox (answers as Iterable would) (user, upsert)"));
    startInbox();
    EXPECT_EQ(recipientText(*m_session, sync),
              QStringLiteral("a stand-in for Inbox (answers as Iterable would) on this machine "
                             "(user, upsert)"));
}

} // namespace headgate::ui
