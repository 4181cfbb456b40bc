// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QAction>
#include <QObject>
#include <map>
#include <optional>
#include <span>

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
    CloseTab,
    ReopenTab,
    Quit,
    Run,
    DryRun,
    CancelRun,
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
    void fill(QMenuBar* menuBar) const;
    void fill(QToolBar* toolBar) const;

private:
    std::map<ActionId, QAction*> m_actions;
};

} // namespace headgate::ui
