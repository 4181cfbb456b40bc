// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_details.h"

#include "base/text.h"
#include "runs/record_panes.h"
#include "runs/run_sums.h"
#include "runs/runs_model.h"
#include "session/project_session.h"
#include "session/report_text.h"
#include "theme/button_kind.h"
#include "theme/icon.h"
#include "widgets/count_text.h"
#include "widgets/search_field.h"
#include "widgets/table_view.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace headgate::ui {

namespace {

constexpr std::array listedOutcomes{"successful", "unconfirmed", "rejected",
                                    "in_doubt",   "skipped",     "invalid"};
/// Records that one ad hoc run is given by their keys.
constexpr std::size_t mostPushed = 1000;

} // namespace

RunDetails::RunDetails(ProjectSession& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_sums(new RunSums), m_records(new RecordsModel(this)),
      m_table(new QTableView), m_panes(new RecordPanes)
{
    m_table->setAccessibleName(tr("Records of the run"));
    m_table->setModel(m_records);
    dressTable(m_table);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    for (const int column : {RecordsModel::Key, RecordsModel::Outcome, RecordsModel::Change})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::section, grid::gap, grid::section, grid::unit);
    head->setSpacing(grid::section);
    head->addWidget(m_sums, 1);
    m_cancel = new QPushButton(tr("Cancel run"));
    m_cancel->setAccessibleName(tr("Cancel this run"));
    m_cancel->hide();
    head->addWidget(m_cancel, 0, Qt::AlignTop);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("run.records"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_panes);
    splitter->setSizes({430, 570});
    splitter->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(makeRecordBar());
    layout->addWidget(splitter, 1);

    for (QAction* action : actions())
        m_table->addAction(action);
    connect(m_records, &RecordsModel::moreWanted, this, &RunDetails::loadMore);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RunDetails::updateActions);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RunDetails::showRecord);
    connect(m_panes, &RecordPanes::copied, this, [this](const QString& sentence) {
        Q_EMIT said({Tone::Success, sentence, {}, {}, {}});
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] { Q_EMIT cancelWanted(m_run.id); });
    updateActions();
}

QWidget* RunDetails::makeRecordBar()
{
    using service::Resolution;
    m_outcome = new QComboBox;
    m_outcome->setAccessibleName(tr("Outcome"));
    m_outcome->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_key = new SearchField(tr("Key"));
    m_key->setAccessibleName(tr("Search by key"));
    m_key->setMaximumWidth(220);
    m_retry = new QAction(themeIcon(Icon::Refresh), tr("Retry"), this);
    m_retry->setToolTip(tr("Send the chosen records again now, as they are in the warehouse"));
    m_skipOnce = makeAction(tr("Skip once"), Resolution::SkipOnce);
    m_skipAlways = makeAction(tr("Skip always"), Resolution::SkipAlways);
    m_delivered = makeAction(tr("It arrived"), Resolution::Delivered);
    m_resend = makeAction(tr("Send again"), Resolution::Resend);
    m_release = makeAction(tr("Release"), Resolution::Release);
    m_export = new QAction(themeIcon(Icon::Export), tr("Export…"), this);
    m_export->setToolTip(tr("Write the records of this list to a file"));
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(grid::section, grid::unit, grid::section, grid::gap);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_outcome);
    layout->addWidget(m_key, 1);
    layout->addStretch(1);
    for (QAction* action : actions()) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(action->icon().isNull() ? Qt::ToolButtonTextOnly
                                                           : Qt::ToolButtonTextBesideIcon);
        button->setAccessibleName(action->text());
        button->setFocusPolicy(Qt::StrongFocus);
        connect(action, &QAction::changed, button,
                [button, action] { button->setVisible(action->isVisible()); });
        layout->addWidget(button);
    }
    connect(m_outcome, &QComboBox::currentIndexChanged, this, &RunDetails::reload);
    connect(m_key, &SearchField::searched, this, &RunDetails::reload);
    connect(m_retry, &QAction::triggered, this, &RunDetails::retry);
    connect(m_export, &QAction::triggered, this, &RunDetails::askExport);
    return bar;
}

QAction* RunDetails::makeAction(const QString& text, service::Resolution resolution)
{
    auto* action = new QAction(text, this);
    connect(action, &QAction::triggered, this, [this, resolution] { resolve(resolution); });
    return action;
}

QList<QAction*> RunDetails::actions() const
{
    return {m_retry, m_skipOnce, m_skipAlways, m_delivered, m_resend, m_release, m_export};
}

void RunDetails::setRun(const state::RunRow& run, const std::string& slug)
{
    m_run = {};
    m_slug = slug;
    {
        const QSignalBlocker quiet(m_outcome);
        m_outcome->setCurrentIndex(0);
    }
    m_key->setSearched({});
    updateRun(run);
    reload();
}

void RunDetails::updateRun(const state::RunRow& run)
{
    using state::RunState;
    const bool ended = m_run.status == RunState::Running && run.status != RunState::Running;
    m_run = run;
    m_sums->setRun(run);
    m_cancel->setVisible(run.status == RunState::Running);
    updateOutcomes();
    if (ended)
        reload();
}

void RunDetails::search(const std::string& outcome, const std::string& key)
{
    const QSignalBlocker quiet(m_outcome);
    m_outcome->setCurrentIndex(std::max(m_outcome->findData(toQString(outcome)), 0));
    m_key->setSearched(toQString(key));
    reload();
}

void RunDetails::updateOutcomes()
{
    if (m_outcome->view()->isVisible())
        return;
    const auto counts = countsOf(m_run);
    const QVariant before = m_outcome->currentData();
    const QSignalBlocker quiet(m_outcome);
    m_outcome->clear();
    m_outcome->addItem(tr("All records"), QString());
    for (const char* outcome : listedOutcomes)
        if (const auto found = counts.find(outcome); found != counts.end() && found->second > 0)
            m_outcome->addItem(tr("%1 (%2)").arg(outcomeText(outcome), countText(found->second)),
                               QLatin1String(outcome));
    m_outcome->setCurrentIndex(std::max(m_outcome->findData(before), 0));
}

void RunDetails::reload()
{
    m_records->clear();
    m_panes->clear();
    ++m_traced;
    m_query = {};
    m_query.run = m_run.id;
    m_query.outcome = m_outcome->currentData().toString().toStdString();
    m_query.key = m_key->text().trimmed().toStdString();
    updateActions();
    if (!m_run.id.empty())
        loadMore();
}

void RunDetails::loadMore()
{
    service::RecordQuery query = m_query;
    query.after = m_records->next();
    const std::uint64_t asked = ++m_asked;
    m_session.ask(
        this,
        [query](service::Workspace& workspace, const StopToken&) {
            return workspace.findRecords(query);
        },
        [this, asked](Result<service::RecordPage> page) {
            if (asked != m_asked)
                return;
            if (page)
                return take(*std::move(page));
            m_records->stopAsking();
            Q_EMIT said(messageOf(page.error()));
        });
}

void RunDetails::take(service::RecordPage page)
{
    const bool first = m_records->rowCount() == 0;
    m_records->append(std::move(page));
    if (m_records->rowCount() == 0 && !m_records->next().empty())
        return loadMore();
    if (!first || m_records->rowCount() == 0)
        return;
    m_table->resizeColumnsToContents();
    m_table->selectRow(0);
}

void RunDetails::showRecord()
{
    const service::RunRecord* const record = m_records->record(m_table->currentIndex().row());
    if (record == nullptr)
        return;
    const std::uint64_t traced = ++m_traced;
    m_session.ask(
        this,
        [run = m_run.id, place = record->place](service::Workspace& workspace, const StopToken&) {
            return workspace.recordTrace(run, place);
        },
        [this, traced](Result<service::RecordTrace> trace) {
            if (traced != m_traced)
                return;
            if (trace)
                return m_panes->setTrace(*std::move(trace));
            m_panes->clear();
            Q_EMIT said(messageOf(trace.error()));
        });
}

std::vector<const service::RunRecord*> RunDetails::chosen() const
{
    std::vector<const service::RunRecord*> records;
    for (const QModelIndex& row : m_table->selectionModel()->selectedRows())
        if (const auto* record = m_records->record(row.row()))
            records.push_back(record);
    return records;
}

void RunDetails::updateActions()
{
    const auto records = chosen();
    const auto any = [&](const char* outcome) {
        return std::any_of(records.begin(), records.end(), [&](const service::RunRecord* record) {
            return record->row.outcome == outcome && record->row.keyHash != Hash128();
        });
    };
    const bool known = !m_slug.empty();
    const bool refused = known && any("rejected");
    const bool doubted = known && any("in_doubt");
    const bool skipped = known && any("skipped");
    m_retry->setVisible(!doubted && !skipped);
    m_retry->setEnabled(refused);
    m_skipOnce->setVisible(!skipped);
    m_skipOnce->setEnabled(refused);
    m_skipAlways->setVisible(!skipped);
    m_skipAlways->setEnabled(refused || doubted);
    m_delivered->setVisible(doubted);
    m_resend->setVisible(doubted);
    m_release->setVisible(skipped);
    m_export->setEnabled(m_records->rowCount() > 0);
}

void RunDetails::resolve(service::Resolution resolution)
{
    std::vector<Hash128> keys;
    for (const service::RunRecord* record : chosen())
        keys.push_back(record->row.keyHash);
    if (keys.empty())
        return;
    m_session.ask(
        this,
        [sync = m_slug, keys, resolution](service::Workspace& workspace, const StopToken&) {
            return workspace.resolveRecords(sync, keys, resolution);
        },
        [this, resolution](Result<std::uint64_t> count) {
            if (!count)
                return Q_EMIT said(messageOf(count.error()));
            Q_EMIT said({Tone::Success, resolutionText(resolution, *count), {}, {}, {}});
            m_session.refreshStatus();
        });
}

/// The chosen ones alone, as an ad hoc run; very many with all that were refused.
void RunDetails::retry()
{
    std::vector<Hash128> keys;
    service::RunRequest request;
    request.sync = m_slug;
    request.kind = run::RunKind::Push;
    for (const service::RunRecord* record : chosen()) {
        keys.push_back(record->row.keyHash);
        request.keys.push_back(record->row.keyText);
    }
    if (keys.empty())
        return;
    if (keys.size() > mostPushed) {
        request.kind = run::RunKind::Retry;
        request.keys.clear();
    }
    m_session.ask(
        this,
        [sync = m_slug, keys](service::Workspace& workspace, const StopToken&) {
            return workspace.resolveRecords(sync, keys, service::Resolution::Retry);
        },
        [this, request](Result<std::uint64_t> count) {
            if (!count)
                return Q_EMIT said(messageOf(count.error()));
            Q_EMIT said(
                {Tone::Info, resolutionText(service::Resolution::Retry, *count), {}, {}, {}});
            m_session.startRun(request);
        });
}

void RunDetails::askExport()
{
    auto* dialog = new QFileDialog(this, tr("Export the records"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("CSV (*.csv)"), tr("JSON lines (*.jsonl)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(toQString(m_slug.empty() ? std::string("records") : m_slug) +
                       QStringLiteral("-records.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &RunDetails::exportTo);
    dialog->open();
}

void RunDetails::exportTo(const QString& file)
{
    const auto format = file.endsWith(QLatin1String(".jsonl"), Qt::CaseInsensitive)
                            ? service::RecordFormat::JsonLines
                            : service::RecordFormat::Csv;
    m_session.askFar(
        this,
        [query = m_query, format, path = file.toStdString()](service::Workspace& workspace,
                                                             const StopToken& stop) {
            return workspace.exportRecords(query, format, path, stop);
        },
        [this, file](Result<std::uint64_t> count) {
            if (!count)
                return Q_EMIT said(messageOf(count.error()));
            Q_EMIT said(
                {Tone::Success,
                 tr("%n records written to %1.", nullptr, static_cast<int>(*count)).arg(file),
                 {},
                 {},
                 {}});
        });
}

} // namespace headgate::ui
