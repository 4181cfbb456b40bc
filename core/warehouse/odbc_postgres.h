// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/postgres_type.h"
#include "warehouse/sql_text.h"

#include <vector>

namespace headgate::warehouse {

/// psqlODBC reads dates into its own structure: infinity becomes the year 9999, years before Christ
/// lose their sign, JSON and arrays lose their type. So PostgreSQL is asked for the types, and for
/// the text of every cell. Besides, the driver streams only what it takes for a SELECT, which a
/// query that begins with a comment is not.

/// Whether a statement can stand in parentheses after FROM.
[[nodiscard]] bool canBeSubquery(const SqlText& sql);
/// One row: the type number of each column. The statement itself is not run.
[[nodiscard]] BoundSql odbcPostgresTypes(const SqlText& sql, std::size_t columns);
/// Every cell as PostgreSQL prints it; rowLimit 0: all rows.
[[nodiscard]] BoundSql odbcPostgresExact(const SqlText& sql, const std::vector<PostgresOid>& oids,
                                         std::uint64_t rowLimit);

} // namespace headgate::warehouse
