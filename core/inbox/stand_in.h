// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "inbox/answer_writer.h"
#include "inbox/applied_store.h"
#include "inbox/request_log.h"
#include "inbox/spec_routes.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headgate::inbox {

struct StandInOptions
{
    std::string account = "headgate-inbox";           ///< what its check answers, whatever the port
    std::map<std::string, std::string> accountValues; ///< of the account form, as the sender has it
    std::string object; ///< that the sender writes to; empty: found out from its requests
    std::optional<connector::Operation> operation; ///< likewise
    std::string matchField;    ///< member of the payload, for requests that name no match value
    bool honourKeys = true;    ///< a known idempotency key is answered again, not applied again
    bool enforceLimits = true; ///< refuse what is over the spec's batch limits
};

/// Match values that are to be refused, and the error code of each.
using FailingKeys = std::map<std::string, std::string>;

/// A destination that behaves: understands requests by the connector's spec, keeps the records that
/// they bring and answers as the spec says. Belongs to one thread at a time.
class StandIn
{
public:
    StandIn(const connector::SharedSpec& spec, StandInOptions options);

    /// Some operation sends such a request line.
    [[nodiscard]] bool isDelivery(const HttpRequest& request, const Target& target) const;
    /// Writes into `log` what a delivery brought and what became of it.
    [[nodiscard]] HttpAnswer answer(const HttpRequest& request, const Target& target,
                                    const FailingKeys& failing, ReceivedRequest& log);

    [[nodiscard]] const AppliedStore& applied() const { return m_applied; }
    [[nodiscard]] std::uint64_t keyConflicts() const { return m_keyConflicts; }
    /// Headers and query parameters that carry credentials.
    [[nodiscard]] const std::vector<std::string>& secretNames() const { return m_secretNames; }
    void clear();

private:
    struct Remembered
    {
        Hash128 body;
        HttpAnswer answer;
    };
    struct Job
    {
        Delivery delivery; ///< without payloads
        std::vector<ItemOutcome> outcomes;
    };

    [[nodiscard]] bool authorised(const HttpRequest& request, const Target& target) const;
    [[nodiscard]] std::optional<HttpAnswer> token(const HttpRequest& request,
                                                  const Target& target) const;
    HttpAnswer deliver(const std::vector<RouteMatch>& matches, const HttpRequest& request,
                       const Target& target, const FailingKeys& failing, ReceivedRequest& log);
    [[nodiscard]] std::optional<HttpAnswer> overLimits(const Delivery& delivery,
                                                       const HttpRequest& request) const;
    HttpAnswer apply(Delivery delivery, const FailingKeys& failing, ReceivedRequest& log);
    std::vector<ItemOutcome> outcomesOf(const Delivery& delivery, const FailingKeys& failing,
                                        bool allOrNothing);
    [[nodiscard]] HttpAnswer lookUp(const RouteMatch& match, const HttpRequest& request,
                                    const Target& target) const;
    [[nodiscard]] HttpAnswer job(const RouteMatch& match) const;
    [[nodiscard]] HttpAnswer inquire(const std::vector<RouteMatch>& matches) const;
    [[nodiscard]] HttpAnswer refuse(int status, const std::string& code,
                                    const std::string& message) const;
    void learnFields(const Delivery& delivery);

    Expectation m_expected;
    SpecRoutes m_routes;
    StandInOptions m_options;
    std::vector<std::string> m_secretNames;
    AppliedStore m_applied;
    std::map<std::string, Remembered> m_remembered;                     ///< by idempotency key
    std::map<std::string, Job> m_jobs;                                  ///< by receipt
    std::map<std::string, std::map<std::string, std::string>> m_fields; ///< object, name, type
    std::uint64_t m_keyConflicts = 0;
};

} // namespace headgate::inbox
