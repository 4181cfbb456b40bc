// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/test_authority.h"

#include <QSsl>
#include <QThread>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace headgate::fakes {

/// An HTTPS server on 127.0.0.1, in a thread of its own, that answers every request with 200 and
/// the request's body and counts the application bytes that got through to it.
class TlsServer
{
public:
    explicit TlsServer(const TestAuthority::Certificate& certificate,
                       QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// "https://HOST:PORT" + path
    [[nodiscard]] std::string url(std::string_view path, std::string_view host = "localhost") const;
    [[nodiscard]] std::uint64_t applicationBytes() const { return m_bytes; }
    [[nodiscard]] int handshakes() const { return m_handshakes; }

private:
    QThread m_thread;
    std::atomic<std::uint16_t> m_port = 0;
    std::atomic<std::uint64_t> m_bytes = 0;
    std::atomic<int> m_handshakes = 0;
};

} // namespace headgate::fakes
