// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/failure_section.h"
#include "overview/overview_page.h"

#include "ui/named_widget.h"
#include "ui/sample_session.h"
#include "widgets/message_strip.h"
#include "widgets/verdict.h"

#include <QAbstractButton>
#include <QLabel>
#include <QTableWidget>
#include <atomic>
#include <thread>

namespace headgate::ui {

namespace {

class OverviewPageTest : public SampleSession
{
protected:
    void show()
    {
        m_page = std::make_unique<OverviewPage>(*m_session, m_clock);
        QObject::connect(m_page.get(), &Page::pageWanted, m_page.get(),
                         [this](const PageId& id) { m_wanted.push_back(id); });
        m_page->resize(1100, 900);
        m_page->show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(m_page.get()));
    }

    template <typename Widget = QWidget>
    [[nodiscard]] Widget* named(const QString& name) const
    {
        return visibleNamed<Widget>(*m_page, name);
    }

    [[nodiscard]] QAbstractButton* button(const QString& text) const
    {
        for (QAbstractButton* each : m_page->findChildren<QAbstractButton*>())
            if (each->isVisible() && each->text() == text)
                return each;
        return nullptr;
    }

    void click(const char* text)
    {
        ASSERT_TRUE(soon([&] {
            const auto* const found = button(QLatin1String(text));
            return found != nullptr && found->isEnabled();
        })) << text;
        QTest::mouseClick(button(QLatin1String(text)), Qt::LeftButton);
    }

    [[nodiscard]] bool says(const QString& part) const
    {
        for (const QLabel* label : m_page->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(part))
                return true;
        return false;
    }

    /// What the page says is wrong.
    [[nodiscard]] std::string troubles() const
    {
        std::string all;
        for (const MessageStrip* strip : m_page->findChildren<MessageStrip*>())
            if (strip->isVisible())
                all += ' ' + strip->message().sentence.toStdString();
        return all;
    }

    [[nodiscard]] std::uint64_t outstanding(const char* status) const
    {
        const service::SyncStatus* of = m_session->statusOf(sync);
        const auto found = of->outstanding.find(status);
        return found == of->outstanding.end() ? 0 : found->second;
    }

    [[nodiscard]] std::vector<std::string> someEmails(std::size_t count)
    {
        std::vector<std::string> emails;
        const auto previews = otherWorkspace()->previewRecords(sync, count, {});
        EXPECT_TRUE(previews);
        for (const service::RecordPreview& preview : *previews)
            emails.push_back(preview.match);
        return emails;
    }

    std::unique_ptr<OverviewPage> m_page;
    std::vector<PageId> m_wanted;
};

} // namespace

TEST_F(OverviewPageTest, refusalsAreGroupedByCauseShownAndSentAgain)
{
    open();
    refuse(someEmails(4), "InvalidEmailAddressError");
    run();
    show();
    ASSERT_TRUE(soon([&] { return says(QStringLiteral("4 refused, one cause")); }));
    EXPECT_TRUE(says(QStringLiteral("4 refused")));
    int examples = 0;
    for (const QAbstractButton* each : m_page->findChildren<QAbstractButton*>())
        examples += each->accessibleName().startsWith(QStringLiteral("Show the record ")) ? 1 : 0;
    EXPECT_EQ(examples, 3);

    for (QAbstractButton* each : m_page->findChildren<QAbstractButton*>())
        if (each->accessibleName().startsWith(QStringLiteral("Show the record "))) {
            QTest::mouseClick(each, Qt::LeftButton);
            break;
        }
    ASSERT_EQ(m_wanted.size(), 1U);
    EXPECT_EQ(m_wanted[0], (PageId{PageKind::Runs, {}}));
    const auto wish = m_session->takeRecordWish();
    ASSERT_TRUE(wish);
    EXPECT_EQ(wish->sync, sync);
    EXPECT_EQ(wish->run, m_report->run);
    EXPECT_EQ(wish->outcome, "rejected");
    EXPECT_FALSE(wish->key.empty());

    m_inbox.inbox().behave();
    m_report.reset();
    click("Retry this group");
    ASSERT_TRUE(soon([&] { return m_report.has_value(); }));
    EXPECT_EQ(m_report->kind, run::RunKind::Push);
    EXPECT_EQ(m_report->outcomes[run::Outcome::Successful], 4U);
    EXPECT_TRUE(soon([&] { return button(QStringLiteral("Retry this group")) == nullptr; }));
    EXPECT_TRUE(soon([&] { return outstanding("rejected") == 0; }));
}

TEST_F(OverviewPageTest, theFieldThatARefusalNamesIsAskedForWithItsPlace)
{
    open();
    refuse(someEmails(1), "InvalidEmailAddressError");
    run();
    show();
    ASSERT_TRUE(soon([&] { return m_page->findChild<FailureSection*>() != nullptr; }));
    std::vector<std::pair<PageId, QString>> places;
    QObject::connect(m_page.get(), &OverviewPage::placeWanted, m_page.get(),
                     [&](const PageId& id, const QString& place) {
                         places.push_back({id, place});
                     });
    Q_EMIT m_page->findChild<FailureSection*>()->fieldWanted("/recently_viewed/*/name");
    ASSERT_EQ(places.size(), 1U);
    EXPECT_EQ(places[0].first, (PageId{PageKind::Shape, sync}));
    EXPECT_EQ(places[0].second, QStringLiteral("/recently_viewed/*/name"));
    EXPECT_TRUE(m_wanted.empty());
}

TEST_F(OverviewPageTest, aStoppedPlanShowsItsFiguresAndWaitsForAWord)
{
    open();
    run();
    m_session.reset();
    edit("syncs/recently-viewed.json", "\"firstName\"", "\"givenName\"");
    open();
    const run::RunReport stopped = run();
    ASSERT_EQ(stopped.state, state::RunState::Stopped)
        << (stopped.error ? stopped.error->toString().toStdString() : "no error");
    show();
    ASSERT_TRUE(soon([&] { return button(QStringLiteral("Run anyway")) != nullptr; }));
    EXPECT_TRUE(says(stopped.stops.front().message));
    EXPECT_TRUE(says(QStringLiteral("nothing was sent")));
    auto* const records = named<QTableWidget>(QStringLiteral("Records of the stopped plan"));
    ASSERT_NE(records, nullptr);
    EXPECT_EQ(records->rowCount(), 5);
    EXPECT_TRUE(records->item(0, 2)->text().startsWith(QLatin1Char('{')));

    m_report.reset();
    click("Run anyway");
    ASSERT_TRUE(soon([&] { return m_report.has_value(); }));
    EXPECT_EQ(m_report->outcomes[run::Outcome::Successful], stopped.planned.sent());
    EXPECT_TRUE(soon([&] { return button(QStringLiteral("Run anyway")) == nullptr; }));
}

TEST_F(OverviewPageTest, aStoppedPlanIsDiscarded)
{
    open();
    run();
    m_session.reset();
    edit("syncs/recently-viewed.json", "\"firstName\"", "\"givenName\"");
    open();
    ASSERT_EQ(run().state, state::RunState::Stopped);
    show();
    click("Discard");
    ASSERT_TRUE(soon([&] { return button(QStringLiteral("Discard")) == nullptr; }));
    EXPECT_FALSE(m_session->statusOf(sync)->planStopped);
}

TEST_F(OverviewPageTest, recordsInDoubtAreShownAndDecided)
{
    open();
    inbox::Misbehaviour cut;
    cut.trouble = inbox::Trouble::Cut;
    m_inbox.inbox().misbehave(cut);
    // What cannot be answered is tried for a while; who does not want to wait cancels.
    service::RunRequest request;
    request.sync = sync;
    m_session->startRun(request);
    ASSERT_TRUE(soon([&] {
        return m_inbox.inbox().totals().deliveries > 0 || m_inbox.inbox().totals().requests > 1;
    }));
    m_session->cancelRun(sync);
    m_session->cancelRun(sync);
    ASSERT_TRUE(soon([&] { return m_report.has_value(); }));
    ASSERT_TRUE(soon([&] { return outstanding("in_doubt") > 0; }))
        << m_report->outcomes[run::Outcome::InDoubt];
    const auto groups = [&] {
        const auto tables = m_page->findChildren<QTableWidget*>();
        return std::count_if(tables.begin(), tables.end(), [](const QTableWidget* each) {
            return each->isVisible() && each->accessibleName() == QLatin1String("Records in doubt");
        });
    };
    show();
    ASSERT_TRUE(soon([&] { return groups() > 0; })) << troubles();
    EXPECT_TRUE(says(QStringLiteral("in doubt")));
    // What the server cut and what the cancel cut are two groups where both happened.
    std::uint64_t left = outstanding("in_doubt");
    while (left > 0) {
        ASSERT_TRUE(soon([&] { return groups() > 0; })) << left;
        click("It arrived");
        ASSERT_TRUE(soon([&] { return outstanding("in_doubt") < left; })) << left << troubles();
        left = outstanding("in_doubt");
    }
    EXPECT_TRUE(soon([&] { return groups() == 0; }));
}

TEST_F(OverviewPageTest, aRunOfAnotherProgramAppearsAndIsCancelled)
{
    inbox::Misbehaviour late;
    late.trouble = inbox::Trouble::Delay;
    late.delay = Milliseconds(20'000);
    m_inbox.inbox().misbehave(late);
    open();
    service::RunRequest request;
    request.sync = sync;
    auto prepared = otherWorkspace()->prepare(request);
    ASSERT_TRUE(prepared) << prepared.error().toString().toStdString();
    std::thread stepping([&] {
        while ((*prepared)->step()) {
        }
    });
    show();
    const QString cancel = QStringLiteral("Cancel the run of Recently viewed");
    EXPECT_TRUE(soon([&] { return named(cancel) != nullptr; }));
    EXPECT_TRUE(says(QStringLiteral("Process %1").arg(QCoreApplication::applicationPid())));
    // The second one does not wait for the answer.
    for (int i = 0; i < 2; ++i)
        if (auto* const button = named<QAbstractButton>(cancel))
            QTest::mouseClick(button, Qt::LeftButton);
    stepping.join();
    EXPECT_EQ((*prepared)->report().state, state::RunState::Cancelled);
    EXPECT_TRUE(soon([&] { return named(cancel) == nullptr; }));
}

TEST_F(OverviewPageTest, everyControlHasAName)
{
    open();
    refuse(someEmails(2), "InvalidEmailAddressError");
    run();
    show();
    ASSERT_TRUE(soon([&] { return button(QStringLiteral("Retry this group")) != nullptr; }));
    for (const QWidget* widget : m_page->findChildren<QWidget*>()) {
        const auto* each = qobject_cast<const QAbstractButton*>(widget);
        if (each == nullptr || !each->isVisible())
            continue;
        EXPECT_FALSE(each->accessibleName().isEmpty() && each->text().isEmpty());
        EXPECT_NE(each->focusPolicy() & Qt::TabFocus, 0) << each->text().toStdString();
    }
}

} // namespace headgate::ui
