// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "fakes/fake_http.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace headgate::fakes {

/// A business tool in memory: the server side. It applies what arrives, record by record, remembers
/// every request by idempotency key, and answers truthfully unless told otherwise.
class FakeSaas
{
public:
    struct Delivery
    {
        std::string idempotencyKey;
        std::string operation;
        std::string body;
        std::vector<std::string> matches;
    };

    /// For FakeHttp::setHandler. Applies, then answers.
    [[nodiscard]] http::Answer handle(const http::Request& request);

    /// Match values that it refuses, with the error code.
    std::map<std::string, std::string> refuses;
    /// Match values that it answers as "retry" once.
    std::set<std::string> busyOnce;
    /// Refuses a whole request that holds one of these with this status, applying nothing.
    std::set<std::string> poison;
    int poisonStatus = 422;
    std::size_t largestBody = 0; ///< 413 over it; 0: any
    /// Takes batches as jobs: answers 202 with the job's number, and what became of the records
    /// when it was asked that often about the job.
    bool takesJobs = false;
    int pollsUntilDone = 2;

    /// What it holds: match value to payload.
    std::map<std::string, std::string> records;
    std::vector<std::pair<std::string, std::string>> appended;
    /// Every request whose body it read, in order, also those it refused.
    std::vector<Delivery> deliveries;
    std::map<std::string, std::set<std::string>> bodiesByKey;

    /// Times that a match value was applied under different idempotency keys.
    [[nodiscard]] std::size_t keysThatApplied(const std::string& match) const;

private:
    [[nodiscard]] http::Answer aboutJob(const std::string& job);

    std::map<std::string, std::string> m_answers;
    std::map<std::string, std::pair<int, std::string>> m_jobs; ///< polls so far, final answer
    std::map<std::string, std::set<std::string>> m_keysByMatch;
};

/// The client side, independent of the declarative connector: one line of JSON per record.
class FakeDestination final : public connector::Destination
{
public:
    FakeDestination();
    connector::Capabilities can;
    bool atomicRefusal = true;
    bool confirmsPerRecord = true;
    std::string account = "fake:acme";
    int renewals = 0;
    bool renewable = false;
    std::string token = "first";

    [[nodiscard]] std::string accountIdentity() const override { return account; }
    [[nodiscard]] std::unique_ptr<connector::Inquiry<connector::AccountCheck>> check() override;
    [[nodiscard]] std::unique_ptr<connector::Inquiry<std::vector<connector::ObjectInfo>>>
    objects() override;
    [[nodiscard]] std::unique_ptr<connector::Inquiry<std::vector<connector::FieldInfo>>>
    fields(const std::string& object) override;
    [[nodiscard]] Result<connector::Capabilities>
    capabilities(const std::string& object) const override;
    [[nodiscard]] std::string normalisedMatch(const std::string& object,
                                              const std::string& matchField,
                                              data::ValueView match) const override;
    [[nodiscard]] std::size_t encodedSize(const connector::DeliveryBatch& batchWithoutRecords,
                                          const connector::OutgoingRecord& record) const override;
    [[nodiscard]] std::size_t
    envelopeSize(const connector::DeliveryBatch& batchWithoutRecords) const override;
    [[nodiscard]] std::unique_ptr<connector::Exchange>
    beginRun(const std::string& runId, const std::string& object,
             connector::Operation operation) override;
    [[nodiscard]] std::unique_ptr<connector::Exchange>
    submit(const connector::DeliveryBatch& batch) override;
    [[nodiscard]] std::unique_ptr<connector::Exchange>
    settle(const std::string& receipt, const connector::DeliveryBatch& batch) override;
    [[nodiscard]] std::unique_ptr<connector::Exchange> commitRun(const std::string& runId) override;
    [[nodiscard]] std::unique_ptr<connector::Inquiry<connector::CredentialRenewal>>
    renewCredential() override;
};

} // namespace headgate::fakes
