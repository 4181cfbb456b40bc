// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/os_keychain.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QThread>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <qt6keychain/keychain.h>

namespace headgate::secrets {

namespace {

/// Runs QtKeychain's jobs. Leaked on purpose: a job that never ends must not be waited for.
class KeychainThread
{
public:
    static KeychainThread& instance()
    {
        static KeychainThread* thread = new KeychainThread;
        return *thread;
    }

    void post(std::function<void()> work)
    {
        QMetaObject::invokeMethod(m_context, std::move(work), Qt::QueuedConnection);
    }

private:
    KeychainThread() : m_thread(new QThread), m_context(new QObject)
    {
        m_thread->setObjectName(QStringLiteral("keychain"));
        m_context->moveToThread(m_thread);
        m_thread->start();
        qAddPostRoutine([] { instance().stop(); });
    }

    void stop()
    {
        constexpr unsigned long patienceMs = 1000;
        m_thread->quit();
        m_thread->wait(patienceMs);
    }

    QThread* m_thread;
    QObject* m_context;
};

/// Where an answer meets the one who waits for it; outlives whichever of them gives up first.
struct PendingReply
{
    std::mutex mutex;
    std::condition_variable arrived;
    std::optional<KeychainReply> reply;
};

KeychainStatus statusOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return KeychainStatus::Done;
    case QKeychain::EntryNotFound:
        return KeychainStatus::NotFound;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return KeychainStatus::Denied;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        return KeychainStatus::Unavailable;
    }
    return KeychainStatus::Unavailable;
}

std::string valueOf(QKeychain::Job& job)
{
    const auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(&job);
    return read != nullptr ? read->textData().toStdString() : std::string();
}

void startJob(QKeychain::Job* job, const std::shared_ptr<PendingReply>& pending)
{
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    QObject::connect(job, &QKeychain::Job::finished, job, [pending](QKeychain::Job* done) {
        const std::lock_guard lock(pending->mutex);
        pending->reply = {statusOf(done->error()), valueOf(*done), done->errorString()};
        pending->arrived.notify_all();
    });
    job->start();
}

KeychainReply waitFor(std::function<QKeychain::Job*()> makeJob, Milliseconds patience)
{
    const auto pending = std::make_shared<PendingReply>();
    KeychainThread::instance().post(
        [make = std::move(makeJob), pending] { startJob(make(), pending); });
    std::unique_lock lock(pending->mutex);
    if (!pending->arrived.wait_for(lock, patience, [&] { return pending->reply.has_value(); }))
        return {KeychainStatus::TimedOut, {}, {}};
    return std::move(*pending->reply);
}

template <typename Job>
Job* jobFor(const std::string& service, const std::string& name)
{
    auto* job = new Job(toQString(service));
    job->setKey(toQString(name));
    return job;
}

} // namespace

OsKeychain::OsKeychain(std::string service, Milliseconds patience)
    : m_service(std::move(service)), m_patience(patience)
{}

KeychainReply OsKeychain::read(const std::string& name)
{
    return waitFor(
        [service = m_service, name]() -> QKeychain::Job* {
            return jobFor<QKeychain::ReadPasswordJob>(service, name);
        },
        m_patience);
}

KeychainReply OsKeychain::write(const std::string& name, const std::string& value)
{
    return waitFor(
        [service = m_service, name, value]() -> QKeychain::Job* {
            auto* job = jobFor<QKeychain::WritePasswordJob>(service, name);
            job->setTextData(toQString(value));
            return job;
        },
        m_patience);
}

KeychainReply OsKeychain::remove(const std::string& name)
{
    return waitFor(
        [service = m_service, name]() -> QKeychain::Job* {
            return jobFor<QKeychain::DeletePasswordJob>(service, name);
        },
        m_patience);
}

} // namespace headgate::secrets
