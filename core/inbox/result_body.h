// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector_spec.h"
#include "data/json.h"
#include "inbox/answer_writer.h"

#include <string>
#include <vector>

namespace headgate::inbox {

/// Puts `value` where the JSON Pointer says, making what is missing on the way: an object, or an
/// array where the token is a number.
void putAt(data::JsonNode& root, const std::string& pointer, data::JsonNode value);

/// Makes the condition hold.
void fulfil(const connector::Condition& condition, data::JsonNode& root);

/// Writes the body of an answer that says per record what happened.
class ResultBody
{
public:
    ResultBody(const connector::ConnectorSpec& spec, const connector::AnswerSpec& answer,
               const Delivery& delivery, const std::vector<ItemOutcome>& outcomes);

    [[nodiscard]] std::string json();
    [[nodiscard]] std::string csv() const;

private:
    void writeLists();
    void writeEveryItem(const connector::ErrorList& list);
    void writeFieldIndexes();
    void writeFailures();
    void writeCounts();
    void put(const std::string& pointer, data::JsonNode value);
    void append(const std::string& pointer, data::JsonNode value);
    [[nodiscard]] data::JsonNode failureItem(std::size_t index,
                                             const connector::ErrorList& list) const;
    [[nodiscard]] const connector::ErrorList& listFor(std::size_t index) const;
    [[nodiscard]] const std::string& matchFieldOf(std::size_t index) const;
    [[nodiscard]] std::string codeFor(const ItemOutcome& outcome) const;

    const connector::ConnectorSpec& m_spec;
    const connector::AnswerSpec& m_answer;
    const Delivery& m_delivery;
    const std::vector<ItemOutcome>& m_outcomes;
    data::JsonNode m_body;
};

} // namespace headgate::inbox
