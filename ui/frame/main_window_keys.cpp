// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "settings/settings_page.h"

namespace headgate::ui {

namespace {

constexpr const char* defaultKeys = "defaultKeys";

RemappableAction remappable(QAction* action, const QString& where)
{
    return {action,
            QKeySequence::listFromString(action->property(defaultKeys).toString(),
                                         QKeySequence::PortableText),
            where};
}

} // namespace

void MainWindow::applyKeys(QAction* action)
{
    action->setProperty(
        defaultKeys, QKeySequence::listToString(action->shortcuts(), QKeySequence::PortableText));
    if (const auto keys = m_memory.shortcuts(action->objectName()))
        action->setShortcuts(*keys);
}

Page* MainWindow::newSettings()
{
    std::vector<RemappableAction> actions;
    for (const ActionSpec& spec : actionSpecs())
        actions.push_back(remappable(m_actions[spec.id], tr("Window")));
    for (const Page* const page : m_tabs->pages())
        for (QAction* const action : page->pageActions())
            actions.push_back(remappable(action, page->title()));
    auto* settings = new SettingsPage(*m_session, m_memory.colors(), std::move(actions));
    connect(settings, &SettingsPage::colorsWanted, this, &MainWindow::chooseColors);
    connect(settings, &SettingsPage::remapped, this,
            [this](const QString& name, const QList<QKeySequence>& keys, bool isDefault) {
                if (isDefault)
                    m_memory.forgetShortcuts(name);
                else
                    m_memory.setShortcuts(name, keys);
            });
    return settings;
}

} // namespace headgate::ui
