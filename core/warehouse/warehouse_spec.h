// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "base/result.h"
#include "data/value.h"
#include "warehouse/sql_text.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::warehouse {

enum class DriverKind
{
    Libpq,
    Libmariadb,
    Sqlite,
    Odbc
};

enum class WarehouseFieldKind
{
    Text,
    Secret, ///< resolved into SourceOptions::secrets, never into fields
    Port,
    File,
    Choice,
    Flag ///< "true" or "false"
};

/// One line of the connection's form.
struct WarehouseField
{
    struct Choice
    {
        std::string value;
        std::string label;
    };

    std::string id; ///< key of SourceOptions::fields or ::secrets
    std::string label;
    std::string help;
    WarehouseFieldKind kind = WarehouseFieldKind::Text;
    bool required = false;
    bool advanced = false; ///< folded away at first
    std::string defaultValue;
    std::vector<Choice> choices;
};

/// Sent once after connecting. Of several alternatives the first that the server takes counts.
/// {statementTimeoutMs} and {statementTimeoutSeconds} are filled in.
struct SessionStatement
{
    std::vector<std::string> alternatives;
    bool required = true; ///< false: a refusal is no error
};

/// How far the promise "reads only" is kept by the server itself.
struct ReadOnlyRules
{
    bool enforced = false;
    /// A statement must begin with one of these words and contain none of the refused ones as a
    /// bare word: the only guard where the server has none, a second one elsewhere.
    std::vector<std::string> firstWords;
    std::vector<std::string> refusedWords;
};

struct SnapshotRules
{
    std::vector<std::string> begin; ///< empty: this warehouse has no snapshot over several reads
    std::vector<std::string> end;
    /// A failed query leaves the snapshot usable, and what any query sets ends with it.
    bool savepoints = false;
    /// Of driver libpq: SELECT of the names of tables that were read, and that another transaction
    /// filled, emptied or put in the place of others after the snapshot was taken, so that they
    /// look empty in it. Empty: nothing to ask.
    std::string changed;
};

struct OdbcRules
{
    /// Names in the system's list of drivers, in order of preference; empty: from the form.
    std::vector<std::string> drivers;
    /// Pairs of the connection string; {field} is filled in. A pair naming a field that is empty
    /// is left out, with {!field} one that is filled; of several pairs of one key the first counts.
    std::vector<std::pair<std::string, std::string>> connection;
};

/// Whose error codes and types an ODBC driver passes on.
enum class OdbcFamily
{
    Other,
    Postgres, ///< cells are cast to their text by the server: the driver cannot say all of them
    Mysql
};

using OdbcPairs = std::vector<std::pair<std::string, std::string>>;

/// A database behind the generic ODBC form, recognised by its driver's file, or else by what its
/// driver calls it once connected.
struct OdbcProfile
{
    std::string server;     ///< SQL_DBMS_NAME
    std::string driverFile; ///< part of the library's name
    OdbcFamily family = OdbcFamily::Other;
    OdbcPairs connection; ///< needed besides
    OdbcPairs tlsVerify;  ///< to verify certificate and host name
    OdbcPairs tlsRequire; ///< to encrypt only
    OdbcPairs tlsDisable; ///< for no encryption
    std::vector<SessionStatement> session;
    bool readOnlyEnforced = false;
    bool streams = true;
    bool driverTransactions = false; ///< a snapshot is a transaction that the driver manages
    bool pinsEachQuery = false;      ///< see WarehouseSpec
    std::vector<std::string> snapshotBegin;
    std::vector<std::string> snapshotEnd;
    /// To end a query that the driver's own cancel does not reach: {session} is what `cancelId`
    /// answered on the connection; `cancelSql` runs on a second one.
    std::string cancelId;
    std::string cancelSql;
    std::map<std::string, data::ValueKind> types; ///< before those of the warehouse
    std::vector<std::string> caveats;
    SqlSyntax syntax;
    std::string quotes;
};

/// A kind of warehouse, read from resources/warehouses/<id>.json.
struct WarehouseSpec
{
    std::string id;
    std::string name;
    DriverKind driver = DriverKind::Odbc;
    std::vector<WarehouseField> fields;
    SqlSyntax syntax;
    std::string quotes = "\"\""; ///< opening and closing mark of identifiers
    ReadOnlyRules readOnly;
    SnapshotRules snapshot;
    /// Of driver libpq: the server answers COPY (query) TO STDOUT.
    bool copiesOut = false;
    std::vector<SessionStatement> session;
    /// The session is set once more before each query and snapshot: a query can have changed it,
    /// and with it whether the transactions after it may write.
    bool pinsEachQuery = false;
    /// SELECTs of the schema browser. schemas: name. tables (:schema): name, kind, comment. columns
    /// (:schema, :table): name, native type, comment. Empty: the driver's own catalogue calls. key
    /// (:schema, :table): names of the primary key in its order; may be empty beside the others.
    std::string schemasSql;
    std::string tablesSql;
    std::string columnsSql;
    std::string keySql;
    /// Native type names, in lower case and without modifiers, whose kind the driver cannot tell.
    std::map<std::string, data::ValueKind> types;
    OdbcRules odbc;
    std::vector<OdbcProfile> profiles;
    std::string driverHelp; ///< where to get the driver, for people
    std::string driverUrl;
    std::vector<std::string> caveats;

    [[nodiscard]] const WarehouseField* field(std::string_view fieldId) const;
    /// An identifier in this dialect's quotes.
    [[nodiscard]] std::string quoted(std::string_view identifier) const;
};

/// Reads a description and reports every mistake in it. `file` names it in the findings. Empty if
/// there is an error among them.
[[nodiscard]] std::optional<WarehouseSpec>
parseWarehouseSpec(std::string_view json, const std::string& file, Issues& issues);

/// The ids of the warehouses that are built in, in the order in which people choose.
[[nodiscard]] std::vector<std::string> warehouseIds();
/// Error: Config "source.options.warehouse" if there is none of that id.
[[nodiscard]] Result<WarehouseSpec> loadWarehouseSpec(const std::string& id);

} // namespace headgate::warehouse
