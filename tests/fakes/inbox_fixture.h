// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "inbox/inbox.h"
#include "inbox/inbox_thread.h"

#include <memory>
#include <string>

namespace headgate::fakes {

/// An inbox that stands in for a shipped connector's destination, on a free port of this computer
/// and a thread of its own. Throws where a test could not go on.
class InboxFixture
{
public:
    explicit InboxFixture(const std::string& connectorId, inbox::InboxOptions options = {});

    [[nodiscard]] inbox::Inbox& inbox() { return *m_inbox; }
    [[nodiscard]] std::string url() const { return m_thread->url(); }
    [[nodiscard]] std::uint16_t port() const { return m_thread->port(); }

private:
    SystemClock m_clock;
    std::unique_ptr<inbox::Inbox> m_inbox;
    std::unique_ptr<inbox::InboxThread> m_thread;
};

} // namespace headgate::fakes
