// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "connector/spec_library.h"
#include "inbox/request_log.h"

#include <memory>
#include <string>
#include <vector>

namespace headgate::service {

struct InboxSettings
{
    std::uint16_t port = 0; ///< 0: any free one
    std::string file;       ///< every request is appended to it as a line of JSON; empty: none
    /// What goes wrong, as inbox::misbehaviourFromJson() reads it.
    std::vector<std::string> misbehaviours;
};

struct InboxSummary
{
    std::uint64_t requests = 0;
    std::uint64_t taken = 0;   ///< records
    std::uint64_t refused = 0; ///< records
};

/// A stand-in for a destination on this machine's loopback, for as long as it lives: it answers as
/// the connector's destination would and shows what it was sent. Runs a thread of its own;
/// thread-safe.
class InboxSession
{
public:
    /// `clock` outlives it. Error: Usage "inbox.listen", "inbox.misbehaviour"; State "inbox.file".
    [[nodiscard]] static Result<std::unique_ptr<InboxSession>>
    start(const connector::SharedSpec& spec, const InboxSettings& settings, const Clock& clock);
    virtual ~InboxSession() = default;

    /// "http://127.0.0.1:8825"
    [[nodiscard]] virtual std::string url() const = 0;
    /// Requests with numbers above `after`, oldest first; credentials are masked.
    [[nodiscard]] virtual std::vector<inbox::ReceivedRequest>
    received(std::uint64_t after) const = 0;
    [[nodiscard]] virtual InboxSummary summary() const = 0;
    /// What goes wrong from now on, in place of what went wrong before; empty: nothing. Error:
    /// Usage "inbox.misbehaviour", and all stays as it was.
    [[nodiscard]] virtual Result<void> misbehave(const std::vector<std::string>& misbehaviours) = 0;
};

} // namespace headgate::service
