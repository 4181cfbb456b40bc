// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs. Prints lines "name value"; tests/bench/window_measures.py calls it.
//   bench_window start PROJECT MEMORY KIND   usable_at: seconds of the steady clock at which the
//                                            page in front, "overview" or "shape", can be used
//   bench_window edit PROJECT MEMORY SYNC    edit_ms, one line an edit: from an edit of the shape
//                                            until the payload of the first record is painted
//   bench_window rows PROJECT MEMORY MODEL   ..._stall_ms: the longest time for which the window
//                                            did not react; ..._ms: until it was done
// MEMORY is the file in which the window keeps how it looked.
#include "base/clock.h"
#include "base/random.h"
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "frame/project_tree.h"
#include "secrets/user_secrets.h"
#include "shape/shape_tree.h"
#include "theme/theme.h"
#include "ui/named_widget.h"
#include "widgets/json_view.h"
#include "widgets/search_field.h"
#include "widgets/table_view.h"
#include "widgets/verdict.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>

using namespace headgate;

namespace {

constexpr int longestWait = 120'000; ///< ms
constexpr int warmUp = 12;           ///< edits that are not counted
constexpr int countedEdits = 60;
constexpr int scrollSteps = 300;

void say(const char* name, double value)
{
    std::printf("%s %.6f\n", name, value);
    std::fflush(stdout);
}

int give(const char* up)
{
    std::fprintf(stderr, "%s\n", up);
    return 1;
}

/// Tells once that something was painted: back in the event loop, after the painting.
class Painted final : public QObject
{
public:
    Painted(std::function<bool(QObject*)> isIt, std::function<void()> then)
        : m_isIt(std::move(isIt)), m_then(std::move(then))
    {
        qApp->installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && !m_seen && m_isIt(watched)) {
            m_seen = true;
            QTimer::singleShot(0, this, m_then);
        }
        return false;
    }

private:
    std::function<bool(QObject*)> m_isIt;
    std::function<void()> m_then;
    bool m_seen = false;
};

/// The program's window, as app/desktop makes it.
struct Shown
{
    Shown(const QString& project, const QString& memory)
        : secrets(secrets::UserSecrets::ofThisUser()),
          window({{clock, random, *secrets},
                  theme,
                  memory,
                  [](QWidget*, const QString&) { return QString(); },
                  {},
                  std::nullopt,
                  project})
    {
        window.show();
    }

    [[nodiscard]] ui::Page* page() const
    {
        const auto* const tabs = window.findChild<ui::PageTabs*>();
        return tabs != nullptr ? tabs->current() : nullptr;
    }
    template <typename Widget>
    [[nodiscard]] Widget* named(const char* name) const
    {
        return ui::visibleNamed<Widget>(window, QLatin1String(name));
    }

    ui::Theme theme{ui::SystemColorScheme::ofThisSystem()};
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<secrets::SecretStore> secrets;
    ui::MainWindow window;
};

/// Runs the event loop until the condition holds; false if that takes too long.
bool waitFor(const std::function<bool()>& condition)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition())
            loop.exit(0);
    });
    QTimer::singleShot(longestWait, &loop, [&] { loop.exit(1); });
    look.start(1);
    return loop.exec() == 0;
}

bool hasContent(const ui::Page& page)
{
    if (page.id().kind == ui::PageKind::Overview)
        return page.findChild<ui::Verdict*>() != nullptr;
    const auto* const payload = page.findChild<ui::JsonView*>();
    return payload != nullptr && !payload->lines().isEmpty();
}

int measureStart(const QString& project, const QString& memory, const QString& kind)
{
    const ui::PageId wanted = kind == QLatin1String("shape")
                                  ? ui::PageId{ui::PageKind::Shape, "recently-viewed"}
                                  : ui::PageId{ui::PageKind::Overview, {}};
    Shown shown(project, memory);
    const Painted painted(
        [&](QObject* object) {
            ui::Page* const page = shown.page();
            const auto* const widget = qobject_cast<QWidget*>(object);
            return page != nullptr && page->id() == wanted && widget != nullptr &&
                   (widget == page || page->isAncestorOf(widget)) && hasContent(*page) &&
                   shown.window.findChild<ui::ProjectTree*>()->topLevelItemCount() > 0;
        },
        [&] {
            const auto now = std::chrono::steady_clock::now().time_since_epoch();
            say("usable_at", std::chrono::duration<double>(now).count());
            shown.window.close();
            QApplication::exit(0);
        });
    // The page in front the last time is there again by itself.
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &shown.window, [&] {
        if (shown.page() != nullptr && !(shown.page()->id() == wanted))
            shown.window.findChild<ui::PageTabs*>()->open(wanted);
    });
    look.start(200);
    QTimer::singleShot(longestWait, qApp, [] { QApplication::exit(1); });
    return QApplication::exec();
}

/// What a user does to the list of a shape, again and again.
struct Gesture
{
    const char* action;
    bool ofField; ///< a field of the list, not the list
};
constexpr std::array gestures{Gesture{"shape.form.dictionary_of_lists", false},
                              Gesture{"shape.form.dictionaries", false},
                              Gesture{"shape.down", true},
                              Gesture{"shape.up", true},
                              Gesture{"shape.remove", true},
                              Gesture{"edit.undo", true}};

void choose(ui::ShapeTree& tree, bool ofField)
{
    for (const shape::Node& node : tree.shapeModel()->shape().root.children) {
        if (node.kind != shape::NodeKind::List)
            continue;
        if (!ofField)
            return tree.setCurrentNode(node.id);
        for (const shape::Node& field : node.children)
            if (field.name == "name")
                return tree.setCurrentNode(field.id);
    }
}

/// Milliseconds; nothing if the payload never changed.
std::optional<double> timeOfEdit(QAction& action, const ui::JsonView& view)
{
    const std::string before = view.lines().json();
    bool seen = false;
    const Painted painted(
        [&](QObject* object) { return object == view.viewport() && view.lines().json() != before; },
        [&] { seen = true; });
    QTimer giveUp;
    giveUp.setSingleShot(true);
    giveUp.start(longestWait);
    QElapsedTimer elapsed;
    elapsed.start();
    action.trigger();
    while (!seen && giveUp.isActive())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return seen ? std::optional(static_cast<double>(elapsed.nsecsElapsed()) / 1e6) : std::nullopt;
}

int measureEdits(const QString& project, const QString& memory, const QString& sync)
{
    Shown shown(project, memory);
    if (!waitFor([&] { return shown.page() != nullptr; }))
        return give("the project was not opened");
    shown.window.findChild<ui::PageTabs*>()->open({ui::PageKind::Shape, sync.toStdString()});
    auto* const view = shown.page()->findChild<ui::JsonView*>();
    auto* const tree = shown.page()->findChild<ui::ShapeTree*>();
    if (!waitFor([&] { return !view->lines().isEmpty(); }))
        return give("the payload was not shown");
    say("bytes", static_cast<double>(view->lines().json().size()));
    for (int edit = 0; edit < warmUp + countedEdits; ++edit) {
        const Gesture& gesture = gestures[static_cast<std::size_t>(edit) % gestures.size()];
        choose(*tree, gesture.ofField);
        auto* const action = shown.window.findChild<QAction*>(QLatin1String(gesture.action));
        const auto took = action != nullptr ? timeOfEdit(*action, *view) : std::nullopt;
        if (!took)
            return give(gesture.action);
        if (edit >= warmUp)
            say("edit_ms", *took);
    }
    shown.window.close();
    return 0;
}

/// How long the window stood still, between `begin` and the time at which `done` holds.
bool stall(const std::string& name, const std::function<void()>& begin,
           const std::function<bool()>& done)
{
    QElapsedTimer sinceBeat;
    QElapsedTimer all;
    qint64 longest = 0;
    qint64 doneAfter = 0;
    const auto beat = [&] {
        longest = std::max(longest, sinceBeat.nsecsElapsed());
        sinceBeat.start();
        return done();
    };
    sinceBeat.start();
    all.start();
    begin();
    const bool came = waitFor(beat);
    doneAfter = all.nsecsElapsed();
    // What an answer leaves to be laid out and painted.
    int beats = 0;
    const bool settled = came && waitFor([&] {
                             beat();
                             return ++beats > 20;
                         });
    say((name + "_stall_ms").c_str(), static_cast<double>(longest) / 1e6);
    say((name + "_ms").c_str(), static_cast<double>(doneAfter) / 1e6);
    return settled;
}

int measureRows(const QString& project, const QString& memory, const QString& model)
{
    Shown shown(project, memory);
    if (!waitFor([&] { return shown.page() != nullptr; }))
        return give("the project was not opened");
    shown.window.findChild<ui::PageTabs*>()->open({ui::PageKind::Model, model.toStdString()});
    auto* const view = shown.page()->findChild<ui::TableView*>();
    const auto rows = [&] { return view->rowsModel()->rowCount(); };
    if (!waitFor([&] { return rows() > 0; }))
        return give("the first rows were not shown");
    for (const int wanted : {10'000, 100'000, 1'000'000}) {
        auto* const more = shown.named<QPushButton>("Load more rows");
        if (more == nullptr || !stall(
                                   "load_" + std::to_string(wanted), [&] { more->click(); },
                                   [&] { return rows() == wanted; }))
            return give("the rows were not loaded");
    }
    const auto sort = [&](const std::string& name, int column, Qt::SortOrder order) {
        return stall(
            name, [&] { view->horizontalHeader()->setSortIndicator(column, order); },
            [&] { return !view->isBusy(); });
    };
    auto* const filter = shown.page()->findChild<ui::SearchField*>();
    const auto search = [&](const std::string& name, const QString& text, int most) {
        return stall(
            name, [&] { filter->setText(text); },
            [&] { return !view->isBusy() && rows() > 0 && (most == 0 || rows() < most); });
    };
    view->selectRow(3);
    int step = 0;
    QScrollBar* const bar = view->verticalScrollBar();
    const bool all =
        sort("sort_number", 0, Qt::AscendingOrder) && sort("sort_text", 1, Qt::DescendingOrder) &&
        stall(
            "scroll", [] {},
            [&] {
                bar->setValue(
                    static_cast<int>(static_cast<qint64>(bar->maximum()) * step / scrollSteps));
                return ++step > scrollSteps;
            }) &&
        search("filter", QStringLiteral("anne"), 1'000'000) && search("filter_off", {}, 0);
    if (!all || !waitFor([&] { return rows() == 1'000'000; }))
        return give("the table was not settled");
    shown.window.close();
    return 0;
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("headgate-desktop"));
    const QStringList words = QApplication::arguments();
    if (words.size() != 5)
        return 2;
    if (words[1] == QLatin1String("start"))
        return measureStart(words[2], words[3], words[4]);
    if (words[1] == QLatin1String("edit"))
        return measureEdits(words[2], words[3], words[4]);
    return words[1] == QLatin1String("rows") ? measureRows(words[2], words[3], words[4]) : 2;
}
