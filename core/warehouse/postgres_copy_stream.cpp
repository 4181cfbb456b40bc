// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_copy_stream.h"

#include "base/text.h"

namespace headgate::warehouse {

PostgresCopyStream::PostgresCopyStream(PostgresConnection& connection, std::string statement,
                                       data::Schema schema, std::vector<PostgresType> types,
                                       BoundSql sql, std::string typed)
    : m_connection(connection), m_statement(std::move(statement)), m_schema(std::move(schema)),
      m_types(std::move(types)), m_sql(std::move(sql)), m_typed(std::move(typed))
{}

PostgresCopyStream::~PostgresCopyStream()
{
    if (!m_ended)
        (void)m_connection.finishQuery(m_statement, false);
}

Result<data::ReadStep> PostgresCopyStream::read(data::RowBlock& block)
{
    block.reset(m_types.size());
    if (!m_begun)
        HEADGATE_TRY(begin());
    while (!block.isFull()) {
        char* line = nullptr;
        const int size = PQgetCopyData(m_connection.handle(), &line, 0);
        const PostgresMemory owner(line);
        if (size == -1)
            return end();
        if (size < 0)
            return broken(m_connection.failure(nullptr));
        if (!m_row.append({line, static_cast<std::size_t>(size)}, m_types, block))
            return broken(fail(ErrorKind::Source, "source.row.damaged",
                               Text::tr("The server sent a row that does not have the columns of "
                                        "the query. Read again; if it stays so, what stands "
                                        "between here and the server changes the data.")));
    }
    return data::ReadStep::More;
}

/// Waits for what the server says first, which may take as long as the first row does.
Result<void> PostgresCopyStream::begin()
{
    const PostgresResult result(PQgetResult(m_connection.handle()));
    if (!result || PQresultStatus(result.get()) != PGRES_COPY_OUT)
        return broken(m_connection.failure(result.get(), &m_sql, m_typed));
    m_begun = true;
    return {};
}

/// The server says only behind the last row whether the rows were all there are.
Result<data::ReadStep> PostgresCopyStream::end()
{
    const PostgresResult result(PQgetResult(m_connection.handle()));
    if (!result || PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        return broken(m_connection.failure(result.get(), &m_sql, m_typed));
    m_ended = true;
    HEADGATE_TRY(m_connection.finishQuery(m_statement, true));
    return data::ReadStep::Done;
}

Failure PostgresCopyStream::broken(Failure failure)
{
    m_ended = true;
    (void)m_connection.finishQuery(m_statement, false);
    return failure;
}

} // namespace headgate::warehouse
