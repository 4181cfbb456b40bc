// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/socket.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

namespace headgate::warehouse {

bool waitForSocket(SocketHandle socket, SocketWish wish, Milliseconds timeout)
{
    pollfd entry{socket, static_cast<short>(wish == SocketWish::Read ? POLLIN : POLLOUT), 0};
    const int ready = poll(&entry, 1, static_cast<int>(timeout.count()));
    return ready > 0 || (ready < 0 && errno != EINTR);
}

void cutSocket(SocketHandle socket)
{
    // Fails only if the connection is gone already, which is what was asked for.
    (void)shutdown(socket, SHUT_RDWR);
}

} // namespace headgate::warehouse
