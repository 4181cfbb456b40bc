// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/source_error.h"

#include "base/redaction.h"
#include "base/text.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QTcpSocket>
#include <algorithm>

namespace headgate::warehouse {

namespace {

constexpr int knockMs = 3000;
constexpr qsizetype mostKnocks = 3;
constexpr std::chrono::milliseconds soon{10'000};

QString firstLine(const std::string& text)
{
    QString line = Redaction::redact(toQString(text)).trimmed();
    line.truncate(line.indexOf(u'\n') < 0 ? line.size() : line.indexOf(u'\n'));
    while (line.endsWith(u'.') || line.endsWith(u' '))
        line.chop(1);
    return line;
}

QString serverDetail(const ServerWords& words)
{
    QString text = toQString(words.text).trimmed();
    if (!words.code.empty())
        text = QStringLiteral("[%1] %2").arg(toQString(words.code), text);
    return Redaction::redact(text);
}

const char* statementCode(StatementFault fault)
{
    switch (fault) {
    case StatementFault::Syntax:
        return "source.query.syntax";
    case StatementFault::UnknownName:
        return "source.query.name";
    case StatementFault::Permission:
        return "source.query.permission";
    case StatementFault::ReadOnly:
        return "source.query.readonly";
    case StatementFault::Value:
        return "source.query.value";
    case StatementFault::Timeout:
        return "source.query.timeout";
    case StatementFault::Ended:
        return "source.query.ended";
    case StatementFault::Busy:
        return "source.query.busy";
    case StatementFault::Changed:
        return "source.query.changed";
    case StatementFault::Resources:
        return "source.query.resources";
    case StatementFault::Lost:
        return "source.connection.lost";
    case StatementFault::Other:
        return "source.query.failed";
    }
    return "source.query.failed";
}

/// %1 the warehouse, %2 its words.
QString statementSentence(StatementFault fault)
{
    switch (fault) {
    case StatementFault::Syntax:
        return Text::tr("%1 does not understand the SQL: %2. Correct it.");
    case StatementFault::UnknownName:
        return Text::tr("%1 does not know a name in the SQL: %2. Correct it, or create it in the "
                        "warehouse.");
    case StatementFault::Permission:
        return Text::tr("%1 does not let this user read what the SQL asks for: %2. Ask for the "
                        "right to select it.");
    case StatementFault::ReadOnly:
        return Text::tr("%1 refused a statement that writes: %2. Headgate only reads; use a "
                        "SELECT.");
    case StatementFault::Value:
        return Text::tr("%1 stopped the query at a value: %2. Guard against it in the SQL.");
    case StatementFault::Timeout:
        return Text::tr("%1 stopped the query because it ran longer than the statement timeout "
                        "allows: %2. Make it faster, or raise the timeout of the source.");
    case StatementFault::Ended:
        return Text::tr("The query was cancelled at %1 by somebody else: %2. Nothing was read to "
                        "the end; run it again.");
    case StatementFault::Busy:
        return Text::tr("%1 could not finish the query because of other work there: %2. Try again "
                        "soon.");
    case StatementFault::Changed:
        return Text::tr(
            "At %1 these were filled, emptied or replaced while the query began: %2. It "
            "may have seen them empty, so what was read is not used; run it again.");
    case StatementFault::Resources:
        return Text::tr("%1 ran out of memory, disk or another limit of its own: %2. Read less at "
                        "once, or ask its administrator.");
    case StatementFault::Lost:
        return Text::tr("The connection to %1 broke before the last row: %2. What was read so far "
                        "is not used; run it again.");
    case StatementFault::Other:
        return Text::tr("%1 refused the query: %2.");
    }
    return {};
}

const char* connectCode(ConnectFault fault)
{
    switch (fault) {
    case ConnectFault::Refused:
        return "source.connect.refused";
    case ConnectFault::Timeout:
        return "source.connect.timeout";
    case ConnectFault::Host:
        return "source.connect.host";
    case ConnectFault::Auth:
        return "source.connect.auth";
    case ConnectFault::Tls:
        return "source.connect.tls";
    case ConnectFault::Database:
        return "source.connect.database";
    case ConnectFault::Busy:
        return "source.connect.busy";
    case ConnectFault::Driver:
        return "source.connect.driver";
    case ConnectFault::Session:
        return "source.connect.session";
    case ConnectFault::Other:
        return "source.connect.failed";
    }
    return "source.connect.failed";
}

QString connectSentence(ConnectFault fault)
{
    switch (fault) {
    case ConnectFault::Refused:
        return Text::tr("%1 refused the connection: nothing listens at that port. Check host and "
                        "port, and whether the server runs.");
    case ConnectFault::Timeout:
        return Text::tr("%1 did not answer in time. Check host and port, and whether a firewall, "
                        "a VPN or an allow list stands in between.");
    case ConnectFault::Host:
        return Text::tr(
            "The host of %1 is not known. Check its name, and whether a VPN is needed.");
    case ConnectFault::Auth:
        return Text::tr("%1 does not accept the user or the password: %2. Check both, and whether "
                        "the user may connect from here.");
    case ConnectFault::Tls:
        return Text::tr("No encrypted and verified connection to %1 could be made: %2. Check the "
                        "host name and the certificate authority, or whether the server offers "
                        "encryption at all.");
    case ConnectFault::Database:
        return Text::tr("%1 answers, but the database cannot be opened: %2. Check its name and "
                        "whether this user may use it.");
    case ConnectFault::Busy:
        return Text::tr("%1 takes no connection at the moment: %2. Try again soon.");
    case ConnectFault::Driver:
        return Text::tr("The ODBC driver for %1 cannot be loaded: %2. Install it, or correct its "
                        "name.");
    case ConnectFault::Session:
        return Text::tr("%1 refused a setting that Headgate needs to read exactly: %2. Ask its "
                        "administrator to allow it.");
    case ConnectFault::Other:
        return Text::tr("The connection to %1 failed: %2.");
    }
    return {};
}

} // namespace

Failure statementFailure(StatementFault fault, const ServerWords& words, const QString& where,
                         std::optional<TextPlace> place)
{
    QString said = firstLine(words.text);
    if (place && place->column > 0)
        said = Text::tr("line %1, column %2: %3")
                   .arg(qulonglong(place->line))
                   .arg(qulonglong(place->column))
                   .arg(said);
    Failure failure = fail(ErrorKind::Source, statementCode(fault),
                           statementSentence(fault).arg(where, said), serverDetail(words));
    if (fault == StatementFault::Busy)
        failure.value().retryAfter = soon;
    failure.value().place = place;
    return failure;
}

Failure connectFailure(ConnectFault fault, const ServerWords& words, const QString& where)
{
    QString sentence = connectSentence(fault).arg(where);
    if (sentence.contains(QStringLiteral("%2")))
        sentence.replace(QStringLiteral("%2"), firstLine(words.text));
    Failure failure =
        fail(ErrorKind::Source, connectCode(fault), std::move(sentence), serverDetail(words));
    if (fault == ConnectFault::Busy)
        failure.value().retryAfter = soon;
    return failure;
}

Failure tunnelHidesCertificate(const QString& where)
{
    return fail(ErrorKind::Config, "source.options.invalid",
                Text::tr("Inside an SSH tunnel the certificate of %1 cannot be verified: its "
                         "name is not the tunnel's. Set the encryption to automatic or not "
                         "verified; the tunnel itself is verified.")
                    .arg(where));
}

Failure cancelledFailure(const QString& where)
{
    return fail(ErrorKind::Cancelled, "cancelled",
                Text::tr("Reading from %1 was cancelled.").arg(where));
}

ConnectFault probeEndpoint(const std::string& host, int port, bool tlsDemanded)
{
    const QHostAddress address(toQString(host));
    if (!address.isNull())
        return probeAddresses({address}, port, tlsDemanded);
    const QHostInfo info = QHostInfo::fromName(toQString(host));
    if (info.error() != QHostInfo::NoError || info.addresses().isEmpty())
        return ConnectFault::Host;
    return probeAddresses(info.addresses(), port, tlsDemanded);
}

ConnectFault probeAddresses(const QList<QHostAddress>& addresses, int port, bool tlsDemanded)
{
    bool refused = false;
    for (const QHostAddress& address : addresses.first(std::min(addresses.size(), mostKnocks))) {
        QTcpSocket socket;
        socket.connectToHost(address, static_cast<quint16>(port));
        if (socket.waitForConnected(knockMs))
            return tlsDemanded ? ConnectFault::Tls : ConnectFault::Other;
        refused = refused || socket.error() == QAbstractSocket::ConnectionRefusedError;
    }
    return refused ? ConnectFault::Refused : ConnectFault::Timeout;
}

} // namespace headgate::warehouse
