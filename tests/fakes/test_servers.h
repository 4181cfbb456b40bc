// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/source.h"

#include <string>
#include <vector>

namespace headgate::fakes {

/// Options for the servers that packaging/servers.sh started, from HEADGATE_TEST_PG_* and
/// HEADGATE_TEST_MARIADB_*. A test that needs them fails when they are not set.
[[nodiscard]] warehouse::SourceOptions postgresOptions();
[[nodiscard]] warehouse::SourceOptions mariadbOptions();
[[nodiscard]] warehouse::SourceOptions sqliteOptions(const std::string& file);
/// Gives the driver manager a list of its own: "PostgreSQL Unicode", "MariaDB Unicode", "SQLite3".
void useTestDrivers();
/// The servers through the first two of these.
[[nodiscard]] warehouse::SourceOptions odbcOptions(const std::string& driver);

/// Runs SQL that writes, past our read-only connections. Fails the test on error.
void runOnPostgres(const std::string& sql);
void runOnMariadb(const std::string& sql);
void runOnSqlite(const std::string& file, const std::string& sql);

using Rows = std::vector<std::vector<data::Value>>;

/// Every row of a query; the schema too if asked for.
[[nodiscard]] Result<Rows> readAll(warehouse::Source& source, const std::string& sql,
                                   const std::map<std::string, data::Value>& parameters = {},
                                   std::uint64_t rowLimit = 0, data::Schema* schema = nullptr);
[[nodiscard]] Result<Rows> readAll(data::RowStream& stream);

} // namespace headgate::fakes
