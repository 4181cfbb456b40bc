// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/odbc_connection.h"

namespace headgate::warehouse {

class OdbcStream final : public data::RowStream
{
public:
    OdbcStream(OdbcConnection& connection, OdbcQuery query, std::uint64_t rowLimit);
    ~OdbcStream() override;
    OdbcStream(const OdbcStream&) = delete;
    OdbcStream& operator=(const OdbcStream&) = delete;

    const data::Schema& schema() const override { return m_schema; }
    Result<data::ReadStep> read(data::RowBlock& block) override;

private:
    [[nodiscard]] bool append(data::RowBlock& block);
    [[nodiscard]] Result<data::ReadStep> end();
    [[nodiscard]] Failure broken();

    OdbcConnection& m_connection;
    OdbcQuery m_query;
    data::Schema m_schema;
    OdbcCell m_cell;
    std::uint64_t m_left;
};

} // namespace headgate::warehouse
