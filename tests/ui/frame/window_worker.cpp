// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "secrets/process_secrets.h"
#include "shape/shape_tree.h"
#include "sql/sql_editor.h"
#include "theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QTimer>
#include <cstdio>

using namespace headgate;

namespace {

constexpr int lookEvery = 50; ///< ms

void type(QWidget* editor, const QString& text)
{
    for (const QChar letter : text) {
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
        QApplication::sendEvent(editor, &press);
    }
}

/// A user who chooses a node of a shape, types in the middle of a query and never saves.
class Typist
{
public:
    explicit Typist(ui::MainWindow& window) : m_window(window) {}

    /// Prints "caret N" when all is done.
    void goOn()
    {
        auto* const tabs = m_window.findChild<ui::PageTabs*>();
        if (m_done || tabs->count() == 0)
            return;
        tabs->open({ui::PageKind::Shape, "recently-viewed"});
        auto* const tree = m_window.findChild<ui::ShapeTree*>();
        tree->setCurrentNode(tree->shapeModel()->shape().root.children.back().id);
        tabs->open({ui::PageKind::Model, "orders"});
        auto* const editor = m_window.findChild<ui::SqlEditor*>();
        editor->setCaret(7);
        type(editor, QStringLiteral("/* typed */ "));
        m_done = true;
        std::printf("caret %zu\n", editor->caret());
        std::fflush(stdout);
    }

private:
    ui::MainWindow& m_window;
    bool m_done = false;
};

} // namespace

/// window_worker PROJECT MEMORY: to be killed.
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
    Typist typist(window);
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &window, [&] { typist.goOn(); });
    timer.start(lookEvery);
    return QApplication::exec();
}
