// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_stream.h"

#include <limits>

namespace headgate::warehouse {

PostgresStream::PostgresStream(PostgresConnection& connection, std::string statement,
                               data::Schema schema, std::vector<PostgresType> types, BoundSql sql,
                               std::string typed, std::uint64_t rowLimit)
    : m_connection(connection), m_statement(std::move(statement)), m_schema(std::move(schema)),
      m_types(std::move(types)), m_sql(std::move(sql)), m_typed(std::move(typed)),
      m_left(rowLimit == 0 ? std::numeric_limits<std::uint64_t>::max() : rowLimit)
{}

PostgresStream::~PostgresStream()
{
    if (!m_ended)
        (void)m_connection.finishQuery(m_statement, false);
}

Result<data::ReadStep> PostgresStream::read(data::RowBlock& block)
{
    block.reset(m_types.size());
    while (!block.isFull()) {
        const PostgresResult result(PQgetResult(m_connection.handle()));
        const ExecStatusType status = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
        if (status == PGRES_SINGLE_TUPLE) {
            if (m_left == 0)
                return end(false);
            append(block, result.get());
            --m_left;
            continue;
        }
        if (status == PGRES_TUPLES_OK)
            return end(true);
        Failure failure = m_connection.failure(result.get(), &m_sql, m_typed);
        m_ended = true;
        (void)m_connection.finishQuery(m_statement, false);
        return failure;
    }
    return data::ReadStep::More;
}

Result<data::ReadStep> PostgresStream::end(bool whole)
{
    m_ended = true;
    HEADGATE_TRY(m_connection.finishQuery(m_statement, whole));
    return data::ReadStep::Done;
}

void PostgresStream::append(data::RowBlock& block, const PGresult* row) const
{
    for (std::size_t i = 0; i < m_types.size(); ++i) {
        const int column = static_cast<int>(i);
        if (PQgetisnull(row, 0, column) != 0) {
            block.appendNull();
            continue;
        }
        const std::string_view text(PQgetvalue(row, 0, column),
                                    static_cast<std::size_t>(PQgetlength(row, 0, column)));
        const std::size_t begin = block.bytes().size();
        block.closeCell(m_types[i].append(block.bytes(), text), begin);
    }
}

} // namespace headgate::warehouse
