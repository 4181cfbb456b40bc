// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QAction>
#include <QElapsedTimer>
#include <QKeySequence>
#include <QTest>
#include <QWidget>
#include <functional>
#include <stdexcept>

namespace headgate::ui {

/// A user's hand on the mouse and on the keys. Presses go to the window where they would go from a
/// real mouse or keyboard: what is covered or has no focus does not get them. Each click and each
/// key is one action, as is a word that is typed. Throws std::runtime_error where something does
/// not appear in time.
class StoryHands
{
public:
    /// `troubles` is asked for the message of a failure.
    StoryHands(QWidget& window, std::function<std::string()> troubles);

    [[nodiscard]] int actions() const { return m_actions; }

    template <typename Condition>
    void await(const QString& what, Condition condition) const
    {
        if (!QTest::qWaitFor(condition, longest))
            throw std::runtime_error(what.toStdString() + " did not come. The focus is on " +
                                     focusName().toStdString() + ". " + m_troubles());
    }

    /// Waits for the one visible widget that screen readers call so, in the window or dialog that
    /// is in front.
    template <typename Widget = QWidget>
    Widget* see(const QString& name) const
    {
        Widget* found = nullptr;
        await(name, [&] { return (found = qobject_cast<Widget*>(find(name))) != nullptr; });
        return found;
    }

    void click(const QString& name, Qt::KeyboardModifiers keys = {});
    /// A button by what is written on it.
    void clickText(const QString& text);
    void clickAt(QWidget* widget, const QPoint& at, Qt::KeyboardModifiers keys = {});
    /// The row that `view` shows with this text, in any column.
    void clickRow(QAbstractItemView* view, const QString& text, Qt::KeyboardModifiers keys = {});
    void doubleClickRow(QAbstractItemView* view, const QString& text);
    /// What is selected in `from`, with the events of a drag that the toolkit would send: over
    /// `at` of the other view, where `hovering` is called, and dropped there.
    void drag(QAbstractItemView* from, QAbstractItemView* onto, const QPoint& at,
              const std::function<void()>& hovering);
    /// In a menu of the window's menu bar.
    void chooseInMenuBar(const QString& menu, const QString& text);
    /// In the list that falls out of a combo box.
    void choose(const QString& box, const QString& text);
    /// In the menu of a button.
    void chooseFromMenu(const QString& button, const QString& text);

    void press(const QKeySequence& keys);
    void press(Qt::Key key, Qt::KeyboardModifiers keys = {}, int times = 1);
    /// To whatever has the focus.
    void type(const QString& text);
    /// Presses Tab until the control that is called so has the focus.
    void tabTo(const QString& name);
    /// Presses Shift+Tab.
    void tabBackTo(const QString& name);
    /// Waits until the control that is called so has the focus by itself.
    void awaitFocus(const QString& name);
    /// Types the beginning of a choice of the combo box that has the focus.
    void pick(const QString& text);
    /// Opens the menu of the button that has the focus, and walks to the entry.
    void pickFromMenu(const QString& text);

    /// What has the focus, as screen readers say it.
    [[nodiscard]] static QString focusName();
    /// The index that `view` shows with this text; invalid: it shows none.
    [[nodiscard]] static QModelIndex rowOf(const QAbstractItemView* view, const QString& text);

private:
    static constexpr int longest = 30'000; ///< ms
    static constexpr int mostTabs = 60;

    [[nodiscard]] QWidget* front() const;
    [[nodiscard]] QWidget* find(const QString& name) const;
    void settle() const;
    void bringIntoView(QWidget* widget) const;
    void tab(const QString& name, Qt::Key key);
    [[nodiscard]] bool clickInMenu(QWidget* popup, const QString& text);
    /// `open` may come back only when the popup is closed.
    void inPopup(const QString& what, const std::function<void()>& open,
                 const std::function<bool(QWidget*)>& act);

    QWidget& m_window;
    std::function<std::string()> m_troubles;
    int m_actions = 0;
};

} // namespace headgate::ui
