// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/records_model.h"

#include "base/text.h"
#include "theme/icon.h"

namespace headgate::ui {

namespace {

QString changeText(const std::string& category)
{
    if (category == "added")
        return RecordsModel::tr("Added");
    if (category == "changed")
        return RecordsModel::tr("Changed");
    if (category == "rekeyed")
        return RecordsModel::tr("Re-keyed");
    if (category == "retried")
        return RecordsModel::tr("Retried");
    if (category == "removed")
        return RecordsModel::tr("Removed");
    if (category == "invalid")
        return RecordsModel::tr("Not sent");
    return toQString(category);
}

QString whyText(const state::HistoryRow& row)
{
    const QString message = toQString(row.message).simplified();
    const QString code = toQString(row.code);
    return message.isEmpty() ? code : message;
}

} // namespace

QString outcomeText(const std::string& outcome)
{
    if (outcome == "successful")
        return RecordsModel::tr("Successful");
    if (outcome == "unconfirmed")
        return RecordsModel::tr("Unconfirmed");
    if (outcome == "rejected")
        return RecordsModel::tr("Rejected");
    if (outcome == "in_doubt")
        return RecordsModel::tr("In doubt");
    if (outcome == "skipped")
        return RecordsModel::tr("Skipped");
    if (outcome == "pending")
        return RecordsModel::tr("Pending");
    if (outcome == "invalid")
        return RecordsModel::tr("Invalid");
    return toQString(outcome);
}

Tone outcomeTone(const std::string& outcome)
{
    if (outcome == "successful" || outcome == "unconfirmed")
        return Tone::Success;
    if (outcome == "rejected" || outcome == "invalid")
        return Tone::Error;
    if (outcome == "pending")
        return Tone::Info;
    return outcome == "in_doubt" ? Tone::Warning : Tone::Neutral;
}

void RecordsModel::clear()
{
    beginResetModel();
    m_records.clear();
    m_next.clear();
    m_asked = false;
    endResetModel();
}

void RecordsModel::append(service::RecordPage page)
{
    m_asked = false;
    m_next = std::move(page.next);
    if (page.records.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(page.records.size()) - 1);
    std::move(page.records.begin(), page.records.end(), std::back_inserter(m_records));
    endInsertRows();
}

const service::RunRecord* RecordsModel::record(int row) const
{
    return row >= 0 && row < rowCount() ? &m_records[static_cast<std::size_t>(row)] : nullptr;
}

int RecordsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

int RecordsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecordsModel::data(const QModelIndex& index, int role) const
{
    const service::RunRecord* const each = index.isValid() ? record(index.row()) : nullptr;
    if (each == nullptr)
        return {};
    const state::HistoryRow& row = each->row;
    if (role == Qt::DecorationRole && index.column() == Key)
        return themeIcon(outcomeTone(row.outcome));
    if (role == Qt::ToolTipRole && index.column() == Reason)
        return toQString(row.message);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case Key:
        return row.keyText.empty() ? toQString(row.keyHash.hex()) : toQString(row.keyText);
    case Outcome:
        return outcomeText(row.outcome);
    case Change:
        return changeText(row.category);
    case Reason:
        return whyText(row);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RecordsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Key:
        return tr("Key");
    case Outcome:
        return tr("Outcome");
    case Change:
        return tr("Change");
    case Reason:
        return tr("Why");
    case ColumnCount:
        break;
    }
    return {};
}

bool RecordsModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_next.empty() && !m_asked;
}

void RecordsModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_asked = true;
    Q_EMIT moreWanted();
}

} // namespace headgate::ui
