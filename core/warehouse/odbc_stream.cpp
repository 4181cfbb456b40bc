// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_stream.h"

#include <limits>

namespace headgate::warehouse {

OdbcStream::OdbcStream(OdbcConnection& connection, OdbcQuery query, std::uint64_t rowLimit)
    : m_connection(connection), m_query(std::move(query)),
      m_left(rowLimit == 0 ? std::numeric_limits<std::uint64_t>::max() : rowLimit)
{
    for (const OdbcColumn& column : m_query.columns)
        m_schema.columns.push_back(column.column);
}

OdbcStream::~OdbcStream()
{
    if (m_query.statement)
        m_connection.finishQuery(std::move(m_query.statement));
}

Result<data::ReadStep> OdbcStream::read(data::RowBlock& block)
{
    block.reset(m_query.columns.size());
    while (!block.isFull()) {
        if (m_left == 0)
            return end();
        const SQLRETURN answer = m_connection.fetch(m_query.statement.handle());
        // A driver that has the rows already does not notice a cancel.
        if (m_connection.cancelRequested())
            return broken();
        if (answer == SQL_NO_DATA)
            return end();
        if (!SQL_SUCCEEDED(answer) || !append(block))
            return broken();
        --m_left;
    }
    return data::ReadStep::More;
}

bool OdbcStream::append(data::RowBlock& block)
{
    for (std::size_t i = 0; i < m_query.columns.size(); ++i) {
        const OdbcColumn& column = m_query.columns[i];
        switch (m_cell.read(m_query.statement.handle(), static_cast<SQLUSMALLINT>(i + 1),
                            column.form)) {
        case OdbcCell::State::Value: {
            const std::size_t begin = block.bytes().size();
            block.closeCell(appendOdbcCell(block.bytes(), column, m_cell.bytes()), begin);
            break;
        }
        case OdbcCell::State::Null:
            block.appendNull();
            break;
        case OdbcCell::State::Failed:
            return false;
        }
    }
    return true;
}

Result<data::ReadStep> OdbcStream::end()
{
    m_connection.finishQuery(std::move(m_query.statement));
    return data::ReadStep::Done;
}

Failure OdbcStream::broken()
{
    Failure failure = m_connection.failure(m_query.statement.handle());
    m_connection.finishQuery(std::move(m_query.statement));
    return failure;
}

} // namespace headgate::warehouse
