// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QTcpServer>
#include <cstdint>

namespace headgate::inbox {

class Inbox;

/// The sockets of an inbox: HTTP/1.1 with keep-alive on 127.0.0.1 and nowhere else. Lives on one
/// thread with an event loop; InboxThread gives it one of its own.
class InboxServer
{
public:
    explicit InboxServer(Inbox& inbox);
    ~InboxServer();
    InboxServer(const InboxServer&) = delete;
    InboxServer& operator=(const InboxServer&) = delete;

    /// 0: any free port. The port that it got. Error: Usage "inbox.listen".
    [[nodiscard]] Result<std::uint16_t> listen(std::uint16_t port);

private:
    void accept();

    Inbox& m_inbox;
    QTcpServer m_server;
    QObject m_connections; ///< their parent
};

} // namespace headgate::inbox
