// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "widgets/row_set.h"

namespace headgate::ui {

enum class RowFormat
{
    Csv,      ///< RFC 4180: UTF-8, CR LF, a header; NULL is empty
    Json,     ///< one array, an object a row
    JsonLines ///< an object a line
};

[[nodiscard]] const char* fileEnding(RowFormat format);

struct RowExport
{
    std::shared_ptr<const RowSet> rows;
    std::vector<std::uint32_t> order;   ///< numbers of the rows, as they are to be written
    std::vector<std::uint32_t> columns; ///< numbers of the columns, the same
    RowFormat format = RowFormat::Csv;
    QString file;
};

/// Writes into a file beside it, which takes its place when it is whole: how
/// many rows. Digits are those of the warehouse. Error: State "export.write",
/// Cancelled.
[[nodiscard]] Result<std::uint64_t> exportRows(const RowExport& what, const StopToken& stop);

} // namespace headgate::ui
