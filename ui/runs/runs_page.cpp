// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/runs_page.h"

#include "base/text.h"
#include "charts/run_chart.h"
#include "runs/run_details.h"
#include "runs/run_filters.h"
#include "runs/runs_model.h"
#include "session/live_run_text.h"
#include "session/project_session.h"
#include "widgets/empty_state.h"
#include "widgets/message_strip.h"
#include "widgets/table_view.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>
#include <utility>

namespace headgate::ui {

namespace {

constexpr std::uint32_t runsPerPage = 100;
constexpr std::chrono::milliseconds betweenPolls{1000};

std::uint64_t countIn(const std::map<std::string, std::uint64_t>& counts, const char* name)
{
    const auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

RunBar barOf(const state::RunRow& run)
{
    const auto counts = countsOf(run);
    RunBar bar;
    bar.run = run.id;
    bar.label = RunsPage::tr("%1, %2").arg(runTimeText(run), toQString(run.syncName));
    bar.counts[RunBar::Successful] = countIn(counts, "successful") + countIn(counts, "unconfirmed");
    bar.counts[RunBar::Rejected] = countIn(counts, "rejected") + countIn(counts, "invalid");
    bar.counts[RunBar::InDoubt] = countIn(counts, "in_doubt");
    bar.counts[RunBar::Skipped] = countIn(counts, "skipped");
    bar.counts[RunBar::Pending] = countIn(counts, "pending");
    return bar;
}

} // namespace

RunsPage::RunsPage(ProjectSession& session, const Clock& clock, QWidget* parent)
    : Page({PageKind::Runs, {}}, parent), m_session(session), m_clock(clock),
      m_message(new MessageStrip), m_filters(new RunFilters), m_model(new RunsModel(this)),
      m_table(new QTableView), m_chart(new RunChart), m_details(new RunDetails(session)),
      m_nothing(new EmptyState(Icon::Runs, {}, {})), m_content(new QWidget)
{
    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(m_model);
    dressTable(m_table);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(RunsModel::Sync, QHeaderView::Stretch);
    auto* top = new QSplitter(Qt::Horizontal);
    top->setObjectName(QStringLiteral("runs.top"));
    top->setChildrenCollapsible(false);
    top->addWidget(m_table);
    top->addWidget(m_chart);
    top->setSizes({720, 330});
    top->setStretchFactor(0, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("runs.all"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(top);
    splitter->addWidget(m_details);
    splitter->setSizes({230, 500});
    splitter->setStretchFactor(1, 1);
    auto* content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->addWidget(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_filters);
    layout->addWidget(m_content, 1);
    layout->addWidget(m_nothing, 1);
    m_message->clear();
    m_nothing->hide();

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RunsPage::showCurrent);
    connect(m_model, &RunsModel::moreWanted, this, [this] { load(true); });
    connect(m_filters, &RunFilters::changed, this, [this] { load(false); });
    connect(m_chart, &RunChart::runChosen, this, &RunsPage::selectRun);
    connect(m_details, &RunDetails::said, m_message, &MessageStrip::showMessage);
    connect(m_details, &RunDetails::cancelWanted, this, &RunsPage::cancelRun);
    connect(&m_session, &ProjectSession::runStarted, this, &RunsPage::lookForLive);
    connect(&m_session, &ProjectSession::runFinished, this, &RunsPage::refresh);
    connect(&m_session, &ProjectSession::trustChanged, this, &RunsPage::refresh);
    connect(&m_session, &ProjectSession::recordWished, this, &RunsPage::takeWish);
    connect(&m_poll, &QTimer::timeout, this, &RunsPage::lookForLive);
    m_poll.setInterval(betweenPolls);
    refresh();
    takeWish();
}

QString RunsPage::title() const
{
    return tr("Runs");
}

std::string RunsPage::currentSync() const
{
    const state::RunRow* const run = m_model->run(m_table->currentIndex().row());
    return run == nullptr ? std::string() : slugOf(*run);
}

QList<QAction*> RunsPage::pageActions() const
{
    return m_details->actions();
}

void RunsPage::showEvent(QShowEvent* event)
{
    m_poll.start();
    lookForLive();
    Page::showEvent(event);
}

void RunsPage::hideEvent(QHideEvent* event)
{
    m_poll.stop();
    Page::hideEvent(event);
}

void RunsPage::refresh()
{
    if (!m_session.contents() || !m_session.contents()->trusted)
        return;
    m_filters->setSyncs(m_session.contents()->project.syncs);
    load(false);
}

void RunsPage::load(bool more)
{
    state::RunFilter filter = m_filters->filter(m_clock.now());
    filter.limit = runsPerPage;
    if (more && m_model->rowCount() > 0)
        filter.before = m_model->run(m_model->rowCount() - 1)->number;
    const std::uint64_t asked = ++m_asked;
    m_session.ask(
        this,
        [filter](service::Workspace& workspace, const StopToken&) {
            return workspace.findRuns(filter);
        },
        [this, asked, more](Result<std::vector<state::RunRow>> runs) {
            if (asked != m_asked)
                return;
            if (!runs) {
                m_model->stopAsking();
                return m_message->showMessage(messageOf(runs.error()));
            }
            const bool complete = runs->size() < runsPerPage;
            if (more)
                return m_model->append(*std::move(runs), complete);
            showRuns(*std::move(runs));
        });
}

void RunsPage::showRuns(std::vector<state::RunRow> runs)
{
    const bool complete = runs.size() < runsPerPage;
    const bool none = runs.empty();
    m_model->setRuns(std::move(runs), complete);
    showChart();
    m_content->setVisible(!none);
    m_nothing->setVisible(none);
    if (none)
        return m_filters->isEmpty()
                   ? m_nothing->setTexts(tr("No run yet"),
                                         tr("What a sync did is kept here: every run, every record "
                                            "and what was answered."))
                   : m_nothing->setTexts(tr("No run fits"),
                                         tr("Take a filter away to see more of them."));
    for (const int column : {int(RunsModel::Started), int(RunsModel::Kind), int(RunsModel::State)})
        m_table->resizeColumnToContents(column);
    if (m_wished && m_run.empty())
        m_run = m_model->run(0)->id;
    if (m_wished && !m_model->has(m_run))
        return askForRun(m_run);
    selectRun(m_run);
}

void RunsPage::showChart()
{
    std::vector<RunBar> bars;
    for (int row = std::min(m_model->rowCount(), int(RunChart::mostBars)) - 1; row >= 0; --row)
        bars.push_back(barOf(*m_model->run(row)));
    m_chart->setBars(std::move(bars));
}

void RunsPage::selectRun(const std::string& run)
{
    int row = 0;
    for (int i = 0; i < m_model->rowCount(); ++i)
        if (m_model->run(i)->id == run)
            row = i;
    if (m_table->currentIndex().row() == row)
        showCurrent();
    else
        m_table->selectRow(row);
    m_table->scrollTo(m_model->index(row, 0));
}

void RunsPage::showCurrent()
{
    const state::RunRow* const run = m_model->run(m_table->currentIndex().row());
    if (run == nullptr)
        return;
    showRun(*run);
}

void RunsPage::showRun(const state::RunRow& run)
{
    m_run = run.id;
    m_chart->setCurrent(run.id);
    if (m_details->run() == run.id)
        m_details->updateRun(run);
    else
        m_details->setRun(run, slugOf(run));
    if (std::exchange(m_wished, false))
        m_details->search(m_wishedOutcome, m_wishedKey);
}

/// One that is further down than the first page.
void RunsPage::askForRun(const std::string& run)
{
    state::RunFilter filter;
    filter.id = run;
    m_session.ask(
        this,
        [filter](service::Workspace& workspace, const StopToken&) {
            return workspace.findRuns(filter);
        },
        [this](Result<std::vector<state::RunRow>> runs) {
            if (!runs)
                return m_message->showMessage(messageOf(runs.error()));
            if (runs->empty())
                return selectRun({});
            m_table->clearSelection();
            showRun(runs->front());
        });
}

std::string RunsPage::slugOf(const state::RunRow& run) const
{
    for (const project::SyncDefinition& sync : m_session.contents()->project.syncs)
        if (sync.id == run.syncId)
            return sync.slug;
    return {};
}

void RunsPage::takeWish()
{
    const auto wish = m_session.takeRecordWish();
    if (!wish)
        return;
    m_run = wish->run;
    m_wished = true;
    m_wishedOutcome = wish->outcome;
    m_wishedKey = wish->key;
    m_filters->clear();
    m_filters->setSync(wish->sync);
}

void RunsPage::lookForLive()
{
    if (m_looking || !isVisible() || !m_session.contents() || !m_session.contents()->trusted)
        return;
    m_looking = true;
    m_session.ask(
        this, [](service::Workspace& workspace, const StopToken&) { return workspace.liveRuns(); },
        [this](Result<std::vector<service::LiveRun>> runs) {
            m_looking = false;
            if (!runs)
                return m_message->showMessage(messageOf(runs.error()));
            takeLive(*runs);
        });
}

void RunsPage::takeLive(const std::vector<service::LiveRun>& runs)
{
    std::vector<std::string> live;
    for (const service::LiveRun& run : runs) {
        live.push_back(run.row.id);
        m_model->setProgress(run.row.id, liveRunText(run));
        if (run.row.id == m_details->run())
            m_details->updateRun(run.row);
    }
    if (live == m_live)
        return;
    m_live = std::move(live);
    load(false);
}

void RunsPage::cancelRun(const std::string& run)
{
    m_session.ask(
        this,
        [run](service::Workspace& workspace, const StopToken&) { return workspace.cancelRun(run); },
        [this](Result<void> asked) {
            m_message->showMessage(
                asked ? Message{Tone::Info,
                                tr("The run was asked to stop. It waits for what is on its way; "
                                   "cancel again to leave that in doubt."),
                                {},
                                {},
                                {}}
                      : messageOf(asked.error()));
        });
}

} // namespace headgate::ui
