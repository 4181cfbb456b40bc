// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/connection.h"
#include "warehouse/source_error.h"

#include <memory>
#include <mysql.h>
#include <string>

namespace headgate::warehouse {

struct MysqlClose
{
    void operator()(MYSQL* connection) const { mysql_close(connection); }
};
using MysqlHandle = std::unique_ptr<MYSQL, MysqlClose>;

/// All that a connection needs: a second one is made to cancel what the first one runs.
struct MysqlSettings
{
    std::string address;
    int port = 0;
    std::string socket;
    std::string database;
    std::string user;
    secrets::Secret password;
    TlsMode tls = TlsMode::Optional;
    std::string authority;
    std::chrono::seconds connectTimeout{15};
    std::chrono::seconds readTimeout{0};
};

struct MysqlAttempt
{
    MysqlHandle handle;
    bool connected = false;
};

[[nodiscard]] MysqlSettings mysqlSettings(const ConnectRequest& request);
/// Blocks until connected, refused or timed out.
[[nodiscard]] MysqlAttempt attemptMysql(const MysqlSettings& settings);

/// From the server's or the library's error number.
[[nodiscard]] StatementFault mysqlStatementFault(unsigned code);
/// From "... near 'FROM t' at line 3": the line, and the column where the words are found in it.
[[nodiscard]] std::optional<TextPlace> mysqlErrorPlace(std::string_view message,
                                                       const BoundSql& sql, std::string_view typed);
/// Other where the number does not tell.
[[nodiscard]] ConnectFault mysqlConnectFault(unsigned code);

} // namespace headgate::warehouse
