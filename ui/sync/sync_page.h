// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "session/document.h"

#include <QPointer>
#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace headgate::ui {

class ElidedLabel;
class JsonView;
class MessageStrip;
class PlanView;
class ProjectSession;
class PushDialog;
class RecordRowsModel;
class RunStrip;
class Spinner;

/// A sync: its records, the rows that each is made of and the payload that will be sent, and its
/// run.
class SyncPage final : public Page
{
    Q_OBJECT

public:
    SyncPage(ProjectSession& session, const std::string& sync, const Clock& clock,
             QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::string currentSync() const override { return id().slug; }
    void refresh() override;

protected:
    /// A file of keys may be dropped anywhere on the page.
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    [[nodiscard]] QWidget* makeHeader();
    [[nodiscard]] QWidget* makeRecords();
    void showDefinition();
    void loadRecords();
    void showRecords(std::vector<service::RecordPreview> records);
    void showRecord(int row);
    void showRun();
    void showEnd(const run::RunReport& report);
    void updateButtons();
    void testRow();
    void pushRecords();
    PushDialog* openPush(const std::vector<std::string>& keys);
    void start(run::RunKind kind);
    void askRequest(const plan::PlanSample& sample);

    ProjectSession& m_session;
    const Clock& m_clock;
    SyncDocument& m_document;
    std::vector<service::RecordPreview> m_records;
    QLabel* m_name = nullptr;
    ElidedLabel* m_summary = nullptr;
    QTabWidget* m_tabs = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_dryRun = nullptr;
    QPushButton* m_test = nullptr;
    QPushButton* m_push = nullptr;
    QPointer<PushDialog> m_pushing; ///< its runs are shown there
    Spinner* m_spinner = nullptr;
    MessageStrip* m_message = nullptr;
    QListWidget* m_list = nullptr;
    QLabel* m_count = nullptr;
    QTableView* m_rows = nullptr;
    RecordRowsModel* m_rowsModel = nullptr;
    JsonView* m_payload = nullptr;
    MessageStrip* m_problems = nullptr;
    PlanView* m_plan = nullptr;
    std::string m_requestOf; ///< key of the planned record whose request was asked for last
    RunStrip* m_strip = nullptr;
    run::RunProgress::Phase m_phase = run::RunProgress::Phase::Waiting;
    SteadyTime m_phaseBegan;
};

} // namespace headgate::ui
