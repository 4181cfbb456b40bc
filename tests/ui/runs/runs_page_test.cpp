// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/runs_page.h"

#include "charts/run_chart.h"
#include "ui/named_widget.h"
#include "ui/sample_session.h"
#include "widgets/empty_state.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <thread>

namespace headgate::ui {

namespace {

class RunsPageTest : public SampleSession
{
protected:
    void show()
    {
        m_page = std::make_unique<RunsPage>(*m_session, m_clock);
        m_page->resize(1200, 800);
        m_page->show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(m_page.get()));
    }

    template <typename Widget = QWidget>
    [[nodiscard]] Widget* named(const char* name) const
    {
        return visibleNamed<Widget>(*m_page, QLatin1String(name));
    }

    [[nodiscard]] int rows(const char* table) const
    {
        const auto* view = named<QTableView>(table);
        return view == nullptr ? -1 : view->model()->rowCount();
    }

    [[nodiscard]] QString cell(const char* table, int row, int column) const
    {
        const QAbstractItemModel* model = named<QTableView>(table)->model();
        return model->index(row, column).data().toString();
    }

    void choose(const char* box, const QString& text)
    {
        auto* const combo = named<QComboBox>(box);
        ASSERT_NE(combo, nullptr) << box;
        const int at = combo->findText(text, Qt::MatchStartsWith);
        ASSERT_GE(at, 0) << text.toStdString();
        combo->setCurrentIndex(at);
    }

    void click(const char* button)
    {
        auto* const widget = named<QAbstractButton>(button);
        ASSERT_NE(widget, nullptr) << button;
        ASSERT_TRUE(soon([&] { return widget->isEnabled(); })) << button;
        QTest::mouseClick(widget, Qt::LeftButton);
    }

    [[nodiscard]] QString said() const
    {
        const auto* strip = m_page->findChild<MessageStrip*>();
        return strip->isVisible() ? strip->message().sentence : QString();
    }

    std::unique_ptr<RunsPage> m_page;
};

} // namespace

TEST_F(RunsPageTest, theWayOfARefusedRecordIsSeenAndCopiedWithoutItsSecret)
{
    open();
    const auto previews = otherWorkspace()->previewRecords(sync, 3, {});
    ASSERT_TRUE(previews);
    refuse({previews->at(0).match, previews->at(1).match}, "InvalidEmailAddressError");
    // Of a whole run the request is longer than what is kept of one.
    const run::RunReport report = run(5);
    ASSERT_EQ(report.outcomes[run::Outcome::Rejected], 2U);

    show();
    ASSERT_TRUE(soon([&] { return rows("Runs") == 1 && rows("Records of the run") > 2; }));
    EXPECT_TRUE(named<QLabel>("What was read")->text().startsWith(QStringLiteral("Read ")));
    EXPECT_TRUE(named<QLabel>("What was sent")->text().contains(QStringLiteral("2 rejected")));
    EXPECT_EQ(m_page->findChild<RunChart*>()->bars().size(), 1U);
    choose("Outcome", QStringLiteral("Rejected (2)"));
    ASSERT_TRUE(soon([&] { return rows("Records of the run") == 2; }));

    for (const int row : {0, 1}) {
        named<QTableView>("Records of the run")->selectRow(row);
        const QString key = cell("Records of the run", row, 0);
        ASSERT_TRUE(soon([&] {
            return QString::fromStdString(named<JsonView>("Row")->lines().json()).contains(key) &&
                   !named<QPlainTextEdit>("Request")->toPlainText().isEmpty();
        })) << "both refused records of a batch show the request";
        EXPECT_FALSE(named<QPlainTextEdit>("Answer")->toPlainText().isEmpty());
    }
    click("Copy as cURL");
    const QString command = QGuiApplication::clipboard()->text();
    EXPECT_TRUE(command.startsWith(QStringLiteral("curl "))) << command.toStdString();
    EXPECT_TRUE(command.contains(QStringLiteral("\"$SECRET_API_KEY\""))) << command.toStdString();
    EXPECT_FALSE(command.contains(QStringLiteral("any\n")));
    EXPECT_TRUE(said().contains(QStringLiteral("$SECRET_API_KEY")));
    click("Copy payload");
    EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith(QLatin1Char('{')));
}

TEST_F(RunsPageTest, chosenRecordsAreSkippedReleasedAndSentAgain)
{
    open();
    const auto previews = otherWorkspace()->previewRecords(sync, 2, {});
    ASSERT_TRUE(previews);
    refuse({previews->at(0).match, previews->at(1).match}, "InvalidEmailAddressError");
    run();
    show();
    ASSERT_TRUE(soon([&] { return rows("Records of the run") > 2; }));
    choose("Outcome", QStringLiteral("Rejected"));
    ASSERT_TRUE(soon([&] { return rows("Records of the run") == 2; }));
    named<QTableView>("Records of the run")->selectRow(1);
    click("Skip always");
    ASSERT_TRUE(soon([&] { return said().startsWith(QStringLiteral("1 record is left out")); }))
        << said().toStdString();
    EXPECT_TRUE(soon([&] {
        const service::SyncStatus* status = m_session->statusOf(sync);
        return status->outstanding.contains("skipped_always");
    }));

    m_inbox.inbox().behave();
    named<QTableView>("Records of the run")->selectRow(0);
    m_report.reset();
    click("Retry");
    ASSERT_TRUE(soon([&] { return m_report.has_value(); }));
    EXPECT_EQ(m_report->kind, run::RunKind::Push);
    EXPECT_EQ(m_report->planned.sent(), 1U);
    EXPECT_EQ(m_report->outcomes[run::Outcome::Successful], 1U);
    ASSERT_TRUE(soon([&] { return rows("Runs") == 2; }));
}

TEST_F(RunsPageTest, filtersAskTheStateAndAKeyIsFound)
{
    open();
    run();
    run();
    run(1);
    show();
    ASSERT_TRUE(soon([&] { return rows("Runs") == 3; }));
    choose("Kind", QStringLiteral("First records"));
    ASSERT_TRUE(soon([&] { return rows("Runs") == 1; }));
    choose("Kind", QStringLiteral("Any"));
    choose("State", QStringLiteral("Failed"));
    ASSERT_TRUE(soon([&] {
        return m_page->findChild<QTableView*>()->isHidden() || named<QTableView>("Runs") == nullptr;
    }));
    choose("State", QStringLiteral("Any"));
    ASSERT_TRUE(soon([&] { return rows("Runs") == 3; }));
    choose("Sync", QStringLiteral("Orders"));
    ASSERT_TRUE(soon([&] { return named<QTableView>("Runs") == nullptr; }));
    choose("Sync", QStringLiteral("All"));
    ASSERT_TRUE(soon([&] { return rows("Runs") == 3; }));

    named<QTableView>("Runs")->selectRow(2);
    ASSERT_TRUE(soon([&] { return rows("Records of the run") > 10; }));
    const QString key = cell("Records of the run", 5, 0);
    auto* const search = named<QLineEdit>("Search by key");
    QTest::keyClicks(search, key);
    QTest::keyClick(search, Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return rows("Records of the run") == 1; }));
    EXPECT_EQ(cell("Records of the run", 0, 0), key);
}

TEST_F(RunsPageTest, withoutARunThereIsNoneToCancel)
{
    open();
    show();
    EXPECT_EQ(named("Cancel this run"), nullptr);
    const auto* nothing = m_page->findChild<EmptyState*>();
    ASSERT_TRUE(soon([&] { return nothing->isVisible(); }));
    EXPECT_EQ(named("Cancel this run"), nullptr);
}

TEST_F(RunsPageTest, aRunOfAnotherProgramIsSeenAndCancelled)
{
    inbox::Misbehaviour late;
    late.trouble = inbox::Trouble::Delay;
    late.delay = Milliseconds(20'000);
    m_inbox.inbox().misbehave(late);
    open();
    auto other = otherWorkspace();
    ASSERT_TRUE(other->trust());
    service::RunRequest request;
    request.sync = sync;
    auto prepared = other->prepare(request);
    ASSERT_TRUE(prepared) << prepared.error().toString().toStdString();
    std::thread stepping([&] {
        while ((*prepared)->step()) {
        }
    });
    show();
    EXPECT_TRUE(soon([&] { return named("Cancel this run") != nullptr; }));
    // The second one does not wait for the answer.
    for (int i = 0; i < 2 && named("Cancel this run") != nullptr; ++i)
        click("Cancel this run");
    stepping.join();
    EXPECT_EQ((*prepared)->report().state, state::RunState::Cancelled) << said().toStdString();
    EXPECT_TRUE(soon([&] { return named("Cancel this run") == nullptr; }));
}

TEST_F(RunsPageTest, aWishShowsTheRecordOfAnotherPage)
{
    open();
    const std::string first = run().run;
    run();
    show();
    ASSERT_TRUE(soon([&] { return rows("Runs") == 2; }));
    const auto records = otherWorkspace()->findRecords({first, {}, {}, {}, 7, false});
    ASSERT_TRUE(records);
    const std::string key = records->records.back().row.keyText;
    m_session->wishRecord({sync, first, "successful", key});
    ASSERT_TRUE(soon([&] { return rows("Records of the run") == 1; }));
    EXPECT_EQ(cell("Records of the run", 0, 0).toStdString(), key);
    EXPECT_EQ(named<QTableView>("Runs")->currentIndex().row(), 1);
}

TEST_F(RunsPageTest, everyControlHasAName)
{
    open();
    run();
    show();
    ASSERT_TRUE(soon([&] { return rows("Records of the run") > 2; }));
    for (const QWidget* widget : m_page->findChildren<QWidget*>()) {
        const bool control = qobject_cast<const QAbstractButton*>(widget) ||
                             qobject_cast<const QComboBox*>(widget) ||
                             qobject_cast<const QLineEdit*>(widget) ||
                             qobject_cast<const QTableView*>(widget);
        if (!control || !widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        EXPECT_FALSE(widget->accessibleName().isEmpty() &&
                     (button == nullptr || button->text().isEmpty()))
            << widget->metaObject()->className() << ' ' << widget->objectName().toStdString();
    }
}

} // namespace headgate::ui
