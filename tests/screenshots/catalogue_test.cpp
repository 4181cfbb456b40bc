// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/command_palette.h"
#include "frame/page_tabs.h"
#include "screenshots/page_lint.h"
#include "ui/window_story.h"
#include "widgets/json_view.h"
#include "widgets/spinner.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>

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

    [[nodiscard]] bool runEnded() const
    {
        for (const QLabel* label : m_window->findChildren<QLabel*>())
            if (label->isVisible() && label->text() == QLatin1String("Everything was delivered."))
                return true;
        return false;
    }
};

} // namespace

TEST_P(Catalogue, overview)
{
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
    look("sync-settings");
}

TEST_P(Catalogue, planAndRun)
{
    open(PageKind::Sync, "recently-viewed");
    ASSERT_TRUE(hasRows("Records")) << troubles();
    click("Dry run");
    ASSERT_TRUE(hasRows("Records of the plan")) << troubles();
    look("plan");
    click("Run");
    ASSERT_TRUE(soon([this] { return runEnded(); })) << troubles();
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
    open(PageKind::Shape, "recently-viewed");
    ASSERT_TRUE(soon([this] {
        const auto* payload = named<JsonView>("Payload");
        return payload != nullptr && payload->lines().lines().size() > 3;
    })) << troubles();
    look("shape");
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
