// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/shortcut_table.h"
#include "ui/named_widget.h"

#include <QAction>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class ShortcutTableTest : public testing::Test
{
protected:
    ShortcutTableTest()
    {
        m_save.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_S));
        m_table = std::make_unique<ShortcutTable>(
            std::vector<RemappableAction>{{&m_save, m_save.shortcuts(), QStringLiteral("Window")},
                                          {&m_run, {}, QStringLiteral("Window")},
                                          {&m_wrap, {}, QStringLiteral("Shape")},
                                          {&m_format, {}, QStringLiteral("Model")}});
        QObject::connect(m_table.get(), &ShortcutTable::remapped, m_table.get(),
                         [this](const QString& name, const QList<QKeySequence>& keys, bool own) {
                             m_remapped = name + QLatin1Char(' ') +
                                          QKeySequence::listToString(keys) +
                                          (own ? QStringLiteral(" own") : QString());
                         });
        m_table->resize(500, 400);
        m_table->show();
    }

    static QAction* named(QAction* action, const char* name, const char* text)
    {
        action->setObjectName(QLatin1String(name));
        action->setText(QLatin1String(text));
        return action;
    }
    void choose(const char* text)
    {
        auto* tree = m_table->findChild<QTreeWidget*>();
        const auto rows =
            tree->findItems(QLatin1String(text), Qt::MatchExactly | Qt::MatchRecursive);
        ASSERT_EQ(rows.size(), 1);
        tree->setCurrentItem(rows.front());
    }
    void typeKeys(const QKeySequence& keys)
    {
        m_table->findChild<QKeySequenceEdit*>()->setKeySequence(keys);
    }
    [[nodiscard]] std::string note()
    {
        return visibleNamed<QLabel>(*m_table, QStringLiteral("About the keys"))
            ->text()
            .toStdString();
    }

    QAction m_save, m_run, m_wrap, m_format;
    QAction* m_names[4] = {named(&m_save, "definition.save", "&Save"),
                           named(&m_run, "sync.run", "&Run"), named(&m_wrap, "shape.wrap", "Wrap"),
                           named(&m_format, "sql.format", "Format")};
    std::unique_ptr<ShortcutTable> m_table;
    QString m_remapped;
};

} // namespace

TEST_F(ShortcutTableTest, newKeysAreTheActionsAtOnce)
{
    choose("Run");
    typeKeys(QKeySequence(Qt::Key_F9));
    EXPECT_EQ(m_run.shortcut(), QKeySequence(Qt::Key_F9));
    EXPECT_EQ(m_remapped, QStringLiteral("sync.run F9"));
}

TEST_F(ShortcutTableTest, keysOfAnotherActionAreRefusedAndItIsNamed)
{
    choose("Wrap");
    typeKeys(QKeySequence(Qt::CTRL | Qt::Key_S));
    EXPECT_TRUE(m_wrap.shortcut().isEmpty());
    EXPECT_TRUE(m_remapped.isEmpty());
    EXPECT_NE(note().find("Save"), std::string::npos);
}

TEST_F(ShortcutTableTest, actionsOfDifferentPagesMayShareKeys)
{
    choose("Wrap");
    typeKeys(QKeySequence(Qt::CTRL | Qt::Key_G));
    choose("Format");
    typeKeys(QKeySequence(Qt::CTRL | Qt::Key_G));
    EXPECT_EQ(m_format.shortcut(), QKeySequence(Qt::CTRL | Qt::Key_G));
}

TEST_F(ShortcutTableTest, defaultBringsTheOwnKeysBack)
{
    choose("Save");
    typeKeys(QKeySequence(Qt::Key_F2));
    for (QPushButton* button : m_table->findChildren<QPushButton*>())
        QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(m_save.shortcut(), QKeySequence(Qt::CTRL | Qt::Key_S));
    EXPECT_EQ(m_remapped, QStringLiteral("definition.save Ctrl+S own"));
}

} // namespace headgate::ui
