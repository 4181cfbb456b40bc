// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination_factory.h"
#include "connector/spec_library.h"
#include "data/json.h"
#include "fakes/fake_clock.h"

#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace headgate::compliance {

/// Hand-written answers of one connector: tests/core/connector/answers/ID.json. They were written
/// after the vendors' documentation, not by code that knows how they are read.
struct ConnectorAnswers
{
    std::string id;
    std::map<std::string, std::string> fields;
    std::map<std::string, std::string> secrets;
    std::optional<http::Answer> token;
    std::optional<http::Answer> check; ///< of an account that works
    std::string account;               ///< that the check names
};

/// One operation of a connector, and what its destination answers to `records` records.
struct ComplianceCase
{
    ConnectorAnswers connector;
    std::string name;
    connector::Operation operation = connector::Operation::Upsert;
    std::string object;
    std::string matchField;
    std::string matchPattern; ///< "%" is the record's number
    std::size_t records = 10;
    std::map<std::string, std::string> options;
    std::vector<http::Answer> accepted;
    std::vector<http::Answer> refused;
    std::vector<http::Answer> rest;           ///< to those that it did not refuse, sent again
    std::optional<std::size_t> refusedRecord; ///< empty: the answer names none
    bool refusedWhole = false;
    bool splittable = false;
    std::string code;
    std::string words;
    connector::Fate others = connector::Fate::Accepted;
    bool csvPayload = false;
};

void PrintTo(const ComplianceCase& value, std::ostream* out);

[[nodiscard]] std::vector<ComplianceCase> allCases();
[[nodiscard]] std::vector<std::string> allConnectors();
/// Shipped connectors and the paper ones of the tests.
[[nodiscard]] connector::SharedSpec specOf(const std::string& id);

/// An opened account with records to send, and how an exchange goes.
class Subject
{
public:
    explicit Subject(const ComplianceCase& testCase);

    [[nodiscard]] connector::Destination& destination() { return *m_destination; }
    [[nodiscard]] connector::DeliveryBatch batch(std::size_t records);
    /// The batch with other payloads, in this order.
    [[nodiscard]] connector::DeliveryBatch batch(std::vector<std::string> payloads);
    [[nodiscard]] std::string payload(std::size_t record) const;

    struct Run
    {
        std::vector<http::Request> requests;
        std::optional<connector::BatchResult> result;
    };
    /// Submits, and settles receipts, answering with `answers` in their order.
    [[nodiscard]] Run run(const connector::DeliveryBatch& batch,
                          const std::vector<http::Answer>& answers);
    [[nodiscard]] std::vector<std::string> secrets() const;
    [[nodiscard]] fakes::FakeClock& clock() { return m_clock; }

private:
    void open(const ComplianceCase& testCase);

    const ComplianceCase& m_case;
    fakes::FakeClock m_clock;
    std::unique_ptr<connector::Destination> m_destination;
    std::string m_requestValues;
    std::vector<std::string> m_matches;
    std::vector<std::string> m_payloads;
};

} // namespace headgate::compliance
