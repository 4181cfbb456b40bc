// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/live_runs.h"

#include "base/text.h"
#include "session/live_run_text.h"
#include "theme/button_kind.h"
#include "widgets/card.h"
#include "widgets/verdict.h"

#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

LiveRuns::LiveRuns(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(grid::gap + grid::unit);
    hide();
}

LiveRuns::Row LiveRuns::makeRow(const std::string& run)
{
    Row row;
    row.card = new Card;
    row.verdict = new Verdict;
    setButtonKind(row.verdict->button(), ButtonKind::Secondary);
    row.card->body()->addWidget(row.verdict);
    connect(row.verdict, &Verdict::actionTriggered, this,
            [this, run] { Q_EMIT cancelWanted(run); });
    m_layout->addWidget(row.card);
    return row;
}

void LiveRuns::setRuns(const std::vector<service::LiveRun>& runs)
{
    for (auto row = m_rows.begin(); row != m_rows.end();) {
        const bool goesOn = std::any_of(runs.begin(), runs.end(), [&](const service::LiveRun& run) {
            return run.row.id == row->first;
        });
        if (goesOn) {
            ++row;
            continue;
        }
        row->second.card->deleteLater();
        row = m_rows.erase(row);
    }
    for (const service::LiveRun& run : runs) {
        if (!m_rows.contains(run.row.id))
            m_rows[run.row.id] = makeRow(run.row.id);
        const Row& row = m_rows[run.row.id];
        const QString name = toQString(run.row.syncName);
        row.verdict->setVerdict(Tone::Info,
                                tr("%1 runs in another program. %2").arg(name, liveRunText(run)),
                                liveRunPlace(run));
        row.verdict->setAction(tr("Cancel"));
        row.verdict->button()->setAccessibleName(tr("Cancel the run of %1").arg(name));
    }
    setVisible(!runs.empty());
}

} // namespace headgate::ui
