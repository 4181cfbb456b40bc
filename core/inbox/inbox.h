// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "inbox/misbehaviour.h"
#include "inbox/request_log.h"
#include "inbox/stand_in.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace headgate::inbox {

struct InboxOptions
{
    StandInOptions standIn;
    std::size_t keepRequests = 10'000;
    std::size_t keepBytes = 256 << 20;
};

/// What goes back on a connection.
struct Reply
{
    std::string bytes;     ///< none and `close`: cut without an answer
    Milliseconds delay{0}; ///< before the first byte
    std::size_t piece = 0; ///< bytes at a time; 0: all at once
    Milliseconds pause{0}; ///< between two pieces
    bool close = false;    ///< afterwards
};

struct InboxTotals
{
    std::uint64_t requests = 0; ///< of all kinds, answered or cut
    std::uint64_t deliveries = 0;
    std::uint64_t taken = 0;    ///< records
    std::uint64_t refused = 0;  ///< records; also Exists and Absent
    std::uint64_t replayed = 0; ///< requests whose idempotency key was known
    /// Requests with a known idempotency key and other bytes: a defect of the sender. Refused: 409.
    std::uint64_t keyConflicts = 0;
    std::uint64_t dropped = 0; ///< requests that memory no longer holds
};

/// A stand-in for a destination: understands requests by the connector's spec, keeps what they
/// bring, answers as that destination would, and misbehaves when told to. It has no sockets;
/// InboxServer gives it some. All members may be called from any thread.
///
/// Requests to /.headgate/ with the header "X-Headgate-Inbox: control" steer it: GET requests
/// [?after=N], GET totals, GET applied?object=ID, GET or POST or DELETE misbehaviours, DELETE
/// requests. Web pages are kept out: requests with an Origin, or to a Host that is not this
/// computer's loopback, are refused.
class Inbox
{
public:
    /// `clock` outlives it.
    Inbox(const connector::SharedSpec& spec, const Clock& clock, InboxOptions options = {});

    /// Appends every request to a file of JSON lines. Error: State "inbox.file".
    [[nodiscard]] Result<void> writeTo(const std::string& path);

    /// The first of those in effect decides what goes wrong; delays and failing keys add up.
    void misbehave(Misbehaviour misbehaviour);
    /// Ends all misbehaviours.
    void behave();
    /// Those still in effect.
    [[nodiscard]] std::vector<Misbehaviour> misbehaviours() const;

    [[nodiscard]] std::vector<ReceivedRequest> received(std::uint64_t after = 0,
                                                        std::size_t atMost = 10'000) const;
    [[nodiscard]] InboxTotals totals() const;
    [[nodiscard]] std::optional<AppliedRecord> applied(const std::string& object,
                                                       const std::string& match) const;
    [[nodiscard]] AppliedStore::Records appliedRecords(const std::string& object) const;
    [[nodiscard]] std::vector<AppliedRecord> appended(const std::string& object) const;
    /// Forgets requests, records, keys and totals; misbehaviours stay.
    void clear();

    [[nodiscard]] Reply handle(HttpRequest request);
    /// The answer to bytes that are no request.
    [[nodiscard]] std::string refuseUnreadable(int status, const std::string& reason);

private:
    /// What the misbehaviours in effect make of one request.
    struct Mood
    {
        Milliseconds delay{0};
        std::optional<Misbehaviour> trouble;
        FailingKeys failing;
    };

    Mood takeMood(bool delivery);
    HttpAnswer answer(const HttpRequest& request, const Target& target, const Mood& mood,
                      ReceivedRequest& log);
    HttpAnswer control(const HttpRequest& request, const Target& target);
    HttpAnswer controlMisbehaviours(const HttpRequest& request);
    Reply reply(HttpRequest request, HttpAnswer answer, const Mood& mood, ReceivedRequest log);
    bool keep(HttpRequest request, const HttpAnswer& answer, ReceivedRequest log, bool cut);
    [[nodiscard]] InboxTotals totalsNow() const;
    void forget();

    mutable std::mutex m_mutex;
    const Clock& m_clock;
    StandIn m_standIn;
    RequestLog m_log;
    std::vector<Misbehaviour> m_misbehaviours;
    InboxTotals m_totals;
};

} // namespace headgate::inbox
