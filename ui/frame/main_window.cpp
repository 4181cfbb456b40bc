// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/main_window.h"

#include "base/text.h"
#include "data/json_indent.h"
#include "frame/record_rows_model.h"
#include "frame/report_text.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr std::uint64_t previewedRecords = 200;
constexpr int pollInterval = 100;

struct ProjectSummary
{
    QString name;
    QStringList slugs;
    QStringList names;
    bool trusted = false;
};

template <typename Widget>
Widget* named(Widget* widget, const QString& accessibleName)
{
    widget->setAccessibleName(accessibleName);
    return widget;
}

QWidget* titled(const QString& title, QWidget* content)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(title);
    label->setBuddy(content);
    layout->addWidget(label);
    layout->addWidget(content);
    return box;
}

QString phaseText(const run::RunProgress& progress)
{
    using Phase = run::RunProgress::Phase;
    switch (progress.phase) {
    case Phase::Waiting:
        return MainWindow::tr("Starting");
    case Phase::Resuming:
        return MainWindow::tr("Finishing what an earlier run left open");
    case Phase::Reading:
        return MainWindow::tr("Reading: %1 rows").arg(progress.rowsRead);
    case Phase::Sending:
        return MainWindow::tr("Sending: %1 of %2").arg(progress.sent).arg(progress.toSend);
    case Phase::Finishing:
    case Phase::Done:
        return MainWindow::tr("Finishing");
    }
    return {};
}

} // namespace

MainWindow::MainWindow(service::WorkspaceOptions options, service::Surroundings surroundings)
    : m_options(std::move(options)), m_surroundings(surroundings),
      m_workspace(std::make_unique<service::WorkspaceThread>(m_options, m_surroundings))
{
    buildWidgets();
    m_poll.setInterval(pollInterval);
    connect(&m_poll, &QTimer::timeout, this, &MainWindow::showProgress);
    connect(m_sync, &QComboBox::currentIndexChanged, this, &MainWindow::loadRecords);
    connect(m_list, &QListWidget::currentRowChanged, this, &MainWindow::showRecord);
    connect(m_run, &QPushButton::clicked, this, &MainWindow::run);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_controller)
            m_controller->cancel();
    });
    loadProject();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildWidgets()
{
    setWindowTitle(tr("Headgate"));
    resize(1180, 760);
    m_sync = named(new QComboBox, tr("Sync"));
    m_run = named(new QPushButton(tr("&Run")), tr("Run"));
    m_cancel = named(new QPushButton(tr("&Cancel")), tr("Cancel"));
    m_progress = named(new QProgressBar, tr("Progress"));
    m_phase = named(new QLabel, tr("Phase"));
    m_report = named(new QPlainTextEdit, tr("Report"));
    m_report->setReadOnly(true);
    m_report->setMaximumHeight(130);
    m_report->setPlaceholderText(tr("The report of the run will stand here."));
    m_run->setEnabled(false);
    m_cancel->setEnabled(false);
    m_progress->setRange(0, 1);

    auto* top = new QHBoxLayout;
    auto* label = new QLabel(tr("&Sync:"));
    label->setBuddy(m_sync);
    top->addWidget(label);
    top->addWidget(m_sync, 1);
    top->addWidget(m_run);
    top->addWidget(m_cancel);
    auto* progress = new QHBoxLayout;
    progress->addWidget(m_phase);
    progress->addWidget(m_progress, 1);

    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->addLayout(top);
    layout->addWidget(buildRecordPane(), 1);
    layout->addLayout(progress);
    layout->addWidget(m_report);
    setCentralWidget(central);
}

QWidget* MainWindow::buildRecordPane()
{
    m_list = named(new QListWidget, tr("Records"));
    m_rows = named(new QTableView, tr("Source rows"));
    m_rowsModel = new RecordRowsModel(this);
    m_rows->setModel(m_rowsModel);
    m_rows->setAlternatingRowColors(true);
    m_rows->setWordWrap(false);
    m_rows->verticalHeader()->setDefaultSectionSize(28);
    m_payload = named(new QPlainTextEdit, tr("Payload"));
    m_payload->setReadOnly(true);
    m_payload->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(titled(tr("Records"), m_list));
    splitter->addWidget(titled(tr("Rows in the warehouse"), m_rows));
    splitter->addWidget(titled(tr("Payload that will be sent"), m_payload));
    splitter->setSizes({200, 480, 480});
    return splitter;
}

void MainWindow::loadProject()
{
    m_workspace->ask(
        this,
        [](service::Workspace& workspace, const StopToken&) -> Result<ProjectSummary> {
            ProjectSummary summary;
            summary.name = toQString(workspace.project().name);
            summary.trusted = workspace.isTrusted();
            for (const project::SyncDefinition& sync : workspace.project().syncs) {
                if (!sync.shape)
                    continue;
                summary.slugs.append(toQString(sync.slug));
                summary.names.append(toQString(sync.name));
            }
            return summary;
        },
        [this](Result<ProjectSummary> summary) {
            if (!summary)
                return showError(summary.error());
            showProject(summary->name, summary->slugs, summary->names, summary->trusted);
        });
}

void MainWindow::showProject(const QString& name, const QStringList& syncs,
                             const QStringList& names, bool trusted)
{
    setWindowTitle(tr("%1 - Headgate").arg(name));
    const QSignalBlocker blocker(m_sync);
    for (qsizetype i = 0; i < syncs.size(); ++i)
        m_sync->addItem(names[i], syncs[i]);
    m_run->setEnabled(trusted && m_sync->count() > 0);
    if (!trusted)
        askForTrust();
    else
        loadRecords();
}

void MainWindow::askForTrust()
{
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Trust this project?"),
        tr("Headgate has not run this project on this machine before. Its queries will be run "
           "against "
           "your warehouse and its payloads sent to the destinations that it names."),
        QMessageBox::Yes | QMessageBox::No, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->button(QMessageBox::Yes)->setText(tr("Trust this project"));
    box->button(QMessageBox::No)->setText(tr("Only look"));
    connect(box, &QMessageBox::accepted, this, [this] {
        m_workspace->ask(
            this, [](service::Workspace& workspace, const StopToken&) { return workspace.trust(); },
            [this](Result<void> trusted) {
                if (!trusted)
                    return showError(trusted.error());
                m_run->setEnabled(m_sync->count() > 0);
                loadRecords();
            });
    });
    box->open();
}

std::string MainWindow::currentSync() const
{
    return m_sync->currentData().toString().toStdString();
}

void MainWindow::loadRecords()
{
    const std::string sync = currentSync();
    if (sync.empty())
        return;
    m_phase->setText(tr("Reading records"));
    m_workspace->ask(
        this,
        [sync](service::Workspace& workspace, const StopToken& stop) {
            return workspace.previewRecords(sync, previewedRecords, stop);
        },
        [this](Result<std::vector<service::RecordPreview>> records) {
            m_phase->clear();
            if (!records)
                return showError(records.error());
            showRecords(std::move(*records));
        });
}

void MainWindow::showRecords(std::vector<service::RecordPreview> records)
{
    m_records = std::move(records);
    m_list->clear();
    for (const service::RecordPreview& record : m_records)
        m_list->addItem(toQString(record.match.empty() ? record.key : record.match));
    if (!m_records.empty())
        m_list->setCurrentRow(0);
}

void MainWindow::showRecord(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_records.size())
        return;
    const service::RecordPreview& record = m_records[static_cast<std::size_t>(row)];
    m_rowsModel->setRows(record.rows);
    QString text = toQString(data::indentedJson(record.payload)) + QLatin1Char('\n');
    for (const std::string& problem : record.problems)
        text += toQString(problem) + QLatin1Char('\n');
    m_payload->setPlainText(text);
}

void MainWindow::run()
{
    m_controller = std::make_unique<service::RunController>(m_options, m_surroundings);
    connect(m_controller.get(), &service::RunController::finished, this, &MainWindow::showReport);
    m_run->setEnabled(false);
    m_cancel->setEnabled(true);
    m_report->clear();
    m_progress->setRange(0, 0);
    service::RunRequest request;
    request.sync = currentSync();
    m_controller->start(request);
    m_poll.start();
}

void MainWindow::showProgress()
{
    if (!m_controller)
        return;
    const run::RunProgress progress = m_controller->progress();
    m_phase->setText(phaseText(progress));
    if (progress.toSend > 0) {
        m_progress->setRange(0, 1000);
        m_progress->setValue(static_cast<int>(progress.sent * 1000 / progress.toSend));
    }
}

void MainWindow::showReport(const run::RunReport& report)
{
    m_poll.stop();
    m_phase->setText(report.exitCode == 0 ? tr("Done") : tr("Ended"));
    m_progress->setRange(0, 1);
    m_progress->setValue(1);
    m_report->setPlainText(reportText(report));
    m_run->setEnabled(true);
    m_cancel->setEnabled(false);
}

void MainWindow::showError(const Error& error)
{
    m_report->setPlainText(error.toString());
}

} // namespace headgate::ui
