// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/inbox_connection.h"

namespace headgate::inbox {

namespace {

constexpr qint64 inboxReadBuffer = 1 << 20;
constexpr int inboxIdleMilliseconds = 5 * 60 * 1000;
constexpr int inboxDiscardMilliseconds = 500;

} // namespace

InboxConnection::InboxConnection(Inbox& inbox, QTcpSocket* socket, QObject* parent)
    : QObject(parent), m_inbox(inbox), m_socket(socket), m_idle(this)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(inboxReadBuffer);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, [this] { read(); });
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { deleteLater(); });
    connect(&m_idle, &QTimer::timeout, this, [this] { m_socket->abort(); });
    m_idle.setSingleShot(true);
    m_idle.start(inboxIdleMilliseconds);
    read();
}

void InboxConnection::read()
{
    while (!m_busy && m_socket->bytesAvailable() > 0) {
        const QByteArray bytes = m_socket->readAll();
        if (m_discarding)
            continue;
        m_parser.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        process();
    }
}

void InboxConnection::process()
{
    while (!m_busy && !m_discarding) {
        switch (m_parser.step()) {
        case RequestParser::Step::NeedMore:
            return;
        case RequestParser::Step::ExpectsContinue:
            m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
            break;
        case RequestParser::Step::Complete:
            m_idle.start();
            play(m_inbox.handle(m_parser.take()));
            break;
        case RequestParser::Step::Refused:
            refuse();
            return;
        }
    }
}

void InboxConnection::refuse()
{
    const std::string bytes = m_inbox.refuseUnreadable(m_parser.status(), m_parser.reason());
    m_discarding = true;
    m_idle.start(inboxDiscardMilliseconds);
    m_socket->write(bytes.data(), static_cast<qint64>(bytes.size()));
}

void InboxConnection::play(Reply reply)
{
    m_busy = true;
    m_reply = std::move(reply);
    m_sent = 0;
    if (m_reply.delay > Milliseconds::zero())
        QTimer::singleShot(m_reply.delay, this, [this] {
            send();
            process();
            read();
        });
    else
        send();
}

void InboxConnection::send()
{
    if (m_reply.bytes.empty() && m_reply.close) {
        m_socket->abort();
        return;
    }
    if (m_reply.piece > 0)
        return sendPiece();
    m_socket->write(m_reply.bytes.data(), static_cast<qint64>(m_reply.bytes.size()));
    finish();
}

void InboxConnection::sendPiece()
{
    const std::size_t size = std::min(m_reply.piece, m_reply.bytes.size() - m_sent);
    m_socket->write(m_reply.bytes.data() + m_sent, static_cast<qint64>(size));
    m_socket->flush();
    m_sent += size;
    if (m_sent == m_reply.bytes.size())
        return finish();
    m_idle.start();
    QTimer::singleShot(m_reply.pause, this, [this] {
        sendPiece();
        process();
        read();
    });
}

void InboxConnection::finish()
{
    if (m_reply.close) {
        m_discarding = true;
        m_idle.start(inboxDiscardMilliseconds);
        m_socket->disconnectFromHost();
    }
    m_busy = false;
}

} // namespace headgate::inbox
