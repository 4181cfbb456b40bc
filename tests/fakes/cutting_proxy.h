// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>
#include <atomic>
#include <cstdint>
#include <limits>
#include <string>

namespace headgate::fakes {

/// Stands between a client and a server on this machine, in a thread of its own, and ends a
/// connection when the server has said so many bytes; they still reach the client.
class CuttingProxy
{
public:
    CuttingProxy(const std::string& host, std::uint16_t port);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// Of each connection from now on.
    void cutAfter(std::uint64_t bytes) { m_limit = bytes; }
    /// What the servers of all connections have said so far.
    [[nodiscard]] std::uint64_t passed() const { return m_passed; }

private:
    QThread m_thread;
    std::atomic<std::uint16_t> m_port = 0;
    std::atomic<std::uint64_t> m_limit = std::numeric_limits<std::uint64_t>::max();
    std::atomic<std::uint64_t> m_passed = 0;
};

} // namespace headgate::fakes
