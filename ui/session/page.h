// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QAction>
#include <QWidget>
#include <string>

class QAbstractButton;

namespace headgate::ui {

enum class PageKind
{
    Overview,
    Source,
    Model,
    Destination,
    Sync,
    Shape, ///< of the sync with this slug
    Runs,
    Inbox,
    Settings
};

/// What a tab shows. Stable from one start to the next.
struct PageId
{
    PageKind kind = PageKind::Overview;
    std::string slug; ///< of the definition; empty where there is one page of a kind

    bool operator==(const PageId&) const = default;

    /// "sync/customers"
    [[nodiscard]] QString toText() const;
    [[nodiscard]] static std::optional<PageId> fromText(const QString& text);
};

[[nodiscard]] Icon iconOf(PageKind kind);

/// What fills a tab of the main window.
class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(PageId id, QWidget* parent = nullptr) : QWidget(parent), m_id(std::move(id)) {}

    [[nodiscard]] const PageId& id() const { return m_id; }
    [[nodiscard]] virtual QString title() const = 0;
    /// The sync that Run, Dry run and Cancel mean while this page is in front; empty: none.
    [[nodiscard]] virtual std::string currentSync() const { return {}; }
    /// The document that Save and Undo mean while this page is in front.
    [[nodiscard]] virtual PageId documentId() const { return m_id; }
    /// What can be done on this page beyond the window's own actions; the menu of the page and the
    /// list of actions show them, and keys can be given to them.
    [[nodiscard]] virtual QList<QAction*> pageActions() const { return m_offered; }
    /// For the status bar: what was read from where, how much and in which time. May be empty.
    [[nodiscard]] virtual QString status() const { return {}; }
    /// Where the user is in it: the caret, the node that is chosen. For setPlace() of a later
    /// start; may be empty.
    [[nodiscard]] virtual QString place() const { return {}; }
    /// Goes there, as far as that is there still.
    virtual void setPlace(const QString&) {}
    /// Where the keyboard is when the page is opened; null: at its first control. No focus proxy:
    /// that would take the page's other controls out of the reach of Tab.
    [[nodiscard]] QWidget* firstFocus() const { return m_firstFocus; }
    /// Asks again for what the page shows.
    virtual void refresh() {}

Q_SIGNALS:
    void titleChanged();
    void statusChanged();
    void placeChanged();
    /// Another page, in front.
    void pageWanted(const headgate::ui::PageId& id);
    /// A definition that is not there yet.
    void newWanted(headgate::ui::PageKind kind);

protected:
    void setFirstFocus(QWidget* widget) { m_firstFocus = widget; }
    /// One of the page's actions; its object name never changes.
    void offer(QAction* action);
    /// What the button does; see ButtonAction.
    void offer(const char* name, QAbstractButton* button);

private:
    PageId m_id;
    QWidget* m_firstFocus = nullptr;
    QList<QAction*> m_offered;
};

} // namespace headgate::ui
