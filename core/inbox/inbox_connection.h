// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inbox/inbox.h"
#include "inbox/request_parser.h"

#include <QTcpSocket>
#include <QTimer>

namespace headgate::inbox {

/// One client of the inbox. Answers its requests one after the other, in order. Deletes itself
/// when the connection ends.
class InboxConnection final : public QObject
{
public:
    /// Takes over `socket`, which is connected.
    InboxConnection(Inbox& inbox, QTcpSocket* socket, QObject* parent);

private:
    void read();
    void process();
    void refuse();
    void play(Reply reply);
    void send();
    void sendPiece();
    void finish();

    Inbox& m_inbox;
    QTcpSocket* m_socket;
    QTimer m_idle;
    RequestParser m_parser;
    Reply m_reply;
    std::size_t m_sent = 0;
    bool m_busy = false;       ///< an answer is on its way
    bool m_discarding = false; ///< refused: what still comes is read and dropped
};

} // namespace headgate::inbox
