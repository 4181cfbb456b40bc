// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QThread>
#include <cstdint>
#include <memory>
#include <string>

namespace headgate::inbox {

class Inbox;

/// Runs an InboxServer on a thread of its own for as long as it lives.
class InboxThread
{
public:
    /// `inbox` outlives it. Errors: as InboxServer::listen().
    [[nodiscard]] static Result<std::unique_ptr<InboxThread>> start(Inbox& inbox,
                                                                    std::uint16_t port = 0);
    /// Closes all connections and waits for the thread.
    ~InboxThread();
    InboxThread(const InboxThread&) = delete;
    InboxThread& operator=(const InboxThread&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// "http://127.0.0.1:50123"
    [[nodiscard]] std::string url() const;

private:
    InboxThread() = default;

    std::unique_ptr<QThread> m_thread;
    std::uint16_t m_port = 0;
};

} // namespace headgate::inbox
