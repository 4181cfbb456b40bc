// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/odbc_connection.h"

namespace headgate::warehouse {

/// SQLTables and SQLColumns. What people call a schema is the driver's catalogue where the server
/// has no schemas in names, as MySQL, and nothing where it has neither, as SQLite.
class OdbcCatalog final : public Catalog
{
public:
    explicit OdbcCatalog(OdbcConnection& connection);
    Result<Rows> schemas() override;
    Result<Rows> tables(const std::string& schema) override;
    Result<Rows> columns(const TableInfo& table) override;
    Result<Rows> primaryKey(const TableInfo& table) override;

private:
    enum class Level
    {
        Schema,
        Catalogue,
        None
    };
    /// Of names in patterns of the driver.
    [[nodiscard]] std::u16string pattern(const std::string& name) const;

    OdbcConnection& m_connection;
    Level m_level;
};

} // namespace headgate::warehouse
