// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/mysql_stream.h"

#include <limits>

namespace headgate::warehouse {

MysqlStream::MysqlStream(MysqlConnection& connection, MysqlStatement statement,
                         std::uint64_t rowLimit)
    : m_connection(connection), m_statement(std::move(statement)),
      m_left(rowLimit == 0 ? std::numeric_limits<std::uint64_t>::max() : rowLimit),
      m_limited(rowLimit != 0)
{}

Result<std::unique_ptr<data::RowStream>>
MysqlStream::open(MysqlConnection& connection, MysqlStatement statement, std::uint64_t rowLimit)
{
    std::unique_ptr<MysqlStream> stream(
        new MysqlStream(connection, std::move(statement), rowLimit));
    if (!stream->bind())
        return stream->broken();
    return stream;
}

MysqlStream::~MysqlStream()
{
    if (m_statement)
        (void)m_connection.finishQuery(std::move(m_statement), MysqlEnding::Abandoned, m_limited);
}

bool MysqlStream::bind()
{
    MYSQL_RES* metadata = mysql_stmt_result_metadata(m_statement.get());
    if (!metadata)
        return false;
    const unsigned count = mysql_num_fields(metadata);
    const MYSQL_FIELD* fields = mysql_fetch_fields(metadata);
    for (unsigned i = 0; i < count; ++i) {
        const MysqlRead read = mysqlRead(fields[i]);
        m_cells.push_back({read, {}, 0, 0, 0});
        m_schema.columns.push_back({std::string(fields[i].name, fields[i].name_length),
                                    mysqlKind(read),
                                    mysqlTypeName(fields[i]),
                                    {}});
    }
    mysql_free_result(metadata);
    for (Cell& cell : m_cells) {
        MYSQL_BIND binding{};
        binding.buffer_type = mysqlBufferType(cell.read);
        binding.is_unsigned = cell.read == MysqlRead::Unsigned;
        binding.length = &cell.length;
        binding.is_null = &cell.isNull;
        binding.error = &cell.truncated;
        binding.buffer = &cell.number;
        // Bytes are fetched once their length is known.
        binding.buffer_length = comesAsBytes(cell.read) ? 0 : sizeof cell.number;
        m_bindings.push_back(binding);
    }
    return mysql_stmt_bind_result(m_statement.get(), m_bindings.data()) == 0;
}

Result<data::ReadStep> MysqlStream::read(data::RowBlock& block)
{
    block.reset(m_cells.size());
    while (!block.isFull()) {
        const int state = mysql_stmt_fetch(m_statement.get());
        if (state == MYSQL_NO_DATA)
            return end(MysqlEnding::Whole);
        if (state != 0 && state != MYSQL_DATA_TRUNCATED)
            return broken();
        if (m_left == 0)
            return end(MysqlEnding::Abandoned);
        if (!append(block))
            return broken();
        --m_left;
    }
    return data::ReadStep::More;
}

bool MysqlStream::append(data::RowBlock& block)
{
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const Cell& cell = m_cells[i];
        if (cell.isNull != 0) {
            block.appendNull();
            continue;
        }
        if (comesAsBytes(cell.read)) {
            if (!appendBytes(block, i))
                return false;
            continue;
        }
        const std::size_t begin = block.bytes().size();
        block.closeCell(appendMysqlNumber(block.bytes(), cell.read, cell.number), begin);
    }
    return true;
}

bool MysqlStream::appendBytes(data::RowBlock& block, std::size_t column)
{
    const Cell& cell = m_cells[column];
    m_bytes.resize(cell.length);
    if (cell.length > 0) {
        MYSQL_BIND binding{};
        unsigned long length = 0;
        binding.buffer_type = MYSQL_TYPE_BLOB;
        binding.buffer = m_bytes.data();
        binding.buffer_length = cell.length;
        binding.length = &length;
        if (mysql_stmt_fetch_column(m_statement.get(), &binding, static_cast<unsigned>(column),
                                    0) != 0 ||
            length != cell.length)
            return false;
    }
    const std::size_t begin = block.bytes().size();
    block.closeCell(appendMysqlBytes(block.bytes(), cell.read, m_bytes), begin);
    return true;
}

Result<data::ReadStep> MysqlStream::end(MysqlEnding ending)
{
    HEADGATE_TRY(m_connection.finishQuery(std::move(m_statement), ending, m_limited));
    return data::ReadStep::Done;
}

Failure MysqlStream::broken()
{
    Failure failure = m_connection.failure(m_statement.get());
    (void)m_connection.finishQuery(std::move(m_statement), MysqlEnding::Failed, m_limited);
    return failure;
}

} // namespace headgate::warehouse
