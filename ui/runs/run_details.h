// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/records_model.h"
#include "service/workspace.h"
#include "widgets/message_strip.h"

#include <QWidget>

class QAction;
class QComboBox;
class QPushButton;
class QTableView;

namespace headgate::ui {

class ProjectSession;
class RecordPanes;
class RunSums;
class SearchField;

/// One run: its sums, its records by outcome and key, and the way of the chosen one. What a person
/// decides about the chosen records is done here.
class RunDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit RunDetails(ProjectSession& session, QWidget* parent = nullptr);

    /// `slug` of its sync; empty: the project has it no more.
    void setRun(const state::RunRow& run, const std::string& slug);
    /// The same run, further on.
    void updateRun(const state::RunRow& run);
    /// Of the run that is set.
    void search(const std::string& outcome, const std::string& key);
    [[nodiscard]] const std::string& run() const { return m_run.id; }
    [[nodiscard]] QList<QAction*> actions() const;

Q_SIGNALS:
    void said(const headgate::ui::Message& message);
    void cancelWanted(const std::string& run);

private:
    [[nodiscard]] QWidget* makeRecordBar();
    [[nodiscard]] QAction* makeAction(const QString& text, service::Resolution resolution);
    void reload();
    void loadMore();
    void take(service::RecordPage page);
    void showRecord();
    void updateOutcomes();
    void updateActions();
    [[nodiscard]] std::vector<const service::RunRecord*> chosen() const;
    void resolve(service::Resolution resolution);
    void retry();
    void askExport();
    void exportTo(const QString& file);

    ProjectSession& m_session;
    state::RunRow m_run;
    std::string m_slug;
    service::RecordQuery m_query;
    std::uint64_t m_asked = 0;  ///< answers to earlier questions are dropped
    std::uint64_t m_traced = 0; ///< the same of traces
    RunSums* m_sums;
    RecordsModel* m_records;
    QTableView* m_table;
    RecordPanes* m_panes;
    QComboBox* m_outcome = nullptr;
    SearchField* m_key = nullptr;
    QPushButton* m_cancel = nullptr;
    QAction* m_retry = nullptr;
    QAction* m_skipOnce = nullptr;
    QAction* m_skipAlways = nullptr;
    QAction* m_delivered = nullptr;
    QAction* m_resend = nullptr;
    QAction* m_release = nullptr;
    QAction* m_export = nullptr;
};

} // namespace headgate::ui
