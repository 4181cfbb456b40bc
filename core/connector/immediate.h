// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/account_values.h"
#include "connector/connector_spec.h"

#include <functional>
#include <optional>
#include <utility>

namespace headgate::connector {

/// An exchange of a coded destination: does its work, blocking, when it is asked for the first
/// step.
class ImmediateExchange final : public Exchange
{
public:
    explicit ImmediateExchange(std::function<BatchResult()> work) : m_work(std::move(work)) {}
    [[nodiscard]] ExchangeStep next(const http::Answer*) override
    {
        return {std::nullopt, m_work()};
    }

private:
    std::function<BatchResult()> m_work;
};

/// The same for what is no delivery.
template <typename T>
class ImmediateInquiry final : public Inquiry<T>
{
public:
    explicit ImmediateInquiry(std::function<Result<T>()> work) : m_work(std::move(work)) {}
    [[nodiscard]] typename Inquiry<T>::Step next(const http::Answer*) override
    {
        return {std::nullopt, m_work()};
    }

private:
    std::function<Result<T>()> m_work;
};

/// A run that needs nothing before its first or after its last batch.
[[nodiscard]] BatchResult nothingToDo();

/// What an error means for a whole batch that surely was not applied.
[[nodiscard]] BatchResult notApplied(Verdict verdict, const Error& error);

/// Fatal where the spec has no such operation.
[[nodiscard]] std::optional<BatchResult>
unfitOperation(const ConnectorSpec& spec, const std::string& object, Operation operation);

/// The same, and Refused where the batch is over the operation's limits, the bytes being those of
/// payloads and match values.
[[nodiscard]] std::optional<BatchResult>
unfitBatch(const ConnectorSpec& spec, const AccountValues& account, const DeliveryBatch& batch);

} // namespace headgate::connector
