// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/inbox_server.h"

#include "base/text.h"
#include "inbox/inbox_connection.h"

#include <QHostAddress>

namespace headgate::inbox {

namespace {

constexpr int inboxWaitingConnections = 256;

} // namespace

InboxServer::InboxServer(Inbox& inbox) : m_inbox(inbox)
{
    m_server.setMaxPendingConnections(inboxWaitingConnections);
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
}

InboxServer::~InboxServer() = default;

Result<std::uint16_t> InboxServer::listen(std::uint16_t port)
{
    if (m_server.listen(QHostAddress(QHostAddress::LocalHost), port))
        return m_server.serverPort();
    return fail(ErrorKind::Usage, "inbox.listen",
                Text::tr("The inbox cannot listen on port %1 of this computer: %2. Choose another "
                         "port, or 0 for any free one.")
                    .arg(port)
                    .arg(m_server.errorString()));
}

void InboxServer::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection())
        new InboxConnection(m_inbox, socket, &m_connections);
}

} // namespace headgate::inbox
