// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_filters.h"

#include "base/text.h"
#include "runs/runs_model.h"
#include "theme/tokens.h"
#include "widgets/search_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <array>

namespace headgate::ui {

namespace {

QComboBox* filterBox(const QString& name, const QString& all)
{
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->addItem(all);
    return box;
}

} // namespace

RunFilters::RunFilters(QWidget* parent)
    : QWidget(parent), m_sync(filterBox(tr("Sync"), tr("All syncs"))),
      m_state(filterBox(tr("State"), tr("Any state"))),
      m_kind(filterBox(tr("Kind"), tr("Any kind"))),
      m_period(filterBox(tr("Period"), tr("Any time"))),
      m_text(new SearchField(tr("Run, error or reason")))
{
    using state::RunState;
    for (const RunState each :
         {RunState::Running, RunState::Succeeded, RunState::Partial, RunState::Failed,
          RunState::Stopped, RunState::Cancelled, RunState::Interrupted})
        m_state->addItem(runStateText(each), static_cast<int>(each));
    for (const char* kind : {"run", "limit", "push", "retry", "baseline"})
        m_kind->addItem(runKindText(kind), QLatin1String(kind));
    m_period->addItem(tr("Last 24 hours"), 24);
    m_period->addItem(tr("Last 7 days"), 24 * 7);
    m_period->addItem(tr("Last 30 days"), 24 * 30);
    m_text->setAccessibleName(tr("Search runs"));
    m_text->setMaximumWidth(260);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    layout->setSpacing(grid::gap);
    for (QComboBox* box : {m_sync, m_state, m_kind, m_period}) {
        layout->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, &RunFilters::changed);
    }
    layout->addStretch();
    layout->addWidget(m_text, 1);
    connect(m_text, &SearchField::searched, this, &RunFilters::changed);
}

void RunFilters::setSyncs(const std::vector<project::SyncDefinition>& syncs)
{
    const QVariant before = m_sync->currentData();
    const QSignalBlocker quiet(m_sync);
    while (m_sync->count() > 1)
        m_sync->removeItem(1);
    for (const project::SyncDefinition& sync : syncs)
        m_sync->addItem(toQString(sync.name), toQString(sync.slug));
    m_sync->setCurrentIndex(std::max(m_sync->findData(before), 0));
}

void RunFilters::setSync(const std::string& slug)
{
    m_sync->setCurrentIndex(slug.empty() ? 0 : std::max(m_sync->findData(toQString(slug)), 0));
}

state::RunFilter RunFilters::filter(WallTime now) const
{
    state::RunFilter filter;
    filter.syncId = m_sync->currentData().toString().toStdString();
    if (m_state->currentData().isValid())
        filter.status = static_cast<state::RunState>(m_state->currentData().toInt());
    filter.kind = m_kind->currentData().toString().toStdString();
    if (m_period->currentData().isValid())
        filter.since = now - std::chrono::hours(m_period->currentData().toInt());
    filter.text = m_text->text().trimmed().toStdString();
    return filter;
}

bool RunFilters::isEmpty() const
{
    return m_sync->currentIndex() == 0 && m_state->currentIndex() == 0 &&
           m_kind->currentIndex() == 0 && m_period->currentIndex() == 0 && m_text->text().isEmpty();
}

void RunFilters::clear()
{
    for (QComboBox* box : {m_sync, m_state, m_kind, m_period}) {
        const QSignalBlocker quiet(box);
        box->setCurrentIndex(0);
    }
    m_text->setSearched({});
    Q_EMIT changed();
}

} // namespace headgate::ui
