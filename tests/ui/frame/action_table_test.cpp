// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/action_table.h"

#include <QMenuBar>
#include <QWidget>
#include <gtest/gtest.h>
#include <set>

namespace headgate::ui {

TEST(ActionTable, namesAndTextsAreThereOnce)
{
    QWidget window;
    const ActionTable actions(&window);
    std::set<QString> names;
    std::set<QString> texts;
    for (const ActionSpec& spec : actionSpecs()) {
        EXPECT_TRUE(names.insert(actions[spec.id]->objectName()).second) << spec.name;
        EXPECT_TRUE(texts.insert(actions[spec.id]->text()).second) << spec.text;
        EXPECT_FALSE(actions[spec.id]->text().isEmpty()) << spec.name;
    }
}

TEST(ActionTable, noTwoActionsShareAShortcut)
{
    QWidget window;
    const ActionTable actions(&window);
    std::map<QString, std::string> owners;
    for (const ActionSpec& spec : actionSpecs()) {
        const auto shortcuts = actions[spec.id]->shortcuts();
        EXPECT_EQ(shortcuts.isEmpty(), QLatin1String(spec.shortcuts).isEmpty()) << spec.name;
        for (const QKeySequence& keys : shortcuts) {
            EXPECT_NE(keys[0].key(), Qt::Key_unknown) << spec.name;
            const auto [owner, isNew] =
                owners.emplace(keys.toString(QKeySequence::PortableText), spec.name);
            EXPECT_TRUE(isNew) << spec.name << " and " << owner->second;
        }
    }
}

TEST(ActionTable, everyActionIsInAMenu)
{
    QMenuBar bar;
    QWidget window;
    ActionTable actions(&window);
    actions.fill(&bar);
    std::set<const QAction*> inMenus;
    for (const QAction* top : bar.actions()) {
        ASSERT_NE(top->menu(), nullptr);
        for (const QAction* action : top->menu()->actions())
            inMenus.insert(action);
    }
    for (const ActionSpec& spec : actionSpecs())
        EXPECT_TRUE(inMenus.contains(actions[spec.id])) << spec.name;
}

} // namespace headgate::ui
