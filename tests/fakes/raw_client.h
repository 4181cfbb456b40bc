// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::fakes {

struct RawAnswer
{
    int status = 0; ///< 0: the connection ended before a whole answer
    std::string head;
    std::string body;
};

/// A client that sends the bytes it is given and reads what comes back, blocking. For tests of
/// servers on this computer.
class RawClient
{
public:
    explicit RawClient(std::uint16_t port);

    void send(std::string_view bytes);
    /// Reads one answer with a Content-Length, or what came until the connection ended.
    [[nodiscard]] RawAnswer answer();
    /// POST with a body of JSON; `headers` are whole lines without their ends.
    [[nodiscard]] RawAnswer post(std::string_view path, std::string_view body,
                                 const std::vector<std::string>& headers = {});
    [[nodiscard]] RawAnswer get(std::string_view path,
                                const std::vector<std::string>& headers = {});
    /// Waits until the other side has closed; false after ten seconds.
    [[nodiscard]] bool closed();

private:
    bool readMore();

    QTcpSocket m_socket;
    std::string m_buffer;
};

} // namespace headgate::fakes
