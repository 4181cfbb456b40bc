// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "secrets/process_secrets.h"
#include "shape/shape_tree.h"
#include "sql/sql_editor.h"
#include "theme/theme.h"
#include "widgets/verdict.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

using namespace headgate;

namespace {

constexpr int lookEvery = 50;   ///< ms
constexpr int typingPause = 15; ///< ms between two letters

void type(QWidget* editor, const QString& text)
{
    for (const QChar letter : text) {
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
        QApplication::sendEvent(editor, &press);
    }
}

long long now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// A user who never stops, in a window with a project.
class Typist : public QObject
{
public:
    explicit Typist(ui::MainWindow& window) : QObject(&window), m_window(window)
    {
        m_timer.callOnTimeout(this, [this] {
            if (tabs().count() > 0)
                goOn();
        });
        m_timer.start(lookEvery);
    }

protected:
    virtual void goOn() = 0;
    void typeEvery(int pause) { m_timer.start(pause); }

    [[nodiscard]] ui::PageTabs& tabs() const { return *m_window.findChild<ui::PageTabs*>(); }
    ui::SqlEditor* openQuery()
    {
        tabs().open({ui::PageKind::Model, "orders"});
        return m_window.findChild<ui::SqlEditor*>();
    }

    ui::MainWindow& m_window;

private:
    QTimer m_timer;
};

/// Chooses a node of a shape, types in the middle of a query and prints "caret N".
class PlaceTypist final : public Typist
{
public:
    using Typist::Typist;

private:
    void goOn() override
    {
        if (std::exchange(m_done, true))
            return;
        tabs().open({ui::PageKind::Shape, "recently-viewed"});
        auto* const tree = m_window.findChild<ui::ShapeTree*>();
        tree->setCurrentNode(tree->shapeModel()->shape().root.children.back().id);
        ui::SqlEditor* const editor = openQuery();
        editor->setCaret(7);
        type(editor, QStringLiteral("/* typed */ "));
        std::printf("caret %zu\n", editor->caret());
        std::fflush(stdout);
    }

    bool m_done = false;
};

/// Types one letter after the other behind a query, prints "letters milliseconds" after each, and
/// saves after so many; 0: never.
class EndlessTypist final : public Typist
{
public:
    EndlessTypist(ui::MainWindow& window, int savesAfter) : Typist(window), m_savesAfter(savesAfter)
    {}

private:
    void goOn() override
    {
        // The verdicts come after what was not saved the last time.
        if (m_editor == nullptr && m_window.findChild<ui::Verdict*>() == nullptr)
            return tabs().open({ui::PageKind::Overview, {}});
        if (m_editor == nullptr)
            begin();
        type(m_editor, QStringLiteral("x"));
        std::printf("%td %lld\n", letters(), now());
        std::fflush(stdout);
        if (m_savesAfter > 0 && ++m_typed % m_savesAfter == 0)
            m_window.findChild<QAction*>(QStringLiteral("definition.save"))->trigger();
    }

    void begin()
    {
        m_editor = openQuery();
        m_editor->setCaret(m_editor->sql().size());
        if (letters() == 0)
            type(m_editor, QStringLiteral("-- "));
        typeEvery(typingPause);
    }

    [[nodiscard]] std::ptrdiff_t letters() const
    {
        const std::string sql = m_editor->sql();
        return std::count(sql.begin(), sql.end(), 'x');
    }

    ui::SqlEditor* m_editor = nullptr;
    int m_savesAfter;
    int m_typed = 0;
};

} // namespace

/// window_worker PROJECT MEMORY place|LETTERS: to be killed. Works as a PlaceTypist, or as an
/// EndlessTypist who saves after so many letters.
int main(int argc, char* argv[])
{
    const QApplication application(argc, argv);
    SystemClock clock;
    SystemRandom random;
    secrets::ProcessSecrets secrets;
    ui::Theme theme(nullptr, ui::ColorSchemeChoice::Light);
    ui::MainWindow window({{clock, random, secrets},
                           theme,
                           QString::fromLocal8Bit(argv[2]),
                           [](QWidget*, const QString&) { return QString(); },
                           {}});
    window.openProject(QString::fromLocal8Bit(argv[1]));
    window.show();
    const QString what = QString::fromLocal8Bit(argv[3]);
    // Of the window.
    if (what == QLatin1String("place"))
        new PlaceTypist(window);
    else
        new EndlessTypist(window, what.toInt());
    return QApplication::exec();
}
