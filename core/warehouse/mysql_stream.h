// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/mysql_connection.h"

#include <vector>

namespace headgate::warehouse {

/// The rows of an executed statement, fetched one by one from the socket.
class MysqlStream final : public data::RowStream
{
public:
    /// Error: Source, if the result cannot be bound; the statement is finished then.
    [[nodiscard]] static Result<std::unique_ptr<data::RowStream>>
    open(MysqlConnection& connection, MysqlStatement statement, std::uint64_t rowLimit);
    ~MysqlStream() override;
    MysqlStream(const MysqlStream&) = delete;
    MysqlStream& operator=(const MysqlStream&) = delete;

    const data::Schema& schema() const override { return m_schema; }
    Result<data::ReadStep> read(data::RowBlock& block) override;

private:
    struct Cell
    {
        MysqlRead read;
        MysqlNumber number{};
        unsigned long length = 0;
        my_bool isNull = 0;
        my_bool truncated = 0;
    };

    MysqlStream(MysqlConnection& connection, MysqlStatement statement, std::uint64_t rowLimit);
    [[nodiscard]] bool bind();
    [[nodiscard]] bool append(data::RowBlock& block);
    [[nodiscard]] bool appendBytes(data::RowBlock& block, std::size_t column);
    [[nodiscard]] Result<data::ReadStep> end(MysqlEnding ending);
    [[nodiscard]] Failure broken();

    MysqlConnection& m_connection;
    MysqlStatement m_statement;
    data::Schema m_schema;
    std::vector<Cell> m_cells;
    std::vector<MYSQL_BIND> m_bindings;
    std::string m_bytes;
    std::uint64_t m_left;
    bool m_limited;
};

} // namespace headgate::warehouse
