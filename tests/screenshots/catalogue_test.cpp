// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/command_palette.h"
#include "frame/page_tabs.h"
#include "screenshots/page_lint.h"
#include "shape/shape_tree.h"
#include "sync/push_dialog.h"
#include "ui/window_story.h"
#include "widgets/json_view.h"
#include "widgets/new_definition_dialog.h"
#include "widgets/spinner.h"

#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int settling = 100; ///< ms, for layouts

std::string text(const QStringList& findings)
{
    return findings.join(QLatin1Char('\n')).toStdString();
}

/// Every page with the sample in it, in both colour schemes. With HEADGATE_CATALOGUE=FOLDER each
/// is saved there as NAME-SCHEME.png; see run.sh.
class Catalogue : public WindowStory, public testing::WithParamInterface<ColorSchemeChoice>
{
protected:
    Catalogue()
    {
        m_theme.setChoice(GetParam());
        m_window->resize(1280, 800);
        click("Open the sample");
        EXPECT_TRUE(soon([this] { return named<QTreeWidget>("Project") != nullptr; }));
        EXPECT_TRUE(soon([this] { return tabs().current() != nullptr; }));
    }

    [[nodiscard]] PageTabs& tabs() const { return *m_window->findChild<PageTabs*>(); }

    [[nodiscard]] bool isQuiet() const
    {
        for (const Spinner* spinner : m_window->findChildren<Spinner*>())
            if (spinner->isRunning())
                return false;
        return true;
    }

    void picture(const char* name, QWidget* of = nullptr)
    {
        QWidget& shown = of ? *of : *m_window;
        ASSERT_TRUE(soon([this] { return isQuiet(); })) << name;
        QTest::qWait(settling);
        const QString folder = qEnvironmentVariable("HEADGATE_CATALOGUE");
        if (folder.isEmpty())
            return;
        const char* const scheme = GetParam() == ColorSchemeChoice::Dark ? "dark" : "light";
        const QString file =
            QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), QLatin1String(scheme));
        ASSERT_TRUE(shown.grab().save(file)) << file.toStdString();
    }

    /// Saves its picture and looks for what people stumble over.
    void look(const char* name)
    {
        activate();
        picture(name);
        EXPECT_EQ(text(unnamedControls(*m_window)), "") << name;
        EXPECT_EQ(text(clippedTexts(*m_window)), "") << name;
        EXPECT_EQ(text(faintTexts(*m_window)), "") << name;
        EXPECT_EQ(text(unreachableByTab(*tabs().current())), "") << name;
    }

    void open(PageKind kind, const char* slug = "") { tabs().open({kind, slug}); }

    [[nodiscard]] bool hasRows(const char* name)
    {
        return soon([&] {
            const auto* view = named<QAbstractItemView>(name);
            return view != nullptr && view->model() != nullptr && view->model()->rowCount() > 0;
        });
    }

    [[nodiscard]] bool says(const char* text) const
    {
        for (const QLabel* label : m_window->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(QLatin1String(text)))
                return true;
        return false;
    }

    /// As look(), of the dialog that is open.
    void lookAtDialog(const char* name)
    {
        QDialog* dialog = nullptr;
        ASSERT_TRUE(soon([&] {
            for (QDialog* each : m_window->findChildren<QDialog*>())
                if (each->isVisible())
                    dialog = each;
            return dialog != nullptr;
        })) << name;
        dialog->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(dialog)) << name;
        picture(name, dialog);
        EXPECT_EQ(text(unnamedControls(*dialog)), "") << name;
        EXPECT_EQ(text(clippedTexts(*dialog)), "") << name;
        EXPECT_EQ(text(faintTexts(*dialog)), "") << name;
        EXPECT_EQ(text(unreachableByTab(*dialog)), "") << name;
    }

    void trigger(const char* action)
    {
        auto* found = m_window->findChild<QAction*>(QLatin1String(action));
        ASSERT_NE(found, nullptr) << action;
        found->trigger();
    }

    void showShape()
    {
        open(PageKind::Shape, "recently-viewed");
        ASSERT_TRUE(soon([this] {
            const auto* payload = named<JsonView>("Payload");
            return payload != nullptr && payload->lines().lines().size() > 3;
        })) << troubles();
    }
};

} // namespace

TEST_P(Catalogue, overview)
{
    ASSERT_TRUE(soon([this] { return says("Never run"); }));
    look("overview");
}

TEST_P(Catalogue, source)
{
    open(PageKind::Source, "warehouse");
    ASSERT_TRUE(hasRows("Tables and views")) << troubles();
    look("source");
}

TEST_P(Catalogue, model)
{
    open(PageKind::Model, "orders");
    ASSERT_TRUE(hasRows("Rows")) << troubles();
    look("model");
}

TEST_P(Catalogue, destination)
{
    open(PageKind::Destination, "inbox");
    ASSERT_TRUE(soon([this] { return says("Not needed") || named("API key") != nullptr; }))
        << troubles();
    look("destination");
}

TEST_P(Catalogue, sync)
{
    open(PageKind::Sync, "recently-viewed");
    ASSERT_TRUE(hasRows("Records")) << troubles();
    look("sync");
    auto* parts = named<QTabWidget>("Parts of the sync");
    ASSERT_NE(parts, nullptr);
    parts->setCurrentIndex(2);
    ASSERT_TRUE(soon([this] { return says("More than 1,000 records"); })) << troubles();
    look("sync-settings");
    ASSERT_TRUE(hasRows("Fields")) << troubles();
    parts->currentWidget()->findChild<QScrollArea*>()->ensureWidgetVisible(
        named<QWidget>("Fields"));
    look("sync-fields");
}

TEST_P(Catalogue, planAndRun)
{
    open(PageKind::Sync, "recently-viewed");
    ASSERT_TRUE(hasRows("Records")) << troubles();
    click("Dry run");
    ASSERT_TRUE(hasRows("Records of the plan")) << troubles();
    look("plan");
    click("Run");
    ASSERT_TRUE(soon([this] { return says("Everything was delivered."); })) << troubles();
    look("run");
    open(PageKind::Runs);
    ASSERT_TRUE(hasRows("Runs")) << troubles();
    look("runs");
    open(PageKind::Inbox);
    ASSERT_TRUE(hasRows("Requests")) << troubles();
    look("inbox");
}

TEST_P(Catalogue, shape)
{
    showShape();
    look("shape");
}

TEST_P(Catalogue, inspector)
{
    showShape();
    auto* tree = m_window->findChild<ShapeTree*>();
    const auto& fields = tree->shapeModel()->shape().root.children;
    const auto leaf = std::find_if(fields.begin(), fields.end(),
                                   [](const shape::Node& node) { return node.isLeaf(); });
    ASSERT_NE(leaf, fields.end());
    tree->setCurrentNode(leaf->id);
    activate();
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return named("Add a function") != nullptr; }));
    look("shape-inspector");
}

TEST_P(Catalogue, request)
{
    showShape();
    auto* const tabs = named<QTabWidget>("The payload, its request, and what was sent last");
    ASSERT_NE(tabs, nullptr);
    tabs->setCurrentIndex(1);
    ASSERT_TRUE(soon([this] {
        const auto* const request = named<QPlainTextEdit>("Request");
        return request != nullptr && request->toPlainText().contains(QStringLiteral("POST "));
    }));
    look("shape-request");
}

TEST_P(Catalogue, pathTable)
{
    showShape();
    trigger("shape.paths");
    look("shape-paths");
}

TEST_P(Catalogue, dialogsOfTheSync)
{
    open(PageKind::Sync, "recently-viewed");
    ASSERT_TRUE(hasRows("Records")) << troubles();
    named<QListWidget>("Records")->selectAll();
    click("Push records");
    clickText("See what is sent");
    ASSERT_TRUE(soon([this] { return says("would be sent"); })) << troubles();
    lookAtDialog("push");
    m_window->findChild<PushDialog*>()->close();
    click("Test a row");
    lookAtDialog("row-test");
}

TEST_P(Catalogue, newDefinitions)
{
    put("sample/dbt/dbt_project.yml", "name: shop\n");
    put("sample/dbt/target/manifest.json",
        R"({"metadata": {"project_name": "shop", "adapter_type": "sqlite", "dbt_version": "1.8.2",
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
            "nodes": {"model.shop.customers": {"resource_type": "model", "name": "customers",
                "relation_name": "\"main\".\"customers\"",
                "description": "Everybody who ordered something, one row each.",
                "compiled_code": "select customer_id, email\nfrom customers",
                "columns": {"customer_id": {"name": "customer_id", "data_type": "integer",
                                            "description": "Never used again"},
                            "email": {"name": "email", "data_type": "text"}}},
              "test.shop.u": {"resource_type": "test", "attached_node": "model.shop.customers",
                "column_name": "customer_id", "test_metadata": {"name": "unique"}},
              "test.shop.n": {"resource_type": "test", "attached_node": "model.shop.customers",
                "column_name": "customer_id", "test_metadata": {"name": "not_null"}}}})");
    trigger("source.new");
    lookAtDialog("new-source");
    m_window->findChild<NewDefinitionDialog*>()->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    trigger("model.new");
    auto* dialog = m_window->findChild<NewDefinitionDialog*>();
    ASSERT_NE(dialog, nullptr);
    auto* list = dialog->findChild<QListWidget*>();
    ASSERT_TRUE(soon([&] {
        return list->findItems(QStringLiteral("A model of the dbt project shop"), Qt::MatchExactly)
                   .size() == 1;
    }));
    list->setCurrentItem(
        list->findItems(QStringLiteral("A model of the dbt project shop"), Qt::MatchExactly)
            .front());
    lookAtDialog("new-model");
    QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
    ASSERT_TRUE(hasRows("Models of dbt")) << troubles();
    lookAtDialog("new-model-of-dbt");
}

TEST_P(Catalogue, shapeToBegin)
{
    open(PageKind::Shape, "orders");
    ASSERT_TRUE(soon([this] {
        const auto* payload = named<JsonView>("Payload");
        return payload != nullptr && !payload->lines().lines().empty();
    })) << troubles();
    look("shape-to-begin");
}

TEST_P(Catalogue, settings)
{
    open(PageKind::Settings);
    look("settings");
}

TEST_P(Catalogue, palette)
{
    press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    auto* palette = m_window->findChild<CommandPalette*>();
    ASSERT_NE(palette, nullptr);
    picture("palette", palette);
    EXPECT_EQ(text(unnamedControls(*palette)), "");
}

INSTANTIATE_TEST_SUITE_P(Schemes, Catalogue,
                         testing::Values(ColorSchemeChoice::Light, ColorSchemeChoice::Dark),
                         [](const auto& scheme) {
                             return scheme.param == ColorSchemeChoice::Dark ? "dark" : "light";
                         });

} // namespace headgate::ui
