// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/connection.h"
#include "warehouse/odbc_api.h"

#include <map>
#include <string>

namespace headgate::warehouse {

/// What the system's driver manager knows.
struct OdbcInventory
{
    std::map<std::string, std::string> drivers; ///< name, and its library's file where told
    std::map<std::string, std::string> sources; ///< data source, and its driver's name or file
};
[[nodiscard]] OdbcInventory odbcInventory(SQLHENV environment);

/// The driver that a form means.
struct OdbcChoice
{
    std::string driver; ///< its name; empty with a data source
    std::string file;   ///< its library, as far as known
    const OdbcProfile* profile = nullptr;
};

/// Only drivers and data sources that the system lists are taken: a project could otherwise name
/// any library to load. Error: Source "source.connect.driver", Config "source.options.missing".
[[nodiscard]] Result<OdbcChoice> chooseOdbcDriver(const ConnectRequest& request,
                                                  const OdbcInventory& inventory);

/// Error: Config "source.options.invalid" where the form's further settings set what Headgate sets
/// itself, load code or hold secrets.
[[nodiscard]] Result<std::string> odbcConnectionString(const ConnectRequest& request,
                                                       const OdbcChoice& choice);

/// "name" or "{na;me}".
[[nodiscard]] std::string odbcValue(const std::string& value);

/// Takes over what is special about the driver; `isKnown`: recognised before connecting, so that
/// its settings were in the connection string.
void adoptOdbcProfile(WarehouseSpec& spec, const OdbcProfile& profile);

} // namespace headgate::warehouse
