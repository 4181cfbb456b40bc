// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/cutting_proxy.h"

#include <QHostAddress>
#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <memory>
#include <stdexcept>

namespace headgate::fakes {

CuttingProxy::CuttingProxy(const std::string& host, std::uint16_t port)
{
    QSemaphore ready;
    auto* const listener = new QTcpServer;
    listener->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, listener, &QObject::deleteLater);
    const auto serve = [this, listener, host = QString::fromStdString(host), port] {
        QTcpSocket* const client = listener->nextPendingConnection();
        auto* const server = new QTcpSocket(client);
        const auto left = std::make_shared<std::uint64_t>(m_limit);
        QObject::connect(client, &QTcpSocket::readyRead, server,
                         [client, server] { server->write(client->readAll()); });
        QObject::connect(server, &QTcpSocket::readyRead, client, [this, client, server, left] {
            const QByteArray bytes = server->readAll();
            const auto said = std::min<std::uint64_t>(*left, std::uint64_t(bytes.size()));
            client->write(bytes.left(qsizetype(said)));
            m_passed += said;
            *left -= said;
            if (*left == 0)
                client->disconnectFromHost();
        });
        QObject::connect(server, &QTcpSocket::disconnected, client,
                         &QTcpSocket::disconnectFromHost);
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        server->connectToHost(host, port);
    };
    QObject::connect(&m_thread, &QThread::started, listener, [this, listener, serve, &ready] {
        QObject::connect(listener, &QTcpServer::newConnection, listener, serve);
        if (listener->listen(QHostAddress::LocalHost))
            m_port = listener->serverPort();
        ready.release();
    });
    m_thread.start();
    ready.acquire();
    if (m_port == 0)
        throw std::runtime_error("CuttingProxy cannot listen");
}

CuttingProxy::~CuttingProxy()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace headgate::fakes
