// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

namespace headgate::warehouse {

/// A socket that belongs to a client library, as that library names it.
using SocketHandle = int;

enum class SocketWish
{
    Read,
    Write
};

/// Waits until the socket is ready or broken, at most `timeout`. False on timeout.
[[nodiscard]] bool waitForSocket(SocketHandle socket, SocketWish wish, Milliseconds timeout);
/// Ends both directions: a thread that waits in the library returns with an error.
void cutSocket(SocketHandle socket);

} // namespace headgate::warehouse
