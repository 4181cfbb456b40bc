// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/socket.h"

#include <winsock2.h>

namespace headgate::warehouse {

bool waitForSocket(SocketHandle socket, SocketWish wish, Milliseconds timeout)
{
    WSAPOLLFD entry{};
    entry.fd = static_cast<SOCKET>(socket);
    entry.events = static_cast<SHORT>(wish == SocketWish::Read ? POLLRDNORM : POLLWRNORM);
    return WSAPoll(&entry, 1, static_cast<INT>(timeout.count())) != 0;
}

void cutSocket(SocketHandle socket)
{
    // Fails only if the connection is gone already, which is what was asked for.
    (void)shutdown(static_cast<SOCKET>(socket), SD_BOTH);
}

} // namespace headgate::warehouse
