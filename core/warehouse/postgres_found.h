// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/found_connection.h"

namespace headgate::warehouse {

/// A line of libpq's password file without its password; "*" fits anything.
struct PasswordEntry
{
    std::string host;
    std::string port;
    std::string database;
    std::string user;

    /// Whether libpq takes this line for such a connection.
    [[nodiscard]] bool fits(const FoundConnection& connection) const;
};

/// Of .pgpass: "host:port:database:user:password", with \: and \\ in the parts.
[[nodiscard]] std::vector<PasswordEntry> readPasswordFile(std::string_view bytes);

/// The entries that name a host and a user, as connections.
[[nodiscard]] std::vector<FoundConnection>
connectionsOf(const std::vector<PasswordEntry>& passwords, const std::string& file);

/// Of pg_service.conf. `passwords` says for which of them libpq finds a password by itself.
[[nodiscard]] std::vector<FoundConnection>
readServiceFile(std::string_view bytes, const std::string& file,
                const std::vector<PasswordEntry>& passwords);

} // namespace headgate::warehouse
