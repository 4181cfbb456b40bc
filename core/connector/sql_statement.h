// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sql_session.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace headgate::connector {

/// Statements on one table. Names are quoted, values are parameters in the order of the columns.
class SqlStatements
{
public:
    using Columns = std::vector<std::string>;

    /// Upsert and update leave a column of `fillOnly` as it is unless it is null or an empty text.
    SqlStatements(SqlDialect dialect, const SqlTable& table, Columns fillOnly = {})
        : m_dialect(dialect), m_table(table), m_fillOnly(std::move(fillOnly))
    {}

    [[nodiscard]] std::string insert(const Columns& columns, std::size_t rows) const;
    /// Rows whose `match` is there are changed instead.
    [[nodiscard]] std::string upsert(const Columns& columns, std::size_t rows,
                                     const std::string& match) const;
    /// The last parameter is the match value. Without columns it changes nothing but finds rows.
    [[nodiscard]] std::string update(const Columns& columns, const std::string& match) const;
    [[nodiscard]] std::string remove(std::size_t rows, const std::string& match) const;
    /// One row if there is one.
    [[nodiscard]] std::string find(const std::string& match) const;

    /// How many rows of so many columns one statement may hold.
    [[nodiscard]] std::size_t rowLimit(std::size_t columns) const;

private:
    [[nodiscard]] std::string name(const std::string& identifier) const;
    [[nodiscard]] std::string table() const;
    [[nodiscard]] std::string parameter(std::size_t number) const;
    [[nodiscard]] std::string assignments(const Columns& columns, const std::string& match) const;
    [[nodiscard]] std::string assignment(const std::string& column, const std::string& value) const;

    SqlDialect m_dialect;
    const SqlTable& m_table;
    Columns m_fillOnly;
};

/// Quoted for the dialect, whatever it holds.
[[nodiscard]] std::string quotedIdentifier(SqlDialect dialect, const std::string& identifier);

} // namespace headgate::connector
