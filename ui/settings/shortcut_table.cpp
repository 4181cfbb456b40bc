// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/shortcut_table.h"

#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int actionRole = Qt::UserRole;
constexpr int leastHeight = 280;

QString plainText(const QAction& action)
{
    return QString(action.text()).remove(QLatin1Char('&'));
}

} // namespace

ShortcutTable::ShortcutTable(std::vector<RemappableAction> actions, QWidget* parent)
    : QWidget(parent), m_actions(std::move(actions)), m_table(new QTreeWidget),
      m_keys(new QKeySequenceEdit), m_reset(new QPushButton(tr("Default"))), m_note(new QLabel)
{
    m_table->setAccessibleName(tr("Keyboard shortcuts"));
    m_table->setColumnCount(2);
    m_table->setHeaderLabels({tr("Action"), tr("Keys")});
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_table->setMinimumHeight(leastHeight);
    m_keys->setAccessibleName(tr("New keys"));
    m_keys->setEnabled(false);
    m_reset->setEnabled(false);
    m_note->setWordWrap(true);
    m_note->setAccessibleName(tr("About the keys"));
    auto* label = new QLabel(tr("&New keys of the chosen action"));
    label->setBuddy(m_keys);
    auto* row = new QHBoxLayout;
    row->setSpacing(grid::gap);
    row->addWidget(label);
    row->addWidget(m_keys, 1);
    row->addWidget(m_reset);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_table, 1);
    layout->addLayout(row);
    layout->addWidget(m_note);
    fill();
    connect(m_table, &QTreeWidget::currentItemChanged, this, &ShortcutTable::showCurrent);
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutTable::take);
    connect(m_reset, &QPushButton::clicked, this, &ShortcutTable::reset);
}

void ShortcutTable::fill()
{
    QTreeWidgetItem* heading = nullptr;
    for (std::size_t i = 0; i < m_actions.size(); ++i) {
        const RemappableAction& entry = m_actions[i];
        if (heading == nullptr || heading->text(0) != entry.where) {
            heading = new QTreeWidgetItem(m_table, {entry.where});
            heading->setFlags(Qt::ItemIsEnabled);
            heading->setFont(0, textFont(TextSize::Small, QFont::DemiBold));
        }
        auto* item = new QTreeWidgetItem(heading, {plainText(*entry.action)});
        item->setData(0, actionRole, static_cast<qulonglong>(i));
        item->setIcon(0, entry.action->icon());
        showKeys(item);
    }
    m_table->expandAll();
}

void ShortcutTable::showKeys(QTreeWidgetItem* item)
{
    const RemappableAction& entry = m_actions[item->data(0, actionRole).toULongLong()];
    if (entry.action)
        item->setText(
            1, QKeySequence::listToString(entry.action->shortcuts(), QKeySequence::NativeText));
}

const RemappableAction* ShortcutTable::current() const
{
    const QTreeWidgetItem* const item = m_table->currentItem();
    if (item == nullptr || !item->data(0, actionRole).isValid())
        return nullptr;
    const RemappableAction& entry = m_actions[item->data(0, actionRole).toULongLong()];
    return entry.action ? &entry : nullptr;
}

void ShortcutTable::showCurrent()
{
    const RemappableAction* const entry = current();
    m_note->clear();
    m_keys->setEnabled(entry != nullptr);
    m_reset->setEnabled(entry != nullptr && entry->action->shortcuts() != entry->defaults);
    const QSignalBlocker blocker(m_keys);
    m_keys->setKeySequence(entry ? entry->action->shortcut() : QKeySequence());
}

const RemappableAction* ShortcutTable::holderOf(const QKeySequence& keys,
                                                const RemappableAction& besides) const
{
    const QString window = m_actions.front().where;
    for (const RemappableAction& each : m_actions) {
        const bool together =
            each.where == besides.where || each.where == window || besides.where == window;
        if (&each != &besides && together && each.action && each.action->shortcuts().contains(keys))
            return &each;
    }
    return nullptr;
}

void ShortcutTable::take(const QKeySequence& keys)
{
    const RemappableAction* const entry = current();
    if (entry == nullptr)
        return;
    if (!keys.isEmpty())
        if (const RemappableAction* const holder = holderOf(keys, *entry)) {
            m_note->setText(
                tr("%1 is taken by \u201C%2\u201D. Give that one other keys first.")
                    .arg(keys.toString(QKeySequence::NativeText), plainText(*holder->action)));
            return;
        }
    remap(*entry, keys.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{keys});
}

void ShortcutTable::reset()
{
    if (const RemappableAction* const entry = current()) {
        remap(*entry, entry->defaults);
        showCurrent();
    }
}

void ShortcutTable::remap(const RemappableAction& entry, const QList<QKeySequence>& keys)
{
    m_note->clear();
    entry.action->setShortcuts(keys);
    showKeys(m_table->currentItem());
    m_reset->setEnabled(keys != entry.defaults);
    Q_EMIT remapped(entry.action->objectName(), keys, keys == entry.defaults);
}

} // namespace headgate::ui
