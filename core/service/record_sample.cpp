// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/record_sample.h"

#include "base/text.h"
#include "data/canonical_key.h"

#include <algorithm>
#include <unordered_map>

namespace headgate::service {

namespace {

using RowsByKey = std::unordered_map<std::string, std::vector<std::uint32_t>>;

RowsByKey rowsByKey(const data::RowBlock& block, const std::vector<std::size_t>& columns)
{
    RowsByKey rows;
    for (std::size_t row = 0; row < block.rowCount(); ++row)
        if (std::string key = canonicalAt(block, row, columns); !key.empty())
            rows[std::move(key)].push_back(static_cast<std::uint32_t>(row));
    return rows;
}

std::string keyTextAt(const data::RowBlock& block, std::size_t row,
                      const std::vector<std::size_t>& columns)
{
    std::vector<data::ValueView> cells;
    for (const std::size_t column : columns)
        cells.push_back(block.at(row, column));
    return data::keyText(cells);
}

Result<void> joinRelated(RecordSample& sample, std::size_t index)
{
    const shape::RelatedModel& model = sample.models.related[index];
    const auto mainColumns = positionsOf(model.mainColumns, sample.models.main);
    if (!mainColumns)
        return Failure(mainColumns.error());
    const auto columns = positionsOf(model.columns, model.schema);
    if (!columns)
        return Failure(columns.error());
    const RowsByKey known = rowsByKey(sample.related[index], *columns);
    for (RecordSample::Record& record : sample.records) {
        auto& rows = record.related.emplace_back();
        for (const std::uint32_t row : record.rows) {
            const auto found = known.find(canonicalAt(sample.main, row, *mainColumns));
            if (found != known.end())
                rows.insert(rows.end(), found->second.begin(), found->second.end());
        }
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    }
    return {};
}

bool rowKeyHoldsRecordKey(const shape::ShapeModels& models)
{
    return std::all_of(models.recordKey.begin(), models.recordKey.end(),
                       [&](const std::string& column) {
                           return std::find(models.rowKey.begin(), models.rowKey.end(), column) !=
                                  models.rowKey.end();
                       });
}

/// Marks none for a row key that the model does not have: whoever shapes records says so.
void markShared(RecordSample& sample)
{
    const auto columns = positionsOf(sample.models.rowKey, sample.models.main);
    if (!columns || rowKeyHoldsRecordKey(sample.models))
        return;
    std::unordered_map<std::string, RecordSample::Record*> owners;
    for (RecordSample::Record& record : sample.records)
        for (const std::uint32_t row : record.rows) {
            std::string key = canonicalAt(sample.main, row, *columns);
            if (key.empty())
                continue;
            RecordSample::Record* const owner =
                owners.emplace(std::move(key), &record).first->second;
            if (owner != &record)
                owner->sharesRowKey = record.sharesRowKey = true;
        }
}

} // namespace

Result<std::vector<std::size_t>> positionsOf(const std::vector<std::string>& columns,
                                             const data::Schema& schema)
{
    std::vector<std::size_t> positions;
    for (const std::string& column : columns) {
        const auto position = schema.indexOf(column);
        if (!position)
            return fail(ErrorKind::Config, "sample.column",
                        Text::tr("A key or join names the column “%1”, which the model does not "
                                 "have.")
                            .arg(toQString(column)));
        positions.push_back(*position);
    }
    return positions;
}

std::string canonicalAt(const data::RowBlock& block, std::size_t row,
                        const std::vector<std::size_t>& columns)
{
    std::string key;
    for (const std::size_t column : columns)
        if (!data::appendCanonical(key, block.at(row, column)))
            return {};
    return key;
}

void appendRow(data::RowBlock& to, const data::RowBlock& from, std::size_t row)
{
    for (std::size_t column = 0; column < from.columnCount(); ++column)
        to.append(from.at(row, column));
}

Result<void> groupRecords(RecordSample& sample)
{
    if (sample.models.recordKey.empty())
        return fail(ErrorKind::Config, "sample.record_key",
                    Text::tr("Nothing says which rows are one record: name the columns that tell "
                             "records apart."));
    const auto columns = positionsOf(sample.models.recordKey, sample.models.main);
    if (!columns)
        return Failure(columns.error());
    sample.records.clear();
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t row = 0; row < sample.main.rowCount(); ++row) {
        std::string key = canonicalAt(sample.main, row, *columns);
        const auto found = known.find(key);
        if (found != known.end()) {
            sample.records[found->second].rows.push_back(static_cast<std::uint32_t>(row));
            continue;
        }
        if (!key.empty())
            known.emplace(key, sample.records.size());
        sample.records.push_back({std::move(key),
                                  keyTextAt(sample.main, row, *columns),
                                  {static_cast<std::uint32_t>(row)},
                                  {}});
    }
    for (std::size_t i = 0; i < sample.related.size(); ++i)
        HEADGATE_TRY(joinRelated(sample, i));
    markShared(sample);
    return {};
}

Result<std::shared_ptr<const RecordSample>> regrouped(const RecordSample& sample,
                                                      std::vector<std::string> recordKey)
{
    auto other = std::make_shared<RecordSample>(sample);
    const auto& before = sample.models.recordKey;
    const bool finer = std::all_of(before.begin(), before.end(), [&](const std::string& column) {
        return std::find(recordKey.begin(), recordKey.end(), column) != recordKey.end();
    });
    other->wholeRecords = sample.wholeRecords && (sample.complete || finer);
    other->models.recordKey = std::move(recordKey);
    HEADGATE_TRY(groupRecords(*other));
    return std::shared_ptr<const RecordSample>(std::move(other));
}

} // namespace headgate::service
