// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "session/page.h"

#include <vector>

class QComboBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QTableView;

namespace headgate::ui {

class JsonView;
class MessageStrip;
class ProjectSession;
class RunsModel;

/// The history: runs, the records of one by outcome, and of each the row, the payload, the request
/// and the answer.
class RunsPage final : public Page
{
    Q_OBJECT

public:
    RunsPage(ProjectSession& session, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;

private:
    [[nodiscard]] QWidget* makeDetails();
    void showRuns(std::vector<state::RunRow> runs);
    void showRun();
    void loadRecords();
    void showRecords(std::vector<state::HistoryRow> records);
    void showRecord(int row);

    ProjectSession& m_session;
    const Clock& m_clock;
    MessageStrip* m_message;
    RunsModel* m_model;
    QTableView* m_table;
    QLabel* m_sums = nullptr;
    QComboBox* m_outcome = nullptr;
    QListWidget* m_records = nullptr;
    JsonView* m_row = nullptr;
    JsonView* m_payload = nullptr;
    QPlainTextEdit* m_request = nullptr;
    QPlainTextEdit* m_answer = nullptr;
    std::vector<state::HistoryRow> m_history;
    std::string m_run;
};

} // namespace headgate::ui
