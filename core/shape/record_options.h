// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_stream.h"
#include "shape/condition.h"
#include "shape/shape_program.h"

#include <functional>
#include <memory>
#include <string>

namespace headgate::shape {

/// Opens the rows of one model when their turn comes: a connection reads one result at a time. The
/// stream's columns must be those of the schema that the shape was compiled against.
using OpenRows = std::function<Result<std::unique_ptr<data::RowStream>>()>;

/// What makes records of rows, besides the shape. Columns are of the main model.
struct RecordOptions
{
    std::shared_ptr<const ShapeProgram> shape; ///< with models, row key and record key
    /// The match value's column, or the leaf that it is the value of (one of leafPaths). Not both;
    /// neither: the record key's text.
    std::string matchColumn;
    std::string matchLeaf;
    Condition filter; ///< a record none of whose rows it holds for is filtered
    std::string eventTime;
    std::string cursor;
    /// Source rows as JSON for the history: rows are added while they fit into rowsBytes.
    bool keepRows = false;
    std::size_t rowsBytes = 64 << 10;
    std::uint64_t mostRows = 100'000; ///< of a record, related rows included
    std::uint64_t mostBytes = 32 << 20;
    std::string temporaryDirectory;
    /// For rows being grouped; at least 8 MiB. One record of mostBytes may take more.
    std::uint64_t memoryBudget = 32 << 20;
};

} // namespace headgate::shape
