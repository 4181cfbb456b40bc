// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/schema.h"
#include "warehouse/odbc_api.h"
#include "warehouse/postgres_type.h"
#include "warehouse/warehouse_spec.h"

#include <optional>
#include <vector>

namespace headgate::warehouse {

/// In which form a driver is asked for a cell: the one that loses nothing.
enum class OdbcForm
{
    Narrow, ///< text that is ASCII: numbers, dates
    Wide,   ///< text
    Binary,
    Double,
    Single,
    Bit
};

struct OdbcColumn
{
    data::Column column;
    OdbcForm form = OdbcForm::Wide;
    /// The server's own text of a PostgreSQL type.
    std::optional<PostgresType> postgres;
};

/// The columns of a prepared or executed statement; empty if the driver fails to tell.
[[nodiscard]] std::optional<std::vector<OdbcColumn>>
describeOdbcColumns(SQLHSTMT statement, const std::map<std::string, data::ValueKind>& types);

/// Kind and form of a column by the driver's type and the name of the server's.
[[nodiscard]] OdbcColumn odbcColumn(SQLSMALLINT type, const std::string& typeName,
                                    const std::map<std::string, data::ValueKind>& types);

[[nodiscard]] SQLSMALLINT odbcCType(OdbcForm form);

/// One cell in canonical form. `bytes` is what the driver gave in the column's form.
[[nodiscard]] data::ValueKind appendOdbcCell(std::string& out, const OdbcColumn& column,
                                             std::string_view bytes);

} // namespace headgate::warehouse
