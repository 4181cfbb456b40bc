// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/stop_token.h"
#include "data/row_stream.h"
#include "warehouse/source.h"
#include "warehouse/source_form.h"
#include "warehouse/sql_text.h"
#include "warehouse/warehouse_spec.h"

#include <memory>
#include <string>
#include <vector>

namespace headgate::warehouse {

/// Where a driver connects to: the form's host, or the near end of a tunnel to it.
struct Endpoint
{
    std::string host;    ///< as certificates name it
    std::string address; ///< to connect to; differs from host inside a tunnel
    int port = 0;
};

/// What the schema browser asks of a driver.
class Catalog
{
public:
    virtual ~Catalog() = default;
    using Rows = std::vector<std::vector<std::string>>;
    [[nodiscard]] virtual Result<Rows> schemas() = 0; ///< name
    [[nodiscard]] virtual Result<Rows>
    tables(const std::string& schema) = 0; ///< name, kind, comment
    /// name, native type, comment
    [[nodiscard]] virtual Result<Rows> columns(const TableInfo& table) = 0;
    /// name, in the order of the key
    [[nodiscard]] virtual Result<Rows> primaryKey(const TableInfo& table) = 0;
};

/// One driver's side of a Source: it sends what it is given. Threads as with Source.
class Connection
{
public:
    virtual ~Connection() = default;

    /// Product and version.
    [[nodiscard]] virtual std::string server() const = 0;
    /// Whether rows come as they are read; false where the driver stores whole results.
    [[nodiscard]] virtual bool streams() const { return true; }
    /// Whether the server was made to refuse every write on this connection.
    [[nodiscard]] virtual bool enforcesReadOnly() const = 0;

    /// Runs a statement of ours; rows are dropped.
    [[nodiscard]] virtual Result<void> execute(const std::string& sql) = 0;
    /// Every parameter of `sql` has a value. The stream belongs to this
    /// connection and ends before it. It ends after rowLimit rows unless that is 0.
    [[nodiscard]] virtual Result<std::unique_ptr<data::RowStream>>
    stream(const SqlText& sql, const std::map<std::string, data::Value>& parameters,
           std::uint64_t rowLimit) = 0;

    /// A failed or abandoned stream leaves a snapshot usable where the server can do that.
    [[nodiscard]] virtual Result<void> beginSnapshot() = 0;
    [[nodiscard]] virtual Result<void> endSnapshot() = 0;

    /// The driver's own catalogue calls where the spec has no SELECT for it, with the same columns
    /// of texts; null where it has none.
    [[nodiscard]] virtual std::unique_ptr<Catalog> catalog() { return nullptr; }

    /// Thread-safe.
    virtual void cancel() = 0;
};

struct ConnectRequest
{
    const SourceForm& form;
    WarehouseSpec& spec; ///< a driver completes it with what it learns (ODBC profiles)
    Endpoint endpoint;
};

using OpenedConnection = Result<std::unique_ptr<Connection>>;

/// Connected, not yet pinned to the session's settings. Error: Source "source.connect.*", Config
/// "source.options.*", Cancelled.
[[nodiscard]] OpenedConnection connectPostgres(const ConnectRequest& request,
                                               const StopToken& stop);
[[nodiscard]] OpenedConnection connectMysql(const ConnectRequest& request, const StopToken& stop);
[[nodiscard]] OpenedConnection connectSqlite(const ConnectRequest& request, const StopToken& stop);
[[nodiscard]] OpenedConnection connectOdbc(const ConnectRequest& request, const StopToken& stop);

} // namespace headgate::warehouse
