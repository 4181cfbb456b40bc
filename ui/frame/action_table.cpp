// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/action_table.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>
#include <QWidget>
#include <array>

namespace headgate::ui {

namespace {

constexpr const char* context = "headgate::ui::ActionTable";

constexpr std::array specs{
    ActionSpec{ActionId::NewProject, "project.new",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&New project..."), Icon::Add,
               "Ctrl+Shift+N", ActionMenu::Project},
    ActionSpec{ActionId::OpenProject, "project.open",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Open project..."), Icon::Open,
               "Ctrl+O", ActionMenu::Project},
    ActionSpec{ActionId::OpenSample, "project.sample",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "Open the &sample"), Icon::Sample, "",
               ActionMenu::Project},
    ActionSpec{ActionId::NewSync, "sync.new",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "New s&ync..."), Icon::Sync, "Ctrl+N",
               ActionMenu::Project, true},
    ActionSpec{ActionId::NewModel, "model.new",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "New &model..."), Icon::Model, "",
               ActionMenu::Project},
    ActionSpec{ActionId::NewSource, "source.new",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "New so&urce..."), Icon::Source, "",
               ActionMenu::Project},
    ActionSpec{ActionId::NewDestination, "destination.new",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "New &destination..."),
               Icon::Destination, "", ActionMenu::Project},
    ActionSpec{ActionId::Save, "definition.save",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Save"), Icon::Save, "Ctrl+S",
               ActionMenu::Project, true},
    ActionSpec{ActionId::SaveAll, "project.save_all",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "Save &all"), std::nullopt,
               "Ctrl+Shift+S", ActionMenu::Project},
    ActionSpec{ActionId::Undo, "edit.undo", QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Undo"),
               Icon::Undo, "Ctrl+Z", ActionMenu::Edit},
    ActionSpec{ActionId::Redo, "edit.redo", QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Redo"),
               Icon::Redo, "Ctrl+Shift+Z; Ctrl+Y", ActionMenu::Edit},
    ActionSpec{ActionId::Duplicate, "definition.duplicate",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "D&uplicate"), std::nullopt, "",
               ActionMenu::Edit, true},
    ActionSpec{ActionId::Delete, "definition.delete",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Delete..."), std::nullopt, "",
               ActionMenu::Edit},
    ActionSpec{ActionId::CloseTab, "tab.close",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Close tab"), Icon::Close, "Ctrl+W",
               ActionMenu::Project, true},
    ActionSpec{ActionId::ReopenTab, "tab.reopen",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Reopen closed tab"), std::nullopt,
               "Ctrl+Shift+T", ActionMenu::Project},
    ActionSpec{ActionId::Quit, "application.quit",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Quit"), std::nullopt, "Ctrl+Q",
               ActionMenu::Project, true},
    ActionSpec{ActionId::Run, "sync.run", QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Run"),
               Icon::Run, "F9", ActionMenu::Sync},
    ActionSpec{ActionId::DryRun, "sync.dry_run",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Dry run"), Icon::DryRun,
               "Ctrl+Shift+Return", ActionMenu::Sync},
    ActionSpec{ActionId::CancelRun, "sync.cancel",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Cancel the run"), Icon::Cancel,
               "Ctrl+F2", ActionMenu::Sync},
    ActionSpec{ActionId::EditShape, "sync.shape",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "Edit the &shape"), Icon::Shape, "",
               ActionMenu::Sync, true},
    ActionSpec{ActionId::Refresh, "page.refresh",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "Re&fresh"), Icon::Refresh, "F5",
               ActionMenu::Page},
    ActionSpec{ActionId::ShowOverview, "go.overview",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Overview"), Icon::Overview,
               "Alt+Home", ActionMenu::Go},
    ActionSpec{ActionId::ShowRuns, "go.runs",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Runs"), Icon::Runs, "Ctrl+Shift+H",
               ActionMenu::Go},
    ActionSpec{ActionId::ShowInbox, "go.inbox",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Inbox"), Icon::Inbox,
               "Ctrl+Shift+I", ActionMenu::Go},
    ActionSpec{ActionId::ShowSettings, "application.settings",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "Se&ttings"), Icon::Settings,
               "Ctrl+,", ActionMenu::Go},
    ActionSpec{ActionId::GoTo, "go.to", QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Go to..."),
               Icon::Search, "Ctrl+P", ActionMenu::Go, true},
    ActionSpec{ActionId::FindAction, "go.action",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Find an action..."), std::nullopt,
               "Ctrl+Shift+P; Ctrl+K", ActionMenu::Go},
    ActionSpec{ActionId::NextTab, "tab.next",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Next tab"), std::nullopt,
               "Ctrl+Tab", ActionMenu::Go, true},
    ActionSpec{ActionId::PreviousTab, "tab.previous",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Previous tab"), std::nullopt,
               "Ctrl+Shift+Tab", ActionMenu::Go},
    ActionSpec{ActionId::ToggleSidebar, "view.sidebar",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Project tree"), Icon::Sidebar,
               "Ctrl+B", ActionMenu::View, false, true},
    ActionSpec{ActionId::SystemColors, "view.colors.system",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "Colours of the &system"),
               std::nullopt, "", ActionMenu::View, true, true},
    ActionSpec{ActionId::LightColors, "view.colors.light",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Light colours"), std::nullopt, "",
               ActionMenu::View, false, true},
    ActionSpec{ActionId::DarkColors, "view.colors.dark",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Dark colours"), std::nullopt, "",
               ActionMenu::View, false, true},
    ActionSpec{ActionId::Shortcuts, "help.shortcuts",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&Keyboard shortcuts"), std::nullopt,
               "Ctrl+?", ActionMenu::Help},
    ActionSpec{ActionId::About, "help.about",
               QT_TRANSLATE_NOOP("headgate::ui::ActionTable", "&About Headgate"), std::nullopt, "",
               ActionMenu::Help},
};

QString menuTitle(ActionMenu menu)
{
    switch (menu) {
    case ActionMenu::Project:
        return ActionTable::tr("&Project");
    case ActionMenu::Edit:
        return ActionTable::tr("&Edit");
    case ActionMenu::Sync:
        return ActionTable::tr("&Sync");
    case ActionMenu::Page:
        return ActionTable::tr("P&age");
    case ActionMenu::Go:
        return ActionTable::tr("&Go");
    case ActionMenu::View:
        return ActionTable::tr("&View");
    case ActionMenu::Help:
        return ActionTable::tr("&Help");
    }
    return {};
}

constexpr std::array newActions{ActionId::NewSync, ActionId::NewModel, ActionId::NewSource,
                                ActionId::NewDestination};

} // namespace

std::span<const ActionSpec> actionSpecs()
{
    return specs;
}

ActionTable::ActionTable(QWidget* window) : QObject(window)
{
    for (const ActionSpec& spec : specs) {
        auto* action = new QAction(QCoreApplication::translate(context, spec.text), this);
        action->setObjectName(QLatin1String(spec.name));
        if (*spec.shortcuts != '\0')
            action->setShortcuts(QKeySequence::listFromString(QLatin1String(spec.shortcuts),
                                                              QKeySequence::PortableText));
        action->setCheckable(spec.checkable);
        if (spec.icon)
            action->setIcon(themeIcon(*spec.icon));
        window->addAction(action);
        m_actions.emplace(spec.id, action);
    }
}

void ActionTable::fill(QMenuBar* menuBar)
{
    std::map<ActionMenu, QMenu*> menus;
    for (const ActionSpec& spec : specs) {
        QMenu*& menu = menus[spec.menu];
        if (menu == nullptr)
            menu = menuBar->addMenu(menuTitle(spec.menu));
        if (spec.separated)
            menu->addSeparator();
        menu->addAction(m_actions.at(spec.id));
    }
    m_pageMenu = menus[ActionMenu::Page];
}

void ActionTable::fill(QToolBar* toolBar) const
{
    auto* made = new QToolButton;
    made->setText(tr("New"));
    made->setAccessibleName(tr("New"));
    made->setIcon(themeIcon(Icon::Add));
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    made->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(made);
    for (const ActionId id : newActions)
        menu->addAction(m_actions.at(id));
    made->setMenu(menu);
    toolBar->addWidget(made);
    for (const ActionId id : {ActionId::Save, ActionId::Undo, ActionId::Redo})
        toolBar->addAction(m_actions.at(id));
    toolBar->addSeparator();
    for (const ActionId id : {ActionId::Run, ActionId::DryRun, ActionId::CancelRun})
        toolBar->addAction(m_actions.at(id));
    toolBar->addSeparator();
    for (const ActionId id : {ActionId::Refresh, ActionId::GoTo})
        toolBar->addAction(m_actions.at(id));
}

} // namespace headgate::ui
