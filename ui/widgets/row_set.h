// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"
#include "data/row_block.h"
#include "data/schema.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace headgate::ui {

/// Rows that do not change any more: made once, then read by any thread. Shared, so that a worker
/// may go on with rows that the window no longer shows.
class RowSet
{
public:
    RowSet() = default;
    RowSet(data::Schema schema, std::vector<data::RowBlock> blocks);

    [[nodiscard]] const data::Schema& schema() const { return m_schema; }
    [[nodiscard]] std::size_t rowCount() const { return m_rowCount; }
    [[nodiscard]] std::size_t columnCount() const { return m_schema.columns.size(); }
    [[nodiscard]] data::ValueView at(std::size_t row, std::size_t column) const;

private:
    data::Schema m_schema;
    std::vector<data::RowBlock> m_blocks;
    std::vector<std::size_t> m_firsts; ///< number of each block's first row
    std::size_t m_rowCount = 0;
};

/// Which rows are shown, and in which order.
struct RowQuery
{
    std::optional<std::size_t> sortColumn; ///< none: as read
    bool descending = false;               ///< nulls are last either way
    std::string filter; ///< in any column; letters of ASCII match in either case. Empty: all

    bool operator==(const RowQuery&) const = default;
};

/// Numbers of the rows that fit, in order; equal ones as they were read. Nothing: it was stopped.
[[nodiscard]] std::optional<std::vector<std::uint32_t>>
orderRows(const RowSet& rows, const RowQuery& query, const StopToken& stop);

} // namespace headgate::ui
