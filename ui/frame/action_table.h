// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QAction>
#include <QObject>
#include <map>
#include <optional>
#include <span>

class QMenu;
class QMenuBar;
class QToolBar;

namespace headgate::ui {

enum class ActionId
{
    NewProject,
    OpenProject,
    OpenSample,
    NewSync,
    NewModel,
    NewSource,
    NewDestination,
    Save,
    SaveAll,
    Undo,
    Redo,
    Duplicate,
    Delete,
    CloseTab,
    ReopenTab,
    Quit,
    Run,
    DryRun,
    CancelRun,
    EditShape,
    Refresh,
    ShowOverview,
    ShowRuns,
    ShowInbox,
    ShowSettings,
    GoTo,
    FindAction,
    NextTab,
    PreviousTab,
    ToggleSidebar,
    SystemColors,
    LightColors,
    DarkColors,
    Shortcuts,
    About
};

enum class ActionMenu
{
    Project,
    Edit,
    Sync,
    Page, ///< of the page in front: its own actions follow those of the table
    Go,
    View,
    Help
};

struct ActionSpec
{
    ActionId id;
    const char* name; ///< in settings; never changes
    const char* text; ///< translated in the context ActionTable
    std::optional<Icon> icon;
    /// Portable text, several separated by "; ": every default of theirs works.
    const char* shortcuts;
    ActionMenu menu;
    bool separated = false; ///< by a line from what stands above it in the menu
    bool checkable = false;
};

[[nodiscard]] std::span<const ActionSpec> actionSpecs();

/// Every action of the window, once: menus, buttons, the list of actions and the shortcuts are made
/// of these.
class ActionTable final : public QObject
{
    Q_OBJECT

public:
    explicit ActionTable(QWidget* window);

    [[nodiscard]] QAction* operator[](ActionId id) const { return m_actions.at(id); }
    void fill(QMenuBar* menuBar);
    void fill(QToolBar* toolBar) const;
    /// Null until a menu bar is filled.
    [[nodiscard]] QMenu* pageMenu() const { return m_pageMenu; }

private:
    std::map<ActionId, QAction*> m_actions;
    QMenu* m_pageMenu = nullptr;
};

} // namespace headgate::ui
