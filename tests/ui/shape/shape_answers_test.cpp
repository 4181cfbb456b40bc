// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/documents.h"
#include "shape/byte_meter.h"
#include "shape/payload_pane.h"
#include "shape/shape_page.h"
#include "shape/shape_tree.h"
#include "ui/named_widget.h"
#include "ui/sample_session.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

namespace headgate::ui {

namespace {

/// The editor over a sync whose destination answers: what state, destination and encoding say.
class ShapeAnswersTest : public SampleSession
{
protected:
    ~ShapeAnswersTest() override { m_page.reset(); }

    void openPage()
    {
        m_page = std::make_unique<ShapePage>(*m_session, sync);
        m_page->resize(1400, 900);
        m_page->show();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
        ASSERT_TRUE(soon([this] { return payload().size() > 2; }));
    }
    [[nodiscard]] std::string payload()
    {
        return visibleNamed<JsonView>(*m_page, QStringLiteral("Payload"))->lines().json();
    }
    void clickTab(const char* text)
    {
        const auto tabs = m_page->findChildren<QTabBar*>();
        for (QTabBar* const bar : tabs)
            for (int tab = 0; tab < bar->count(); ++tab)
                if (bar->tabText(tab) == QLatin1String(text))
                    return QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
        FAIL() << text;
    }
    void trigger(const char* action)
    {
        for (QAction* const each : m_page->pageActions())
            if (each->objectName() == QLatin1String(action))
                return each->trigger();
        FAIL() << action;
    }
    [[nodiscard]] std::string strips()
    {
        std::string all;
        for (const MessageStrip* strip : m_page->findChildren<MessageStrip*>())
            if (strip->isVisible())
                all += strip->message().sentence.toStdString() + '\n';
        return all;
    }
    [[nodiscard]] std::string label(const char* name)
    {
        const auto* const found = visibleNamed<QLabel>(*m_page, QLatin1String(name));
        return found ? found->text().toStdString() : std::string();
    }
    [[nodiscard]] SyncDocument& document() { return *m_session->documents().sync(sync); }
    [[nodiscard]] ShapeTree* tree() { return m_page->findChild<ShapeTree*>(); }
    /// An edit that every payload shows.
    void addConstant()
    {
        project::SyncDefinition next = document().value();
        shape::Node node;
        node.name = "edited";
        node.kind = shape::NodeKind::Constant;
        node.leaf.value = 1;
        next.shape->root.children.push_back(node);
        document().change(QStringLiteral("Add"), next);
    }

    std::unique_ptr<ShapePage> m_page;
};

TEST_F(ShapeAnswersTest, theMeterShowsWhatTheDestinationTakes)
{
    open();
    openPage();
    auto* const pane = m_page->findChild<PayloadPane*>();
    ASSERT_TRUE(soon([&] { return pane->limit() > 0; }));
    const auto* const meter =
        visibleNamed<ByteMeter>(*m_page, QStringLiteral("Size of the payload"));
    ASSERT_NE(meter, nullptr);
    EXPECT_FALSE(meter->isOver());
    EXPECT_TRUE(meter->text().contains(QStringLiteral(" of "))) << meter->text().toStdString();
}

TEST_F(ShapeAnswersTest, theRequestOfTheRecordIsShown)
{
    open();
    openPage();
    clickTab("Request");
    auto* const request = visibleNamed<QPlainTextEdit>(*m_page, QStringLiteral("Request"));
    ASSERT_NE(request, nullptr);
    EXPECT_TRUE(soon([&] { return request->toPlainText().contains(QStringLiteral("POST ")); }))
        << request->toPlainText().toStdString();
    const QString first = request->toPlainText();
    const auto body = [](const QString& text) {
        return text.mid(text.indexOf(QStringLiteral("\n\n")) + 2);
    };
    EXPECT_TRUE(body(first).contains(QStringLiteral("\n  \""))) << first.toStdString();
    auto* const asSent =
        visibleNamed<QToolButton>(*m_page, QStringLiteral("Show the request as it is sent"));
    ASSERT_NE(asSent, nullptr);
    QTest::mouseClick(asSent, Qt::LeftButton);
    const QString sent = request->toPlainText();
    EXPECT_FALSE(body(sent).contains(QStringLiteral("\n  \""))) << sent.toStdString();
    QTest::mouseClick(asSent, Qt::LeftButton);
    EXPECT_EQ(request->toPlainText(), first);
    QTest::mouseClick(
        visibleNamed<QToolButton>(*m_page, QStringLiteral("Copy the request as it is sent")),
        Qt::LeftButton);
    EXPECT_EQ(QApplication::clipboard()->text(), sent);
    QTest::keyClick(tree(), Qt::Key_PageDown, Qt::ControlModifier);
    EXPECT_TRUE(soon([&] { return request->toPlainText() != first; })) << "of the next record";
}

TEST_F(ShapeAnswersTest, whatWasSentLastStandsBesideWhatWouldBe)
{
    open();
    ASSERT_GT(run().requests, 0U);
    openPage();
    addConstant();
    clickTab("Last sent");
    const auto view = [this](const char* name) {
        return visibleNamed<JsonView>(*m_page, QLatin1String(name));
    };
    ASSERT_TRUE(soon([&] { return view("Would be sent now") != nullptr; }));
    EXPECT_TRUE(soon([&] {
        return view("Would be sent now")->lines().json().find("\"edited\":1") != std::string::npos;
    }));
    EXPECT_EQ(view("Accepted last")->lines().json().find("\"edited\""), std::string::npos);
    EXPECT_FALSE(view("Would be sent now")->marks().empty()) << "what differs is marked";
}

TEST_F(ShapeAnswersTest, theCostOfAnEditOfAnActiveSyncIsSaid)
{
    open();
    ASSERT_GT(run().requests, 0U);
    ASSERT_TRUE(soon([this] {
        const service::SyncStatus* const status = m_session->statusOf(sync);
        return status != nullptr && status->delivered > 0;
    }));
    openPage();
    EXPECT_EQ(label("What the edit sends again"), "");
    addConstant();
    EXPECT_TRUE(soon([this] {
        return label("What the edit sends again").rfind("This edit sends ", 0) == 0;
    })) << label("What the edit sends again");
    document().undoStack()->undo();
    EXPECT_TRUE(soon([this] { return label("What the edit sends again").empty(); }));
}

TEST_F(ShapeAnswersTest, theShapeIsCopiedAsSql)
{
    open();
    openPage();
    QApplication::clipboard()->clear();
    trigger("shape.copy_sql");
    EXPECT_TRUE(soon([this] { return strips().find("as SQL") != std::string::npos; })) << strips();
    EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("json_")))
        << QApplication::clipboard()->text().toStdString();
}

TEST_F(ShapeAnswersTest, aChoicesSheetOfAListIsSaved)
{
    open();
    openPage();
    trigger("shape.choices_sheet");
    EXPECT_NE(label("What the last gesture did").find("Choose a list"), std::string::npos)
        << "the root is no list";
    for (const shape::Node& child : tree()->shapeModel()->shape().root.children)
        if (child.kind == shape::NodeKind::List) {
            tree()->setCurrentNode(child.id);
            break;
        }
    trigger("shape.choices_sheet");
    auto* const dialog = m_page->findChild<QFileDialog*>();
    ASSERT_NE(dialog, nullptr);
    auto* const name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    ASSERT_NE(name, nullptr);
    const QString file = m_home.filePath(QStringLiteral("choices.html"));
    name->setText(file);
    for (QPushButton* const button : dialog->findChildren<QPushButton*>())
        if (button->text().contains(QStringLiteral("Save")))
            QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_FALSE(dialog->isVisible());
    ASSERT_TRUE(soon([this] { return strips().find("The sheet is in ") != std::string::npos; }))
        << strips();
    QFile saved(file);
    ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
    const QByteArray html = saved.readAll();
    for (const char* form : {"ist of dictionaries", "ictionary of lists", "ictionary by key"})
        EXPECT_TRUE(html.contains(form)) << form;
}

} // namespace

} // namespace headgate::ui
