// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inbox/delivery_reader.h"
#include "inbox/http_answer.h"

#include <string>
#include <vector>

namespace headgate::inbox {

/// What became of one record of a delivery.
struct ItemOutcome
{
    ItemFate fate = ItemFate::Taken;
    std::string code;    ///< of a refusal; empty: one that the spec knows for it
    std::string message; ///< of a refusal
};

/// Says what became of a request's records in the words of the spec's destination. Shares nothing
/// with the code that reads such answers.
class AnswerWriter
{
public:
    AnswerWriter(const connector::ConnectorSpec& spec, const Delivery& delivery)
        : m_spec(spec), m_delivery(delivery)
    {}

    /// The destination cannot take a part of such a request: one refusal refuses it whole.
    [[nodiscard]] bool allOrNothing() const;
    /// The answer says which records failed only later, when the job is asked for.
    [[nodiscard]] bool takesForLater() const;

    [[nodiscard]] HttpAnswer write(const std::vector<ItemOutcome>& outcomes) const;
    /// The answer to a request that was taken for later under `receipt`.
    [[nodiscard]] HttpAnswer writeReceipt(const std::string& receipt) const;
    /// The state of that job, and its errors where they are in the same answer.
    [[nodiscard]] HttpAnswer writeJob(const std::vector<ItemOutcome>& outcomes) const;
    /// Its errors, where they are asked for by a request of their own.
    [[nodiscard]] HttpAnswer writeJobErrors(const std::vector<ItemOutcome>& outcomes) const;
    /// A whole request refused.
    [[nodiscard]] static HttpAnswer writeRefusal(const connector::ConnectorSpec& spec, int status,
                                                 const std::string& code,
                                                 const std::string& message);

private:
    [[nodiscard]] HttpAnswer refuseAll(const ItemOutcome& outcome) const;

    const connector::ConnectorSpec& m_spec;
    const Delivery& m_delivery;
};

} // namespace headgate::inbox
