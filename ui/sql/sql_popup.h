// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/text.h" // Qt 6.4's moc fails where <compare> comes before any other header
#include "sql/sql_completion.h"

#include <QAbstractListModel>
#include <QCompleter>

namespace headgate::ui {

/// The suggestions, for a list: an icon, the text, and what it is at the end of the line.
class SqlSuggestionsModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role
    {
        DetailRole = Qt::UserRole
    };

    using QAbstractListModel::QAbstractListModel;

    void setSuggestions(std::vector<SqlSuggestion> suggestions);
    [[nodiscard]] const std::vector<SqlSuggestion>& suggestions() const { return m_suggestions; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<SqlSuggestion> m_suggestions;
};

/// A list at the caret of an editor, which keeps the focus. The editor ignores Enter, Tab and
/// Escape while it is open: they come here.
class SqlPopup final : public QObject
{
    Q_OBJECT

public:
    explicit SqlPopup(QWidget* editor);

    /// Closed where there are none. `at` is the caret, in the editor.
    void show(std::vector<SqlSuggestion> suggestions, const QRect& at);
    void close();
    [[nodiscard]] bool isOpen() const;
    /// Null: none.
    [[nodiscard]] const SqlSuggestion* current() const;

Q_SIGNALS:
    void chosen(const headgate::ui::SqlSuggestion& suggestion);

private:
    SqlSuggestionsModel m_model;
    QCompleter m_completer;
};

} // namespace headgate::ui
