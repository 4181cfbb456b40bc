// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/postgres_connection.h"
#include "warehouse/postgres_copy_row.h"

namespace headgate::warehouse {

/// The rows of a query that was sent as COPY (query) TO STDOUT, in text format: one message is one
/// row, where libpq's single-row mode makes a result of each at three times the price.
class PostgresCopyStream final : public data::RowStream
{
public:
    /// `statement` is the prepared one that the query was described by; dropped at the end.
    PostgresCopyStream(PostgresConnection& connection, std::string statement, data::Schema schema,
                       std::vector<PostgresType> types, BoundSql sql, std::string typed);
    ~PostgresCopyStream() override;
    PostgresCopyStream(const PostgresCopyStream&) = delete;
    PostgresCopyStream& operator=(const PostgresCopyStream&) = delete;

    const data::Schema& schema() const override { return m_schema; }
    Result<data::ReadStep> read(data::RowBlock& block) override;

private:
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<data::ReadStep> end();
    [[nodiscard]] Failure broken(Failure failure);

    PostgresConnection& m_connection;
    std::string m_statement;
    data::Schema m_schema;
    std::vector<PostgresType> m_types;
    BoundSql m_sql;
    std::string m_typed;
    PostgresCopyRow m_row;
    bool m_begun = false;
    bool m_ended = false;
};

} // namespace headgate::warehouse
