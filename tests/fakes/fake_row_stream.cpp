// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_row_stream.h"

namespace headgate::fakes {

FakeRowStream::FakeRowStream(data::Schema schema, Rows rows, std::size_t blockRows,
                             std::optional<Error> error)
    : m_schema(std::move(schema)), m_rows(std::move(rows)), m_blockRows(blockRows),
      m_error(std::move(error))
{}

Result<data::ReadStep> FakeRowStream::read(data::RowBlock& block)
{
    block.reset(m_schema.columns.size());
    for (std::size_t i = 0; i < m_blockRows && m_next < m_rows.size(); ++i)
        for (const data::Value& cell : m_rows[m_next++])
            block.append(cell.view());
    if (m_next < m_rows.size())
        return data::ReadStep::More;
    if (m_error)
        return Failure(*m_error);
    return data::ReadStep::Done;
}

} // namespace headgate::fakes
