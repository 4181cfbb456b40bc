// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secret.h"
#include "warehouse/warehouse_spec.h"

#include <QString>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::warehouse {

/// Whose file a connection was found in.
enum class FoundIn
{
    DbtProfiles,       ///< profiles.yml
    PostgresServices,  ///< pg_service.conf
    PostgresPasswords, ///< .pgpass
    DBeaver,           ///< data-sources.json
    OdbcDataSources    ///< odbc.ini
};

/// A connection that another program on this machine knows, as a source could use it.
struct FoundConnection
{
    FoundIn place = FoundIn::PostgresServices;
    std::string file;
    std::string name;
    std::string warehouse;                         ///< empty: Headgate has none for it; see notes
    std::map<std::string, std::string> fields;     ///< as of SourceOptions
    std::map<std::string, std::string> secretRefs; ///< by field: "env:NAME"
    /// By field: stands in `file` as plain text. Never goes into a project. Empty where the file
    /// was read without them.
    std::map<std::string, secrets::Secret> secrets;
    /// The database's own library finds the password by itself, e.g. in .pgpass.
    bool driverHasPassword = false;
    std::vector<QString> notes; ///< what was not carried over and why; for people
};

/// More than this of one file is no list of connections that a person keeps.
inline constexpr std::size_t mostFound = 1000;

/// Of libpq's sslmode, as our form says it; what cannot be said becomes a note.
void takeSslMode(FoundConnection& connection, std::string_view mode);
/// Of several hosts ("a,b") the first.
void takeHost(FoundConnection& connection, std::string_view host);
/// Leaves what the warehouse's form has a place for; the rest becomes a note.
void fitToForm(FoundConnection& connection, const WarehouseSpec& spec);

} // namespace headgate::warehouse
