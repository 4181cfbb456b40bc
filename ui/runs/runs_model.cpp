// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/runs_model.h"

#include "base/text.h"
#include "data/json_members.h"
#include "theme/icon.h"
#include "widgets/count_text.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

namespace headgate::ui {

namespace {

QString count(const std::map<std::string, std::uint64_t>& counts, const char* name)
{
    const auto found = counts.find(name);
    return countText(found == counts.end() ? 0 : found->second);
}

QString tookText(const state::RunRow& run)
{
    if (!run.ended)
        return {};
    return RunsModel::tr("%1 s").arg(
        QLocale().toString(static_cast<double>((*run.ended - run.started).count()) / 1000, 'f', 1));
}

Tone toneOf(state::RunState state)
{
    switch (state) {
    case state::RunState::Running:
        return Tone::Info;
    case state::RunState::Succeeded:
        return Tone::Success;
    case state::RunState::Partial:
    case state::RunState::Failed:
        return Tone::Error;
    case state::RunState::Stopped:
    case state::RunState::Interrupted:
        return Tone::Warning;
    case state::RunState::Cancelled:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

} // namespace

QString runKindText(const std::string& kind)
{
    if (kind == "run")
        return RunsModel::tr("Run");
    if (kind == "dry_run")
        return RunsModel::tr("Dry run");
    if (kind == "limit")
        return RunsModel::tr("First records");
    if (kind == "push")
        return RunsModel::tr("Chosen records");
    if (kind == "baseline")
        return RunsModel::tr("Baseline");
    if (kind == "retry")
        return RunsModel::tr("Retry");
    return toQString(kind);
}

QString runTimeText(const state::RunRow& run)
{
    return QLocale().toString(
        QDateTime::fromMSecsSinceEpoch(run.started.time_since_epoch().count()),
        QLocale::ShortFormat);
}

std::map<std::string, std::uint64_t> countsOf(const state::RunRow& run)
{
    using Members = std::vector<data::JsonMember>;
    std::map<std::string, std::uint64_t> counts = run.counts;
    const auto planned = data::jsonAt(run.reportJson, "/planned");
    if (!planned)
        return counts;
    for (const data::JsonMember& member : data::jsonMembers(*planned).value_or(Members()))
        counts[std::string(member.name)] = toQString(data::jsonText(member.value)).toULongLong();
    // Later runs settle what this one left in doubt: its counters move, its report does not.
    std::uint64_t open = 0;
    for (const char* category : {"added", "changed", "rekeyed", "retried", "removed"})
        open += counts[category];
    for (const char* outcome : {"successful", "unconfirmed", "rejected", "in_doubt", "skipped"})
        open -= std::min(open, counts[outcome]);
    if (run.status != state::RunState::Stopped && run.status != state::RunState::Running)
        counts["pending"] = open;
    return counts;
}

QString runStateText(state::RunState state)
{
    switch (state) {
    case state::RunState::Running:
        return RunsModel::tr("Running");
    case state::RunState::Succeeded:
        return RunsModel::tr("Succeeded");
    case state::RunState::Partial:
        return RunsModel::tr("Partial");
    case state::RunState::Failed:
        return RunsModel::tr("Failed");
    case state::RunState::Stopped:
        return RunsModel::tr("Stopped by a gate");
    case state::RunState::Cancelled:
        return RunsModel::tr("Cancelled");
    case state::RunState::Interrupted:
        return RunsModel::tr("Interrupted");
    }
    return {};
}

void RunsModel::setRuns(std::vector<state::RunRow> runs, bool complete)
{
    beginResetModel();
    std::stable_sort(runs.begin(), runs.end(), [](const state::RunRow& a, const state::RunRow& b) {
        return a.started > b.started;
    });
    m_lines.clear();
    for (state::RunRow& run : runs) {
        auto counts = countsOf(run);
        m_lines.push_back({std::move(run), std::move(counts), {}});
    }
    m_complete = complete;
    m_asked = false;
    endResetModel();
}

void RunsModel::append(std::vector<state::RunRow> runs, bool complete)
{
    m_complete = complete;
    m_asked = false;
    if (runs.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(runs.size()) - 1);
    for (state::RunRow& run : runs) {
        auto counts = countsOf(run);
        m_lines.push_back({std::move(run), std::move(counts), {}});
    }
    endInsertRows();
}

void RunsModel::setProgress(const std::string& run, const QString& text)
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        if (m_lines[i].run.id == run && m_lines[i].progress != text) {
            m_lines[i].progress = text;
            const QModelIndex cell = index(static_cast<int>(i), State);
            Q_EMIT dataChanged(cell, cell);
        }
}

bool RunsModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_complete && !m_asked;
}

void RunsModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_asked = true;
    Q_EMIT moreWanted();
}

const state::RunRow* RunsModel::run(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_lines.size()
               ? &m_lines[static_cast<std::size_t>(row)].run
               : nullptr;
}

bool RunsModel::has(const std::string& run) const
{
    return std::any_of(m_lines.begin(), m_lines.end(),
                       [&](const Line& line) { return line.run.id == run; });
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    const state::RunRow* const each = index.isValid() ? run(index.row()) : nullptr;
    if (each == nullptr)
        return {};
    const auto& counts = m_lines[static_cast<std::size_t>(index.row())].counts;
    if (role == Qt::TextAlignmentRole && index.column() >= Read)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::DecorationRole && index.column() == State)
        return themeIcon(toneOf(each->status));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case Started:
        return runTimeText(*each);
    case Sync:
        return toQString(each->syncName);
    case Kind:
        return runKindText(each->kind);
    case State: {
        const QString& progress = m_lines[static_cast<std::size_t>(index.row())].progress;
        return each->status == state::RunState::Running && !progress.isEmpty()
                   ? progress
                   : runStateText(each->status);
    }
    case Read:
        return count(counts, "read");
    case Successful:
        return count(counts, "successful");
    case Rejected:
        return count(counts, "rejected");
    case Took:
        return tookText(*each);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section >= Read)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Started:
        return tr("Started");
    case Sync:
        return tr("Sync");
    case Kind:
        return tr("Kind");
    case State:
        return tr("State");
    case Read:
        return tr("Read");
    case Successful:
        return tr("Successful");
    case Rejected:
        return tr("Rejected");
    case Took:
        return tr("Took");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace headgate::ui
