// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "connector/sql_session.h"

#include <string>
#include <string_view>
#include <vector>

namespace headgate::connector {

/// A record as columns and values of a table.
struct SqlRow
{
    std::vector<std::string> columns; ///< the match column first, if there is one
    std::vector<SqlValue> values;
};

/// Why a record cannot become a row.
using SqlRowResult = tl::expected<SqlRow, RecordOutcome>;

/// One value of a payload, as the column takes it: numbers with their digits, lists and objects as
/// JSON, base64 decoded for columns of bytes, times without the zone that MySQL does not read.
[[nodiscard]] tl::expected<SqlValue, RecordOutcome>
sqlValueOf(SqlDialect dialect, const SqlColumn& column, std::string_view json);

/// The payload's members as columns; `matchColumn` (may be empty) has `match` as its value, also
/// where the payload has such a member. Refused: members that are no column or cannot be written.
[[nodiscard]] SqlRowResult sqlRowOf(SqlDialect dialect, const SqlTable& table,
                                    std::string_view payload, const std::string& matchColumn,
                                    data::ValueView match);

} // namespace headgate::connector
