// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/stop_token.h"
#include "data/row_stream.h"
#include "secrets/secret.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headgate::warehouse {

/// Everything needed to open a connection; secrets are resolved.
struct SourceOptions
{
    std::string warehouse;                          ///< id of resources/warehouses/<id>.json
    std::map<std::string, std::string> fields;      ///< host, port, database, user, file, ...
    std::map<std::string, secrets::Secret> secrets; ///< password, key passphrase, ...
    std::string baseDirectory; ///< relative file names are of the project folder
    std::chrono::seconds connectTimeout{15};
    std::chrono::seconds statementTimeout{3600};
};

struct SchemaInfo
{
    std::string name;
};

struct TableInfo
{
    std::string schema;
    std::string name;
    std::string kind; ///< "table", "view", "materialized view", "foreign table"
    std::string comment;
};

/// What was found out by connecting.
struct SourceReport
{
    std::string server; ///< product and version
    bool readOnly = false;
    bool streams = true;          ///< false: the driver buffers whole results in memory
    std::vector<QString> caveats; ///< what this driver cannot say exactly; for people
};

/// One open, read-only connection with pinned session settings (UTC, ISO dates, exact floats). All
/// reads between beginSnapshot() and endSnapshot() see one state of the data where the warehouse
/// can. Belongs to the thread that opened it, except cancel().
class Source
{
public:
    virtual ~Source() = default;

    /// Error: Source "source.connect.*", Config "source.options.*", Cancelled.
    [[nodiscard]] static Result<std::unique_ptr<Source>> open(const SourceOptions& options,
                                                              const StopToken& stop);

    [[nodiscard]] virtual Result<SourceReport> test() = 0;
    [[nodiscard]] virtual Result<std::vector<SchemaInfo>> schemas() = 0;
    [[nodiscard]] virtual Result<std::vector<TableInfo>> tables(const std::string& schema) = 0;
    [[nodiscard]] virtual Result<data::Schema> columns(const TableInfo& table) = 0;
    /// Columns of the primary key that the table declares, in its order. Empty: it declares none,
    /// or this warehouse does not say.
    [[nodiscard]] virtual Result<std::vector<std::string>> primaryKey(const TableInfo& table) = 0;

    [[nodiscard]] virtual Result<void> beginSnapshot() = 0;
    [[nodiscard]] virtual Result<void> endSnapshot() = 0;

    /// Runs one statement; several are refused ("source.statement.several"). `parameters` replace
    /// :name in the text (never inside quotes or comments) and are bound, not pasted. Not more than
    /// one stream at a time; it must not outlive the source. rowLimit 0: all rows.
    [[nodiscard]] virtual Result<std::unique_ptr<data::RowStream>>
    query(const std::string& sql, const std::map<std::string, data::Value>& parameters,
          std::uint64_t rowLimit) = 0;

    /// Quoted for this dialect.
    [[nodiscard]] virtual std::string quoted(const std::string& identifier) const = 0;

    /// Thread-safe. The running query() or read() returns Cancelled soon.
    virtual void cancel() = 0;
};

} // namespace headgate::warehouse
