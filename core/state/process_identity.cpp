// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/process_identity.h"

#include "state/process_table.h"

#include <QCoreApplication>
#include <QSysInfo>

namespace headgate::state {

namespace {

ProcessIdentity identifySelf()
{
    ProcessIdentity identity;
    identity.host = QSysInfo::machineHostName().toStdString();
    identity.space = processNamespace();
    identity.pid = QCoreApplication::applicationPid();
    identity.start = processStart(identity.pid).value_or(std::string());
    identity.boot = QSysInfo::bootUniqueId().toStdString();
    return identity;
}

} // namespace

const ProcessIdentity& ProcessIdentity::current()
{
    static const ProcessIdentity self = identifySelf();
    return self;
}

Liveness ProcessIdentity::liveness() const
{
    const ProcessIdentity& here = current();
    if (host != here.host || space != here.space || boot.empty() || here.boot.empty())
        return Liveness::Unknown;
    if (boot != here.boot)
        return Liveness::Dead;
    const std::optional<std::string> running = processStart(pid);
    if (!running)
        return Liveness::Dead;
    if (running->empty() || start.empty())
        return Liveness::Unknown;
    return *running == start ? Liveness::Alive : Liveness::Dead;
}

bool ProcessIdentity::sameBoot(const ProcessIdentity& other) const
{
    return !boot.empty() && boot == other.boot && host == other.host;
}

std::string ProcessIdentity::toString() const
{
    return host + ' ' + std::to_string(pid) + ' ' + start;
}

} // namespace headgate::state
