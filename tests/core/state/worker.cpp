// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker.h"

#include <gtest/gtest.h>

namespace headgate::state {

namespace {

constexpr int workerPatienceMs = 120'000;

} // namespace

Worker::Worker(const std::vector<std::string>& arguments)
{
    QStringList list;
    for (const std::string& argument : arguments)
        list.append(QString::fromStdString(argument));
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(HEADGATE_STATE_WORKER), list);
    EXPECT_TRUE(m_process.waitForStarted(workerPatienceMs));
}

Worker::~Worker()
{
    m_process.kill();
    m_process.waitForFinished(workerPatienceMs);
}

std::string Worker::line()
{
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(workerPatienceMs))
            return m_process.readLine().trimmed().toStdString();
    return m_process.readLine().trimmed().toStdString();
}

void Worker::proceed()
{
    m_process.write("\n");
    m_process.closeWriteChannel();
}

void Worker::kill()
{
    m_process.kill();
    EXPECT_TRUE(m_process.waitForFinished(workerPatienceMs));
}

int Worker::exitCode()
{
    if (m_process.state() != QProcess::NotRunning) {
        EXPECT_TRUE(m_process.waitForFinished(workerPatienceMs));
    }
    return m_process.exitCode();
}

} // namespace headgate::state
