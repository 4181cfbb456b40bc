// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/tls_server.h"

#include "fakes/chaos_server.h"

#include <QFile>
#include <QSemaphore>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <stdexcept>

namespace headgate::fakes {

namespace {

QSslConfiguration tlsConfiguration(const TestAuthority::Certificate& certificate,
                                   QSsl::SslProtocol protocol)
{
    const auto chain = QSslCertificate::fromPath(QString::fromStdString(certificate.file));
    QFile keyFile(QString::fromStdString(certificate.keyFile));
    if (chain.isEmpty() || !keyFile.open(QIODevice::ReadOnly))
        throw std::runtime_error("TlsServer cannot read " + certificate.file);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(chain.front());
    configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    configuration.setProtocol(protocol);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

/// Length of the first whole request in the buffer, else 0.
qsizetype wholeRequestSize(const QByteArray& buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return 0;
    SeenRequest request;
    request.head = buffer.left(end + 4).toStdString();
    const std::string length = request.header("Content-Length");
    const qsizetype size = end + 4 + (length.empty() ? 0 : std::stoi(length));
    return buffer.size() >= size ? size : 0;
}

void answerWholeRequests(QSslSocket& socket, QByteArray& buffer)
{
    while (const qsizetype size = wholeRequestSize(buffer)) {
        const qsizetype head = buffer.indexOf("\r\n\r\n") + 4;
        const std::string answer = httpAnswer(200, buffer.mid(head, size - head).toStdString());
        socket.write(answer.data(), static_cast<qint64>(answer.size()));
        buffer.remove(0, size);
    }
}

} // namespace

TlsServer::TlsServer(const TestAuthority::Certificate& certificate, QSsl::SslProtocol protocol)
{
    const QSslConfiguration configuration = tlsConfiguration(certificate, protocol);
    QSemaphore ready;
    auto* const server = new QSslServer;
    server->setSslConfiguration(configuration);
    server->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, server, &QObject::deleteLater);
    QObject::connect(&m_thread, &QThread::started, server, [this, server, &ready] {
        QObject::connect(server, &QTcpServer::pendingConnectionAvailable, server, [this, server] {
            auto* const socket = qobject_cast<QSslSocket*>(server->nextPendingConnection());
            if (socket == nullptr)
                return;
            ++m_handshakes;
            const auto buffer = std::make_shared<QByteArray>();
            const auto read = [this, socket, buffer] {
                const QByteArray bytes = socket->readAll();
                m_bytes += static_cast<std::uint64_t>(bytes.size());
                *buffer += bytes;
                answerWholeRequests(*socket, *buffer);
            };
            QObject::connect(socket, &QSslSocket::readyRead, socket, read);
            QObject::connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
            read();
        });
        if (server->listen(QHostAddress::LocalHost))
            m_port = server->serverPort();
        ready.release();
    });
    m_thread.start();
    ready.acquire();
    if (m_port == 0)
        throw std::runtime_error("TlsServer cannot listen");
}

TlsServer::~TlsServer()
{
    m_thread.quit();
    m_thread.wait();
}

std::string TlsServer::url(std::string_view path, std::string_view host) const
{
    return "https://" + std::string(host) + ':' + std::to_string(port()) + std::string(path);
}

} // namespace headgate::fakes
