// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QDialog>
#include <functional>
#include <optional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace headgate::ui {

/// How well `text` answers what was typed: every typed letter, in order, without case. Higher is
/// better; letters that follow each other or begin a word count more. Empty: it does not.
[[nodiscard]] std::optional<int> matchScore(const QString& typed, const QString& text);

/// A list to type into: actions, or definitions to go to. Enter does the row that is marked.
class CommandPalette final : public QDialog
{
    Q_OBJECT

public:
    struct Entry
    {
        QString text;
        QString hint; ///< at the right end: a shortcut, or what kind it is of
        std::optional<Icon> icon;
        std::function<void()> work;
    };

    CommandPalette(const QString& title, std::vector<Entry> entries, QWidget* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void filter(const QString& typed);
    void doCurrent();

    std::vector<Entry> m_entries;
    QLineEdit* m_input;
    QListWidget* m_list;
};

} // namespace headgate::ui
