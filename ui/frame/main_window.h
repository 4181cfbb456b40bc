// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/run_controller.h"
#include "service/workspace_thread.h"

#include <QMainWindow>
#include <QTimer>
#include <memory>

class QComboBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTableView;

namespace headgate::ui {

class RecordRowsModel;

/// One sync at a time: the source rows of a record beside its payload, Run, progress and report.
/// Every question goes to the workspace's own thread; the window never waits.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(service::WorkspaceOptions options, service::Surroundings surroundings);
    ~MainWindow() override;

private:
    void buildWidgets();
    [[nodiscard]] QWidget* buildRecordPane();
    void loadProject();
    void showProject(const QString& name, const QStringList& syncs, const QStringList& names,
                     bool trusted);
    void askForTrust();
    void loadRecords();
    void showRecords(std::vector<service::RecordPreview> records);
    void showRecord(int row);
    void run();
    void showProgress();
    void showReport(const run::RunReport& report);
    void showError(const Error& error);
    [[nodiscard]] std::string currentSync() const;

    service::WorkspaceOptions m_options;
    service::Surroundings m_surroundings;
    std::vector<service::RecordPreview> m_records;
    QComboBox* m_sync = nullptr;
    QListWidget* m_list = nullptr;
    QTableView* m_rows = nullptr;
    RecordRowsModel* m_rowsModel = nullptr;
    QPlainTextEdit* m_payload = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_cancel = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_phase = nullptr;
    QPlainTextEdit* m_report = nullptr;
    QTimer m_poll;
    std::unique_ptr<service::WorkspaceThread> m_workspace;
    std::unique_ptr<service::RunController> m_controller;
};

} // namespace headgate::ui
