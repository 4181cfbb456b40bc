// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"

#include <memory>
#include <string>
#include <vector>

namespace headgate::fakes {

/// A batch that owns what its views look at.
class BatchBox
{
public:
    BatchBox(connector::Operation operation, std::string object, std::string idempotencyKey,
             std::string matchField = {})
    {
        m_batch.operation = operation;
        m_batch.object = std::move(object);
        m_batch.idempotencyKey = std::move(idempotencyKey);
        m_batch.matchField = std::move(matchField);
    }

    BatchBox& add(std::string payload, std::string match = {}, std::string previousMatch = {})
    {
        const auto keep = [this](std::string text) -> std::string_view {
            return *m_texts.emplace_back(std::make_shared<const std::string>(std::move(text)));
        };
        connector::OutgoingRecord record;
        record.payload = keep(std::move(payload));
        record.match = {data::ValueKind::Text, keep(std::move(match))};
        record.previousMatch = {data::ValueKind::Text, keep(std::move(previousMatch))};
        record.key = record.match.text;
        m_batch.records.push_back(record);
        return *this;
    }
    BatchBox& fillOnly(std::vector<std::string> members)
    {
        m_batch.fillOnly = std::move(members);
        return *this;
    }
    BatchBox& options(std::string requestValues)
    {
        m_batch.requestValues = std::move(requestValues);
        return *this;
    }

    [[nodiscard]] const connector::DeliveryBatch& batch() const { return m_batch; }

private:
    std::vector<std::shared_ptr<const std::string>> m_texts; ///< shared with copies, whose views
                                                             ///< look at them too
    connector::DeliveryBatch m_batch;
};

/// What a coded destination answers at once.
inline connector::BatchResult resultOf(const std::unique_ptr<connector::Exchange>& exchange)
{
    return exchange->next(nullptr).result.value();
}

template <typename T>
Result<T> answerOf(const std::unique_ptr<connector::Inquiry<T>>& inquiry)
{
    return inquiry->next(nullptr).result.value();
}

} // namespace headgate::fakes
