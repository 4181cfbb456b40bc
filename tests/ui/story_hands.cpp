// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/story_hands.h"

#include "ui/named_widget.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDragMoveEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPointer>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>
#include <memory>

namespace headgate::ui {

namespace {

constexpr int lookEvery = 20;   ///< ms
constexpr int settling = 20;    ///< ms
constexpr int openAgain = 2000; ///< ms

QWidget* const whateverHasFocus = nullptr;

QModelIndex findRow(const QAbstractItemView& view, const QString& text, const QModelIndex& parent)
{
    const QAbstractItemModel& model = *view.model();
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            if (index.data().toString() == text && !view.visualRect(index).isEmpty())
                return index;
        }
        const QModelIndex below = findRow(view, text, model.index(row, 0, parent));
        if (below.isValid())
            return below;
    }
    return {};
}

QString contentOf(const QWidget& popup)
{
    QStringList texts;
    for (const QAction* each : popup.actions())
        texts.append(each->text());
    return texts.join(QStringLiteral(", "));
}

QAction* actionOf(const QMenu& menu, const QString& text)
{
    for (QAction* each : menu.actions())
        if (each->text().remove(QLatin1Char('&')) == text)
            return each;
    return nullptr;
}

void scrollTo(QAbstractScrollArea& area, const QWidget& widget)
{
    if (!area.viewport()->isAncestorOf(&widget))
        return;
    const int top = widget.mapTo(area.viewport(), QPoint()).y();
    const int below = top + widget.height() - area.viewport()->height();
    QScrollBar* const bar = area.verticalScrollBar();
    bar->setValue(bar->value() + (top < 0 ? top : std::max(below, 0)));
}

} // namespace

StoryHands::StoryHands(QWidget& window, std::function<std::string()> troubles)
    : m_window(window), m_troubles(std::move(troubles))
{}

QWidget* StoryHands::front() const
{
    if (QWidget* const popup = QApplication::activePopupWidget())
        return popup;
    if (QWidget* const modal = QApplication::activeModalWidget())
        return modal;
    return &m_window;
}

QWidget* StoryHands::find(const QString& name) const
{
    return visibleNamed<QWidget>(*front(), name);
}

/// As a window manager does when a dialog or a popup is gone.
void StoryHands::settle() const
{
    if (QApplication::activePopupWidget() != nullptr)
        return;
    QWidget* const window = front();
    if (window->isActiveWindow())
        return;
    window->activateWindow();
    await(QStringLiteral("The window in front"), [window] { return window->isActiveWindow(); });
}

void StoryHands::bringIntoView(QWidget* widget) const
{
    for (QWidget* each = widget->parentWidget(); each != nullptr; each = each->parentWidget())
        if (auto* const area = qobject_cast<QAbstractScrollArea*>(each))
            scrollTo(*area, *widget);
    await(widget->accessibleName() + QStringLiteral(" in view"),
          [widget] { return !widget->visibleRegion().isEmpty(); });
}

void StoryHands::clickAt(QWidget* widget, const QPoint& at, Qt::KeyboardModifiers keys)
{
    ++m_actions;
    const QPointer<QWidget> there(widget);
    await(QStringLiteral("The window of ") + widget->accessibleName(),
          [&] { return !there || there->window()->windowHandle() != nullptr; });
    const auto place = [&] {
        if (!there)
            throw std::runtime_error("What was to be clicked is gone. " + m_troubles());
        return there->mapTo(there->window(), at);
    };
    // What has just been shown or filled moves what is below it.
    for (QPoint moved(-1, -1); moved != place();) {
        moved = place();
        QTest::mouseMove(there->window()->windowHandle(), moved);
        QTest::qWait(settling);
    }
    QTest::mouseClick(there->window()->windowHandle(), Qt::LeftButton, keys, place());
}

void StoryHands::click(const QString& name, Qt::KeyboardModifiers keys)
{
    settle();
    auto* const widget = see(name);
    await(name + QStringLiteral(" enabled"), [widget] { return widget->isEnabled(); });
    bringIntoView(widget);
    clickAt(widget, widget->rect().center(), keys);
}

void StoryHands::clickText(const QString& text)
{
    settle();
    QAbstractButton* found = nullptr;
    await(text, [&] {
        for (QAbstractButton* each : front()->findChildren<QAbstractButton*>())
            if (each->isVisible() && each->text().remove(QLatin1Char('&')) == text)
                found = each;
        return found != nullptr;
    });
    bringIntoView(found);
    clickAt(found, found->rect().center());
}

QModelIndex StoryHands::rowOf(const QAbstractItemView* view, const QString& text)
{
    return findRow(*view, text, {});
}

void StoryHands::clickRow(QAbstractItemView* view, const QString& text, Qt::KeyboardModifiers keys)
{
    settle();
    QModelIndex row;
    await(text, [&] { return (row = rowOf(view, text)).isValid(); });
    view->scrollTo(row);
    clickAt(view->viewport(), view->visualRect(row).center(), keys);
}

void StoryHands::doubleClickRow(QAbstractItemView* view, const QString& text)
{
    clickRow(view, text);
    QWidget* const window = view->window();
    const QPoint place =
        view->viewport()->mapTo(window, view->visualRect(rowOf(view, text)).center());
    QTest::mouseDClick(window->windowHandle(), Qt::LeftButton, {}, place);
}

void StoryHands::drag(QAbstractItemView* from, QAbstractItemView* onto, const QPoint& at,
                      const std::function<void()>& hovering)
{
    ++m_actions;
    QModelIndexList rows = from->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    const std::unique_ptr<QMimeData> mime(from->model()->mimeData(rows));
    if (mime == nullptr)
        throw std::runtime_error("Nothing is selected that could be dragged.");
    constexpr Qt::DropActions actions = Qt::CopyAction | Qt::MoveAction;
    QDragEnterEvent enter(at, actions, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(onto->viewport(), &enter);
    QDragMoveEvent move(at, actions, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(onto->viewport(), &move);
    hovering();
    QDropEvent drop(at, actions, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(onto->viewport(), &drop);
}

void StoryHands::chooseInMenuBar(const QString& menu, const QString& text)
{
    settle();
    auto* const bar = m_window.findChild<QMenuBar*>();
    QAction* title = nullptr;
    for (QAction* each : bar->actions())
        if (each->text().remove(QLatin1Char('&')) == menu)
            title = each;
    if (title == nullptr)
        throw std::runtime_error("There is no menu " + menu.toStdString());
    inPopup(
        text, [&] { clickAt(bar, bar->actionGeometry(title).center()); },
        [&](QWidget* popup) { return clickInMenu(popup, text); });
}

bool StoryHands::clickInMenu(QWidget* popup, const QString& text)
{
    auto* const menu = qobject_cast<QMenu*>(popup);
    QAction* const action = menu != nullptr ? actionOf(*menu, text) : nullptr;
    if (action == nullptr)
        return false;
    clickAt(menu, menu->actionGeometry(action).center());
    return true;
}

void StoryHands::inPopup(const QString& what, const std::function<void()>& open,
                         const std::function<bool(QWidget*)>& act)
{
    bool acted = false;
    QString sought = what;
    QElapsedTimer since;
    since.start();
    QTimer look;
    look.setInterval(lookEvery);
    QObject::connect(&look, &QTimer::timeout, &look, [&] {
        QWidget* const popup = QApplication::activePopupWidget();
        if (popup == nullptr || !popup->isVisible() || popup->windowHandle() == nullptr || acted)
            return;
        acted = act(popup);
        if (acted || since.elapsed() <= longest)
            return;
        sought = QStringLiteral("%1 among '%2'").arg(what, contentOf(*popup));
        popup->close();
    });
    look.start();
    // A window that becomes active in this moment closes it again, and a user opens it anew.
    for (int i = 0; i < 3 && !acted && QApplication::activePopupWidget() == nullptr; ++i) {
        open();
        (void)QTest::qWaitFor([&] { return acted || QApplication::activePopupWidget() != nullptr; },
                              openAgain);
    }
    await(sought, [&] { return acted && QApplication::activePopupWidget() == nullptr; });
}

void StoryHands::choose(const QString& box, const QString& text)
{
    auto* const combo = see<QComboBox>(box);
    await(text, [&] { return combo->findText(text) >= 0; });
    inPopup(
        text, [&] { click(box); },
        [&](QWidget*) {
            const QModelIndex row = rowOf(combo->view(), text);
            if (!row.isValid())
                return false;
            clickAt(combo->view()->viewport(), combo->view()->visualRect(row).center());
            return true;
        });
}

void StoryHands::chooseFromMenu(const QString& button, const QString& text)
{
    inPopup(
        text, [&] { click(button); }, [&](QWidget* popup) { return clickInMenu(popup, text); });
}

void StoryHands::press(const QKeySequence& keys)
{
    for (int i = 0; i < keys.count(); ++i)
        press(keys[static_cast<uint>(i)].key(), keys[static_cast<uint>(i)].keyboardModifiers());
}

void StoryHands::press(Qt::Key key, Qt::KeyboardModifiers keys, int times)
{
    for (int i = 0; i < times; ++i) {
        settle();
        ++m_actions;
        QTest::keyClick(whateverHasFocus, key, keys);
    }
}

void StoryHands::type(const QString& text)
{
    settle();
    ++m_actions;
    // What a list finds by typing is forgotten after a pause.
    if (qobject_cast<QAbstractItemView*>(QApplication::focusWidget()) != nullptr)
        QTest::qWait(QApplication::keyboardInputInterval() * 3 / 2);
    QTest::keyClicks(whateverHasFocus, text);
}

QString StoryHands::focusName()
{
    const QWidget* const focus = QApplication::focusWidget();
    if (focus == nullptr)
        return QStringLiteral("nothing");
    return focus->accessibleName().isEmpty() ? QString::fromLatin1(focus->metaObject()->className())
                                             : focus->accessibleName();
}

void StoryHands::tab(const QString& name, Qt::Key key)
{
    settle();
    see(name);
    QStringList passed;
    for (int i = 0; i < mostTabs; ++i) {
        if (focusName() == name)
            return;
        passed.append(focusName());
        press(key);
    }
    throw std::runtime_error("Tab does not come to " + name.toStdString() + ", only to " +
                             passed.join(QStringLiteral(", ")).toStdString());
}

void StoryHands::awaitFocus(const QString& name)
{
    settle();
    await(QStringLiteral("The focus of ") + name, [&] { return focusName() == name; });
}

void StoryHands::tabTo(const QString& name)
{
    tab(name, Qt::Key_Tab);
}

void StoryHands::tabBackTo(const QString& name)
{
    tab(name, Qt::Key_Backtab);
}

void StoryHands::pick(const QString& text)
{
    auto* const combo = qobject_cast<QComboBox*>(QApplication::focusWidget());
    if (combo == nullptr)
        throw std::runtime_error("No list has the focus: " + focusName().toStdString());
    await(text, [&] { return combo->findText(text) >= 0; });
    type(text);
    await(text + QStringLiteral(" chosen"), [&] { return combo->currentText() == text; });
}

void StoryHands::pickFromMenu(const QString& text)
{
    inPopup(
        text, [&] { press(Qt::Key_Space); },
        [&](QWidget* popup) {
            auto* const menu = qobject_cast<QMenu*>(popup);
            QAction* const action = menu != nullptr ? actionOf(*menu, text) : nullptr;
            if (action == nullptr)
                return false;
            for (int i = 0; i < menu->actions().size() && menu->activeAction() != action; ++i)
                press(Qt::Key_Down);
            press(Qt::Key_Return);
            return true;
        });
}

} // namespace headgate::ui
