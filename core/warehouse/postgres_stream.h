// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/postgres_connection.h"

namespace headgate::warehouse {

/// The rows of a query that was sent in single-row mode.
class PostgresStream final : public data::RowStream
{
public:
    PostgresStream(PostgresConnection& connection, std::string statement, data::Schema schema,
                   std::vector<PostgresType> types, BoundSql sql, std::string typed,
                   std::uint64_t rowLimit);
    ~PostgresStream() override;
    PostgresStream(const PostgresStream&) = delete;
    PostgresStream& operator=(const PostgresStream&) = delete;

    const data::Schema& schema() const override { return m_schema; }
    Result<data::ReadStep> read(data::RowBlock& block) override;

private:
    void append(data::RowBlock& block, const PGresult* row) const;
    [[nodiscard]] Result<data::ReadStep> end(bool whole);

    PostgresConnection& m_connection;
    std::string m_statement;
    data::Schema m_schema;
    std::vector<PostgresType> m_types;
    BoundSql m_sql;
    std::string m_typed;
    std::uint64_t m_left;
    bool m_ended = false;
};

} // namespace headgate::warehouse
