// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/inbox_fixture.h"

#include "connector/spec_library.h"

#include <stdexcept>

namespace headgate::fakes {

InboxFixture::InboxFixture(const std::string& connectorId, inbox::InboxOptions options)
{
    const connector::SharedSpec spec = connector::SpecLibrary::builtIn().find(connectorId);
    if (!spec)
        throw std::runtime_error("no connector " + connectorId);
    m_inbox = std::make_unique<inbox::Inbox>(spec, m_clock, std::move(options));
    auto started = inbox::InboxThread::start(*m_inbox);
    if (!started)
        throw std::runtime_error(started.error().message.toStdString());
    m_thread = std::move(*started);
}

} // namespace headgate::fakes
