// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/row_block.h"
#include "shape/shape_models.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace headgate::service {

/// Rows of some records of a sync, for looking at. Immutable, shared between threads.
struct RecordSample
{
    struct Record
    {
        std::string key;                 ///< canonical bytes; empty where the row has no usable key
        std::string keyText;             ///< as people type it
        std::vector<std::uint32_t> rows; ///< positions in `main`
        std::vector<std::vector<std::uint32_t>> related; ///< per models.related, positions there
        bool sharesRowKey = false; ///< another record has a row of the same row key
    };

    shape::ShapeModels models; ///< as shapes see them: zones applied, the sync's record key
    data::RowBlock main;
    std::vector<data::RowBlock> related; ///< per models.related: rows that join main rows
    std::vector<Record> records;         ///< in the order of their first row as it was read
    bool complete = false;               ///< these are all records of the model
    bool wholeRecords = true; ///< false: a record may lack rows, after regrouped() of some records
    bool cutRows = false;     ///< records were left out because they have too many rows
};

/// Makes `records` of the rows by models.recordKey. Error: Config "sample.column"
/// for a key or join column that is not there, "sample.record_key" without one.
[[nodiscard]] Result<void> groupRecords(RecordSample& sample);

/// The same rows under another record key. Errors as of groupRecords().
[[nodiscard]] Result<std::shared_ptr<const RecordSample>>
regrouped(const RecordSample& sample, std::vector<std::string> recordKey);

/// Positions of columns, by addressable names. Error: Config "sample.column".
[[nodiscard]] Result<std::vector<std::size_t>> positionsOf(const std::vector<std::string>& columns,
                                                           const data::Schema& schema);
/// Canonical bytes of a key; empty if a value is NULL or Invalid.
[[nodiscard]] std::string canonicalAt(const data::RowBlock& block, std::size_t row,
                                      const std::vector<std::size_t>& columns);
void appendRow(data::RowBlock& to, const data::RowBlock& from, std::size_t row);

} // namespace headgate::service
