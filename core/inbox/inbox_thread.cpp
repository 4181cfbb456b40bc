// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/inbox_thread.h"

#include "inbox/inbox_server.h"

#include <QEventLoop>
#include <future>

namespace headgate::inbox {

Result<std::unique_ptr<InboxThread>> InboxThread::start(Inbox& inbox, std::uint16_t port)
{
    std::unique_ptr<InboxThread> running(new InboxThread);
    std::promise<Result<std::uint16_t>> listening;
    std::future<Result<std::uint16_t>> outcome = listening.get_future();
    running->m_thread.reset(
        QThread::create([&inbox, port, promise = std::move(listening)]() mutable {
            QEventLoop loop;
            InboxServer server(inbox);
            const auto got = server.listen(port);
            promise.set_value(got);
            if (got)
                loop.exec();
        }));
    running->m_thread->setObjectName(QStringLiteral("inbox"));
    running->m_thread->start();
    const auto got = outcome.get();
    if (!got)
        return Failure(got.error());
    running->m_port = *got;
    return running;
}

InboxThread::~InboxThread()
{
    m_thread->quit();
    m_thread->wait();
}

std::string InboxThread::url() const
{
    return "http://127.0.0.1:" + std::to_string(m_port);
}

} // namespace headgate::inbox
