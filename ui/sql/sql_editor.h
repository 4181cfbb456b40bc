// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "sql/qscintilla.h"
#include "sql/sql_completion.h"

namespace headgate::ui {

class SqlLexer;
class SqlPopup;

/// An editor for SQL, UTF-8 throughout; offsets are bytes. It keeps no steps to undo: the document
/// that it shows does, and gives it texts by setText().
///
/// Tab and Shift+Tab indent. Escape lets the next Tab leave the editor. Ctrl+Space completes,
/// Ctrl+/ turns lines into comments, Ctrl+Enter asks to run the statement at the caret.
class SqlEditor final : public QsciScintilla
{
    Q_OBJECT

public:
    explicit SqlEditor(QWidget* parent = nullptr);
    ~SqlEditor() override;

    [[nodiscard]] std::string sql() const;
    /// Only what differs is replaced, so that caret and scrolling stay; says nothing.
    void setSql(const std::string& sql);
    void setDialect(const SqlDialect& dialect);
    /// What completion offers; an open list is made anew.
    void setCatalog(std::shared_ptr<const SqlCatalog> catalog);

    /// Empty where there is none at the caret.
    [[nodiscard]] SqlRange statement() const;
    [[nodiscard]] std::size_t caret() const;
    void setCaret(std::size_t offset);
    /// In place of the selection.
    void insertSql(const std::string& sql);

    /// Underlines the word at a place of the text, marks its line and goes there. The mark is
    /// gone with the next change of its line.
    void showProblem(const TextPlace& place, const QString& sentence);
    void clearProblem();
    [[nodiscard]] std::optional<SqlRange> problem() const { return m_problem; }

    void complete();
    [[nodiscard]] SqlPopup* popup() const { return m_popup; }
    void toggleComment();

Q_SIGNALS:
    /// By the user, not by setSql().
    void edited();
    void runWanted();
    void escapePressed();
    /// Completion would offer their columns.
    void columnsWanted(const std::vector<headgate::ui::SqlTable>& tables);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void dress();
    void dressMargins();
    void freeKeys();
    void onTextChanged();
    void onCharacter(int character);
    void offer(bool asked);
    void insertSuggestion(const SqlSuggestion& suggestion);
    [[nodiscard]] bool popupTakes(const QKeyEvent& event) const;
    [[nodiscard]] QRect caretRect(std::size_t offset) const;
    [[nodiscard]] std::size_t offsetOf(const TextPlace& place) const;
    void replaceRange(SqlRange range, const std::string& text);

    SqlDialect m_dialect;
    std::shared_ptr<const SqlCatalog> m_catalog = std::make_shared<SqlCatalog>();
    SqlLexer* m_lexer;
    SqlPopup* m_popup;
    SqlContext m_context; ///< of the open list
    std::optional<SqlRange> m_problem;
    int m_problemMark = -1;
    bool m_loading = false;
    bool m_leaving = false; ///< Escape was pressed: Tab leaves
    bool m_dressed = false;
};

} // namespace headgate::ui
