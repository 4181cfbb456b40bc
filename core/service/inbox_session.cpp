// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/inbox_session.h"

#include "base/text.h"
#include "inbox/inbox.h"
#include "inbox/inbox_thread.h"

namespace headgate::service {

namespace {

class RunningInbox final : public InboxSession
{
public:
    RunningInbox(const connector::SharedSpec& spec, const Clock& clock) : m_inbox(spec, clock) {}

    [[nodiscard]] Result<void> open(const InboxSettings& settings);
    [[nodiscard]] std::string url() const override { return m_thread->url(); }
    [[nodiscard]] std::vector<inbox::ReceivedRequest> received(std::uint64_t after) const override
    {
        return m_inbox.received(after);
    }
    [[nodiscard]] InboxSummary summary() const override;
    [[nodiscard]] Result<void> misbehave(const std::vector<std::string>& misbehaviours) override;

private:
    inbox::Inbox m_inbox;
    std::unique_ptr<inbox::InboxThread> m_thread;
};

Result<void> RunningInbox::open(const InboxSettings& settings)
{
    HEADGATE_TRY(misbehave(settings.misbehaviours));
    if (!settings.file.empty())
        HEADGATE_TRY(m_inbox.writeTo(settings.file));
    auto thread = inbox::InboxThread::start(m_inbox, settings.port);
    if (!thread)
        return propagate(std::move(thread));
    m_thread = std::move(*thread);
    return {};
}

Result<void> RunningInbox::misbehave(const std::vector<std::string>& misbehaviours)
{
    std::vector<inbox::Misbehaviour> wanted;
    for (const std::string& text : misbehaviours) {
        auto misbehaviour = inbox::misbehaviourFromJson(text);
        if (!misbehaviour)
            return propagate(std::move(misbehaviour));
        wanted.push_back(*std::move(misbehaviour));
    }
    m_inbox.behave();
    for (inbox::Misbehaviour& each : wanted)
        m_inbox.misbehave(std::move(each));
    return {};
}

InboxSummary RunningInbox::summary() const
{
    const inbox::InboxTotals totals = m_inbox.totals();
    return {totals.requests, totals.taken, totals.refused};
}

} // namespace

Result<std::unique_ptr<InboxSession>> InboxSession::start(const connector::SharedSpec& spec,
                                                          const InboxSettings& settings,
                                                          const Clock& clock)
{
    if (spec->implementation != connector::Implementation::Declarative)
        return fail(ErrorKind::Usage, "inbox.connector",
                    Text::tr("%1 is not reached over HTTP: there is nothing to stand in for. Let "
                             "the destination name a folder or database of your own.")
                        .arg(spec->name));
    auto session = std::make_unique<RunningInbox>(spec, clock);
    HEADGATE_TRY(session->open(settings));
    return std::unique_ptr<InboxSession>(std::move(session));
}

} // namespace headgate::service
