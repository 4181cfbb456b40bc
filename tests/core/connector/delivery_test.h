// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination_factory.h"
#include "connector/spec_library.h"
#include "fakes/fake_clock.h"
#include "fakes/print_to.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headgate::connector {

/// A record and the texts that an OutgoingRecord views.
struct TestRecord
{
    std::string key;
    data::Value match;
    std::string payload;
};

[[nodiscard]] inline TestRecord textRecord(const std::string& match, std::string payload)
{
    return {match, {data::ValueKind::Text, match}, std::move(payload)};
}

/// Views `records`, which outlive it.
[[nodiscard]] inline DeliveryBatch batchOf(Operation operation, std::string object,
                                           std::string matchField,
                                           const std::vector<TestRecord>& records)
{
    DeliveryBatch batch;
    batch.operation = operation;
    batch.object = std::move(object);
    batch.matchField = std::move(matchField);
    batch.idempotencyKey = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    batch.number = 1;
    for (const TestRecord& record : records)
        batch.records.push_back({record.key, record.match.view(), {}, record.payload, {}});
    return batch;
}

[[nodiscard]] inline http::Answer answered(int status, std::string body,
                                           std::vector<http::Header> headers = {})
{
    http::Answer answer;
    answer.transport = http::Transport::Complete;
    answer.status = status;
    answer.body = std::move(body);
    answer.headers = std::move(headers);
    return answer;
}

[[nodiscard]] inline std::string headerOf(const http::Request& request, std::string_view name)
{
    for (const http::Header& header : request.headers)
        if (header.name == name)
            return header.value;
    return "(absent)";
}

[[nodiscard]] inline std::vector<Fate> fatesOf(const BatchResult& result)
{
    std::vector<Fate> fates;
    for (const RecordOutcome& outcome : result.outcomes)
        fates.push_back(outcome.fate);
    return fates;
}

} // namespace headgate::connector
