// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/overview_page.h"

#include "base/text.h"
#include "session/project_session.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/card.h"
#include "widgets/empty_state.h"
#include "widgets/verdict.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int widestColumn = 920;

} // namespace

OverviewPage::OverviewPage(ProjectSession& session, const Clock& clock, QWidget* parent)
    : Page({PageKind::Overview, {}}, parent), m_session(session), m_clock(clock),
      m_nothing(new EmptyState(Icon::Sync, tr("No sync yet"),
                               tr("A sync says what data goes where. Add one to this project.")))
{
    auto* content = new QWidget;
    content->setMaximumWidth(widestColumn);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(grid::page, grid::page, grid::page, grid::page);
    m_column->setSpacing(grid::gap + grid::unit);
    auto* heading = new QLabel(tr("Overview"));
    heading->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_column->addWidget(heading);
    m_column->addWidget(m_nothing);
    m_column->addStretch();

    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Syncs"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(&m_session, &ProjectSession::statusChanged, this, &OverviewPage::rebuild);
    connect(&m_session, &ProjectSession::runStarted, this, &OverviewPage::update);
    connect(&m_session, &ProjectSession::runFinished, this, &OverviewPage::update);
    rebuild();
}

QString OverviewPage::title() const
{
    return tr("Overview");
}

void OverviewPage::refresh()
{
    m_session.refreshStatus();
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

void OverviewPage::rebuild()
{
    for (const auto& [sync, row] : m_rows)
        row.card->deleteLater();
    m_rows.clear();
    for (const service::SyncStatus& status : m_session.status())
        m_rows[status.sync] = makeRow(status);
    m_nothing->setVisible(m_session.contents() && m_session.contents()->project.syncs.empty());
    update();
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
        const auto* definition = m_session.contents()->project.sync(status.sync);
        const bool shaped = definition && definition->shape && !definition->recordKey.empty();
        const SyncVerdict verdict =
            verdictOf(status, {shaped, m_session.isRunning(status.sync), m_clock.now()});
        found->second.action = verdict.action;
        found->second.verdict->setVerdict(verdict.tone, verdict.sentence, verdict.detail);
        found->second.verdict->setAction(actionText(verdict.action));
        order.push_back({verdict.urgency, found->second.card});
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const Placed& a, const Placed& b) { return a.urgency < b.urgency; });
    int at = 1;
    for (const Placed& placed : order)
        m_column->insertWidget(at++, placed.card);
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

} // namespace headgate::ui
