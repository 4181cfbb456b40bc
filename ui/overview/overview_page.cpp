// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/overview_page.h"

#include "base/text.h"
#include "overview/beginning.h"
#include "overview/doubt_section.h"
#include "overview/failure_section.h"
#include "overview/gate_section.h"
#include "overview/live_runs.h"
#include "overview/trouble_records.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "session/report_text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/card.h"
#include "widgets/count_text.h"
#include "widgets/message_strip.h"
#include "widgets/verdict.h"

#include <QCoreApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace headgate::ui {

namespace {

constexpr int widestColumn = 920;
constexpr int cardsFrom = 2; ///< below heading and live runs
constexpr std::chrono::milliseconds betweenLooks{1000};
/// Records that one ad hoc run is given by their keys.
constexpr std::size_t mostRetriedByKey = 10'000;

bool needsSomebody(const service::SyncStatus& status)
{
    return status.planStopped || !status.outstanding.empty() ||
           (status.lastRun && status.lastRun->status == state::RunState::Partial);
}

} // namespace

OverviewPage::OverviewPage(ProjectSession& session, const Clock& clock, QWidget* parent)
    : Page({PageKind::Overview, {}}, parent), m_session(session), m_clock(clock),
      m_message(new MessageStrip), m_live(new LiveRuns)
{
    auto* content = new QWidget;
    content->setMaximumWidth(widestColumn);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(grid::page, grid::page, grid::page, grid::page);
    m_column->setSpacing(grid::gap + grid::unit);
    auto* heading = new QLabel(tr("Overview"));
    heading->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_column->addWidget(heading);
    m_column->addWidget(m_live);
    m_column->addStretch();

    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Syncs"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(scroll);
    m_message->clear();

    connect(&m_session.documents(), &Documents::listChanged, this, &OverviewPage::showBeginning);
    connect(m_live, &LiveRuns::cancelWanted, this, &OverviewPage::cancelRun);
    connect(&m_session, &ProjectSession::statusChanged, this, &OverviewPage::onStatus);
    connect(&m_session, &ProjectSession::runStarted, this, &OverviewPage::update);
    connect(&m_session, &ProjectSession::runFinished, this, &OverviewPage::update);
    connect(&m_poll, &QTimer::timeout, this, &OverviewPage::lookForLive);
    m_poll.setInterval(betweenLooks);
    onStatus();
}

QString OverviewPage::title() const
{
    return tr("Overview");
}

void OverviewPage::refresh()
{
    m_session.refreshStatus();
}

void OverviewPage::showEvent(QShowEvent* event)
{
    m_poll.start();
    lookForLive();
    Page::showEvent(event);
}

void OverviewPage::hideEvent(QHideEvent* event)
{
    m_poll.stop();
    Page::hideEvent(event);
}

OverviewPage::Row OverviewPage::makeRow(const service::SyncStatus& status)
{
    Row row;
    row.card = new Card(toQString(status.name));
    row.card->setIcon(Icon::Sync);
    row.card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    row.verdict = new Verdict;
    setButtonKind(row.verdict->button(), ButtonKind::Secondary);
    row.card->body()->addWidget(row.verdict);
    auto* open = new QPushButton(tr("Open"));
    open->setAccessibleName(tr("Open %1").arg(toQString(status.name)));
    setButtonKind(open, ButtonKind::Quiet);
    row.card->addHeaderWidget(open);
    const std::string sync = status.sync;
    connect(open, &QPushButton::clicked, this, [this, sync] {
        Q_EMIT pageWanted({PageKind::Sync, sync});
    });
    connect(row.verdict, &Verdict::actionTriggered, this,
            [this, sync] { act(sync, m_rows[sync].action); });
    return row;
}

void OverviewPage::onStatus()
{
    for (auto row = m_rows.begin(); row != m_rows.end();) {
        if (m_session.statusOf(row->first) != nullptr) {
            ++row;
            continue;
        }
        row->second.card->deleteLater();
        row = m_rows.erase(row);
    }
    for (const service::SyncStatus& status : m_session.status()) {
        if (!m_rows.contains(status.sync))
            m_rows[status.sync] = makeRow(status);
        m_rows[status.sync].card->setTitle(toQString(status.name));
        askTroubles(status);
    }
    showBeginning();
    update();
}

void OverviewPage::showBeginning()
{
    const bool wanted = m_session.contents() && m_session.contents()->project.syncs.empty();
    if (m_beginning == nullptr && wanted) {
        m_beginning = new Beginning;
        m_column->insertWidget(cardsFrom, m_beginning);
        connect(m_beginning, &Beginning::newWanted, this, &Page::newWanted);
        connect(m_beginning, &Beginning::pageWanted, this, &Page::pageWanted);
    }
    if (m_beginning == nullptr)
        return;
    m_beginning->setVisible(wanted);
    if (wanted)
        m_beginning->setProject(m_session.documents().edited());
}

void OverviewPage::update()
{
    struct Placed
    {
        int urgency;
        Card* card;
    };
    std::vector<Placed> order;
    for (const service::SyncStatus& status : m_session.status()) {
        const auto found = m_rows.find(status.sync);
        if (found == m_rows.end())
            continue;
        Row& row = found->second;
        const auto* definition = m_session.contents()->project.sync(status.sync);
        const bool shaped = definition && definition->shape && !definition->recordKey.empty();
        const SyncVerdict verdict = verdictOf(
            status, {shaped, m_session.isRunning(status.sync), m_clock.now(), row.causes});
        row.action = verdict.action;
        row.verdict->setVerdict(verdict.tone, verdict.sentence, verdict.detail);
        // The question and its answers stand below.
        const bool asked =
            verdict.action == SyncAction::Confirm || verdict.action == SyncAction::Decide;
        row.verdict->setAction(asked && row.troubles ? QString() : actionText(verdict.action));
        order.push_back({verdict.urgency, row.card});
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const Placed& a, const Placed& b) { return a.urgency < b.urgency; });
    int at = cardsFrom;
    for (const Placed& placed : order)
        if (m_column->indexOf(placed.card) != at++)
            m_column->insertWidget(at - 1, placed.card);
}

void OverviewPage::act(const std::string& sync, SyncAction action)
{
    switch (action) {
    case SyncAction::Run: {
        service::RunRequest request;
        request.sync = sync;
        m_session.startRun(request);
        Q_EMIT pageWanted({PageKind::Sync, sync});
        break;
    }
    case SyncAction::ShowRun:
        m_session.wishRecord({sync, {}, {}, {}});
        Q_EMIT pageWanted({PageKind::Runs, {}});
        break;
    case SyncAction::Shape:
        Q_EMIT pageWanted({PageKind::Shape, sync});
        break;
    case SyncAction::Watch:
    case SyncAction::Confirm:
    case SyncAction::Decide:
        Q_EMIT pageWanted({PageKind::Sync, sync});
        break;
    }
}

void OverviewPage::askTroubles(const service::SyncStatus& status)
{
    const std::uint64_t asked = ++m_rows[status.sync].asked;
    if (!needsSomebody(status))
        return showTroubles(status.sync, {});
    m_session.ask(
        this,
        [sync = status.sync](service::Workspace& workspace, const StopToken&) {
            return workspace.troubles(sync);
        },
        [this, sync = status.sync, asked](Result<service::SyncTroubles> troubles) {
            const auto row = m_rows.find(sync);
            if (row == m_rows.end() || row->second.asked != asked)
                return;
            if (!troubles)
                return m_message->showMessage(messageOf(troubles.error()));
            showTroubles(sync, *troubles);
            update();
        });
}

void OverviewPage::showTroubles(const std::string& sync, const service::SyncTroubles& troubles)
{
    Row& row = m_rows[sync];
    if (row.troubles != nullptr)
        row.troubles->deleteLater();
    row.troubles = makeTroubles(sync, troubles);
    row.causes = static_cast<std::uint64_t>(
        std::count_if(troubles.failures.begin(), troubles.failures.end(),
                      [](const service::FailureGroup& group) { return !group.invalid; }));
    if (row.troubles != nullptr)
        row.card->body()->addWidget(row.troubles);
}

QWidget* OverviewPage::makeTroubles(const std::string& sync, const service::SyncTroubles& troubles)
{
    if (troubles.failures.empty() && troubles.doubts.empty() && !troubles.stopped)
        return nullptr;
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, grid::gap, 0, 0);
    layout->setSpacing(grid::section);
    if (troubles.stopped) {
        auto* gate = new GateSection(*troubles.stopped, m_clock.now());
        const std::string plan = troubles.stopped->id;
        const std::string run = troubles.stopped->run;
        connect(gate, &GateSection::planWanted, this, [this, sync, run] {
            m_session.wishRecord({sync, run, {}, {}});
            Q_EMIT pageWanted({PageKind::Runs, {}});
        });
        connect(gate, &GateSection::runWanted, this, [this, sync, plan] { confirm(sync, plan); });
        connect(gate, &GateSection::discardWanted, this,
                [this, sync, plan] { discard(sync, plan); });
        layout->addWidget(gate);
    }
    for (const service::DoubtGroup& group : troubles.doubts) {
        auto* doubt = new DoubtSection(group, m_clock.now());
        connect(doubt, &DoubtSection::decided, this,
                [this, sync, doubt](const service::DoubtGroup& decided,
                                    service::Resolution resolution) {
                    doubt->setEnabled(false);
                    resolve(sync, decided.records, resolution, doubt);
                });
        connect(doubt, &DoubtSection::recordWanted, this,
                [this, sync](const service::FailedRecord& record) {
                    showRecord(sync, record, "in_doubt");
                });
        layout->addWidget(doubt);
    }
    if (!troubles.failures.empty()) {
        auto* failures = new FailureSection(troubles.failures);
        connect(failures, &FailureSection::recordWanted, this,
                [this, sync](const service::FailedRecord& record) {
                    showRecord(sync, record, record.invalid ? "invalid" : "rejected");
                });
        connect(failures, &FailureSection::fieldWanted, this,
                [this, sync](const std::string& path) {
                    Q_EMIT placeWanted({PageKind::Shape, sync}, toQString(path));
                });
        connect(failures, &FailureSection::retryWanted, this,
                [this, sync](const service::FailureGroup& group) { retry(sync, group); });
        layout->addWidget(failures);
    }
    if (troubles.partial)
        layout->addWidget(sectionText(tr("Of the first %1 records only.")
                                          .arg(countText(service::TroubleFinder::mostRecords))));
    return box;
}

void OverviewPage::retry(const std::string& sync, const service::FailureGroup& group)
{
    service::RunRequest request;
    request.sync = sync;
    const bool byKey =
        group.keys.size() == group.records.size() && group.keys.size() <= mostRetriedByKey;
    request.kind = byKey ? run::RunKind::Push : run::RunKind::Retry;
    if (byKey)
        request.keys = group.keys;
    m_session.ask(
        this,
        [sync, records = group.records](service::Workspace& workspace, const StopToken&) {
            return workspace.resolveRecords(sync, records, service::Resolution::Retry);
        },
        [this, request, byKey](Result<std::uint64_t> count) {
            if (!count)
                return m_message->showMessage(messageOf(count.error()));
            say(byKey ? resolutionText(service::Resolution::Retry, *count)
                      : tr("All refused records are sent again."));
            m_session.startRun(request);
        });
}

void OverviewPage::resolve(const std::string& sync, const std::vector<Hash128>& records,
                           service::Resolution resolution, QWidget* asking)
{
    m_session.ask(
        this,
        [sync, records, resolution](service::Workspace& workspace, const StopToken&) {
            return workspace.resolveRecords(sync, records, resolution);
        },
        [this, resolution, again = QPointer(asking)](Result<std::uint64_t> count) {
            if (!count) {
                if (again)
                    again->setEnabled(true);
                return m_message->showMessage(messageOf(count.error()));
            }
            say(resolutionText(resolution, *count));
            m_session.refreshStatus();
        });
}

void OverviewPage::confirm(const std::string& sync, const std::string& plan)
{
    service::RunRequest request;
    request.sync = sync;
    request.confirm = plan;
    m_session.startRun(request);
}

void OverviewPage::discard(const std::string& sync, const std::string& plan)
{
    m_session.ask(
        this,
        [sync, plan](service::Workspace& workspace, const StopToken&) {
            return workspace.discardPlan(sync, plan);
        },
        [this](Result<void> done) {
            if (!done)
                return m_message->showMessage(messageOf(done.error()));
            say(tr("The plan is discarded; the next run plans anew."));
            m_session.refreshStatus();
        });
}

void OverviewPage::showRecord(const std::string& sync, const service::FailedRecord& record,
                              const std::string& outcome)
{
    m_session.wishRecord(
        {sync, record.run, record.run.empty() ? std::string() : outcome, record.keyText});
    Q_EMIT pageWanted({PageKind::Runs, {}});
}

void OverviewPage::lookForLive()
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
            takeLive(*std::move(runs));
        });
}

void OverviewPage::takeLive(std::vector<service::LiveRun> runs)
{
    runs.erase(std::remove_if(runs.begin(), runs.end(),
                              [this](const service::LiveRun& run) {
                                  return run.row.pid == QCoreApplication::applicationPid() &&
                                         m_session.isRunning(run.sync);
                              }),
               runs.end());
    m_live->setRuns(runs);
    std::vector<std::string> ids;
    for (const service::LiveRun& run : runs)
        ids.push_back(run.row.id);
    if (ids == m_liveIds)
        return;
    m_liveIds = std::move(ids);
    m_session.refreshStatus();
}

void OverviewPage::cancelRun(const std::string& run)
{
    m_session.ask(
        this,
        [run](service::Workspace& workspace, const StopToken&) { return workspace.cancelRun(run); },
        [this](Result<void> asked) {
            if (!asked)
                return m_message->showMessage(messageOf(asked.error()));
            say(tr("The run was asked to stop. It waits for what is on its way; cancel again to "
                   "leave that in doubt."));
        });
}

void OverviewPage::say(const QString& sentence)
{
    m_message->showMessage({Tone::Info, sentence, {}, {}, {}});
}

} // namespace headgate::ui
