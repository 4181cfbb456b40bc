// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "warehouse/sql_text.h"

#include <QList>
#include <optional>
#include <string>

class QHostAddress;

namespace headgate::warehouse {

/// Why a statement failed, in words that all drivers share.
enum class StatementFault
{
    Syntax,      ///< "source.query.syntax"
    UnknownName, ///< "source.query.name": no such table, column, function
    Permission,  ///< "source.query.permission"
    ReadOnly,    ///< "source.query.readonly": it would have written
    Value,       ///< "source.query.value": division by zero, a text that is no number
    Timeout,     ///< "source.query.timeout"
    Ended,       ///< "source.query.ended": cancelled at the server by somebody else
    Busy,        ///< "source.query.busy": locks, deadlock, recovery conflict; worth another try
    Changed,     ///< "source.query.changed": tables were replaced under the query; read again
    Resources,   ///< "source.query.resources": memory, disk, limits of the server
    Lost,        ///< "source.connection.lost"
    Other        ///< "source.query.failed"
};

/// Why no connection came about.
enum class ConnectFault
{
    Refused,  ///< "source.connect.refused": nothing listens there
    Timeout,  ///< "source.connect.timeout"
    Host,     ///< "source.connect.host": the name is unknown
    Auth,     ///< "source.connect.auth"
    Tls,      ///< "source.connect.tls"
    Database, ///< "source.connect.database": no such database, file or schema
    Busy,     ///< "source.connect.busy": starting up, suspended, too many connections
    Driver,   ///< "source.connect.driver": the ODBC driver is not installed
    Session,  ///< "source.connect.session": a session setting was refused
    Other     ///< "source.connect.failed"
};

/// What the server or library said: its own code and text.
struct ServerWords
{
    std::string code;
    std::string text;
};

/// Error of kind Source. `where` names the warehouse, `place` the line in the SQL as typed.
[[nodiscard]] Failure statementFailure(StatementFault fault, const ServerWords& words,
                                       const QString& where,
                                       std::optional<TextPlace> place = std::nullopt);
[[nodiscard]] Failure connectFailure(ConnectFault fault, const ServerWords& words,
                                     const QString& where);
/// Error of kind Config, "source.options.invalid": a driver that looks at the name it connects to.
[[nodiscard]] Failure tunnelHidesCertificate(const QString& where);
/// Error of kind Cancelled, "cancelled".
[[nodiscard]] Failure cancelledFailure(const QString& where);

/// Tells why a connection failed when the library's text, which is translated, does not: looks the
/// name up and knocks at the port. Blocks for at most some seconds.
[[nodiscard]] ConnectFault probeEndpoint(const std::string& host, int port, bool tlsDemanded);
/// The same of a name's addresses: one that answers counts more than those that do not. Debian's
/// localhost is ::1 as well as 127.0.0.1, and servers listen on one of them.
[[nodiscard]] ConnectFault probeAddresses(const QList<QHostAddress>& addresses, int port,
                                          bool tlsDemanded);

} // namespace headgate::warehouse
