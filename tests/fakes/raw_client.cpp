// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/raw_client.h"

#include <QHostAddress>
#include <charconv>
#include <stdexcept>

namespace headgate::fakes {

namespace {

constexpr int rawClientPatience = 10'000;

std::size_t contentLength(std::string_view head)
{
    constexpr std::string_view name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    std::size_t length = 0;
    if (at != std::string_view::npos)
        std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    return length;
}

} // namespace

RawClient::RawClient(std::uint16_t port)
{
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!m_socket.waitForConnected(rawClientPatience))
        throw std::runtime_error(m_socket.errorString().toStdString());
}

void RawClient::send(std::string_view bytes)
{
    m_socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
    while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(rawClientPatience))
        continue;
}

bool RawClient::readMore()
{
    if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(rawClientPatience))
        return false;
    const QByteArray bytes = m_socket.readAll();
    m_buffer.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return true;
}

RawAnswer RawClient::answer()
{
    RawAnswer answer;
    std::size_t end = m_buffer.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!readMore())
            return {0, m_buffer, {}};
        end = m_buffer.find("\r\n\r\n");
    }
    answer.head = m_buffer.substr(0, end + 2);
    m_buffer.erase(0, end + 4);
    const std::size_t length = contentLength(answer.head);
    while (m_buffer.size() < length && readMore())
        continue;
    answer.body = m_buffer.substr(0, length);
    m_buffer.erase(0, length);
    if (answer.body.size() == length && answer.head.size() > 12)
        std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
    return answer;
}

RawAnswer RawClient::post(std::string_view path, std::string_view body,
                          const std::vector<std::string>& headers)
{
    std::string request = "POST " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const std::string& header : headers)
        request += header + "\r\n";
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    send(request + std::string(body));
    return answer();
}

RawAnswer RawClient::get(std::string_view path, const std::vector<std::string>& headers)
{
    std::string request = "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost:1\r\n";
    for (const std::string& header : headers)
        request += header + "\r\n";
    send(request + "\r\n");
    return answer();
}

bool RawClient::closed()
{
    return m_socket.state() == QAbstractSocket::UnconnectedState ||
           m_socket.waitForDisconnected(rawClientPatience);
}

} // namespace headgate::fakes
