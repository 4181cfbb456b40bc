// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QPointer>
#include <QWidget>

#include <vector>

class QAction;
class QKeySequenceEdit;
class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace headgate::ui {

/// An action with the keys that it has when nobody changed them.
struct RemappableAction
{
    QPointer<QAction> action;
    QList<QKeySequence> defaults;
    QString where; ///< heading: the window, or a page; actions of one heading follow each other
};

/// The keys of all actions, each to be changed. Keys that another action of the same place has are
/// refused and named. The window's actions come first: their keys are taken everywhere.
class ShortcutTable final : public QWidget
{
    Q_OBJECT

public:
    explicit ShortcutTable(std::vector<RemappableAction> actions, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The action has these keys now; `isDefault`: as when nobody changed them.
    void remapped(const QString& name, const QList<QKeySequence>& keys, bool isDefault);

private:
    void fill();
    void showKeys(QTreeWidgetItem* item);
    void showCurrent();
    void take(const QKeySequence& keys);
    void reset();
    void remap(const RemappableAction& entry, const QList<QKeySequence>& keys);
    [[nodiscard]] const RemappableAction* current() const;
    [[nodiscard]] const RemappableAction* holderOf(const QKeySequence& keys,
                                                   const RemappableAction& besides) const;

    std::vector<RemappableAction> m_actions;
    QTreeWidget* m_table;
    QKeySequenceEdit* m_keys;
    QPushButton* m_reset;
    QLabel* m_note;
};

} // namespace headgate::ui
