// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "model/query_history.h"
#include "sql/sql_editor.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace headgate::ui {

class MessageStrip;

/// The editor of a query, with what is done with it: run, cancel, earlier
/// queries, and what the warehouse said of it.
class QueryPane final : public QWidget
{
    Q_OBJECT

public:
    explicit QueryPane(QWidget* parent = nullptr);

    [[nodiscard]] SqlEditor* editor() const { return m_editor; }
    /// Run becomes Cancel at once.
    void setRunning(bool running);
    void setCancelling();
    void setRunnable(bool runnable);
    /// `sent` is what of the text was run: places in the error count from its
    /// beginning.
    void showError(const Error& error, SqlRange sent);
    void showNote(const QString& sentence, const QString& advice);
    void clearError();
    void showHistory(const std::vector<QueryRun>& runs, std::int64_t now);
    [[nodiscard]] MessageStrip* message() const { return m_message; }

Q_SIGNALS:
    void runWanted();
    void cancelWanted();

private:
    [[nodiscard]] QWidget* makeBar();
    void showTime();

    SqlEditor* m_editor;
    MessageStrip* m_message;
    QPushButton* m_run = nullptr;
    QPushButton* m_cancel = nullptr;
    QToolButton* m_history = nullptr;
    QLabel* m_time = nullptr;
    QTimer m_tick;
    int m_ticks = 0;
};

} // namespace headgate::ui
