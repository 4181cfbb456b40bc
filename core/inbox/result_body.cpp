// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/result_body.h"

#include <algorithm>

namespace headgate::inbox {

using connector::ErrorList;
using connector::Matching;
using connector::Meaning;
using data::JsonNode;

namespace {

Meaning meaningOf(ItemFate fate)
{
    switch (fate) {
    case ItemFate::Taken:
        return Meaning::Accepted;
    case ItemFate::Exists:
        return Meaning::Exists;
    case ItemFate::Absent:
        return Meaning::Absent;
    case ItemFate::Refused:
        return Meaning::Rejected;
    }
    return Meaning::Rejected;
}

const char* usualMessage(ItemFate fate)
{
    switch (fate) {
    case ItemFate::Taken:
        return "";
    case ItemFate::Exists:
        return "The record exists already.";
    case ItemFate::Absent:
        return "There is no such record.";
    case ItemFate::Refused:
        return "The inbox was told to refuse this record.";
    }
    return "";
}

/// A value that a condition does not hold for.
JsonNode otherValue(const connector::Condition& condition)
{
    if (condition.in.front().is_boolean())
        return !condition.in.front().get<bool>();
    return condition.in.front().is_number() ? JsonNode(-1) : JsonNode("refused");
}

std::string lettersOf(std::string_view text)
{
    std::string letters;
    for (const char c : text)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            letters += static_cast<char>(c | 0x20);
    return letters;
}

bool soundsLike(const std::string& letters, ItemFate fate)
{
    const auto holds = [&](const char* word) { return letters.find(word) != std::string::npos; };
    switch (fate) {
    case ItemFate::Taken:
        return false;
    case ItemFate::Exists:
        return holds("exist") || holds("conflict") || holds("duplicate");
    case ItemFate::Absent:
        return holds("notfound") || holds("missing") || holds("unknown");
    case ItemFate::Refused:
        return holds("invalid");
    }
    return false;
}

std::string csvCell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + '"';
}

} // namespace

void putAt(JsonNode& root, const std::string& pointer, JsonNode value)
{
    JsonNode* node = &root;
    for (std::size_t at = 0; at < pointer.size();) {
        const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
        std::string token = pointer.substr(at + 1, end - at - 1);
        const bool index = !token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
            return c >= '0' && c <= '9';
        });
        at = end;
        if (index && (node->is_null() || node->is_array())) {
            node = &(*node)[std::min<std::size_t>(std::stoul(token), node->size())];
            continue;
        }
        for (std::size_t tilde = 0; (tilde = token.find('~', tilde)) != std::string::npos; ++tilde)
            token.replace(tilde, 2, token.substr(tilde, 2) == "~1" ? "/" : "~");
        if (!node->is_object())
            *node = JsonNode::object();
        node = &(*node)[token];
    }
    *node = std::move(value);
}

void fulfil(const connector::Condition& condition, JsonNode& root)
{
    if (!condition.in.empty())
        putAt(root, condition.at, condition.in.front());
    else if (!root.contains(JsonNode::json_pointer(condition.at)))
        putAt(root, condition.at, true);
}

ResultBody::ResultBody(const connector::ConnectorSpec& spec, const connector::AnswerSpec& answer,
                       const Delivery& delivery, const std::vector<ItemOutcome>& outcomes)
    : m_spec(spec), m_answer(answer), m_delivery(delivery), m_outcomes(outcomes),
      m_body(JsonNode::object())
{}

std::string ResultBody::json()
{
    if (m_answer.success)
        fulfil(*m_answer.success, m_body);
    for (const ErrorList& list : m_answer.lists)
        if (list.required)
            put(list.at, m_answer.matching == Matching::FieldToIndexes ? JsonNode::object()
                                                                       : JsonNode::array());
    writeLists();
    writeCounts();
    return m_body.dump(-1, ' ', false, JsonNode::error_handler_t::replace);
}

void ResultBody::writeLists()
{
    switch (m_answer.matching) {
    case Matching::Index:
        if (m_answer.itemAccepted && !m_answer.lists.empty())
            return writeEveryItem(m_answer.lists.front());
        return writeFailures();
    case Matching::FieldToIndexes:
        return writeFieldIndexes();
    case Matching::IndexInNamedArray:
    case Matching::TraceId:
    case Matching::EchoedKey:
    case Matching::JobErrors:
        return writeFailures();
    case Matching::CsvKey:
    case Matching::CountsOnly:
    case Matching::WholeBatch:
    case Matching::None:
        return;
    }
}

void ResultBody::writeEveryItem(const ErrorList& list)
{
    JsonNode items = JsonNode::array();
    for (std::size_t i = 0; i < m_outcomes.size(); ++i) {
        const bool taken = m_outcomes[i].fate == ItemFate::Taken;
        JsonNode item = taken ? JsonNode::object() : failureItem(i, list);
        if (taken)
            fulfil(*m_answer.itemAccepted, item);
        else if (!m_answer.itemAccepted->in.empty())
            putAt(item, m_answer.itemAccepted->at, otherValue(*m_answer.itemAccepted));
        items.push_back(std::move(item));
    }
    put(list.at, std::move(items));
}

void ResultBody::writeFieldIndexes()
{
    for (std::size_t i = 0; i < m_outcomes.size(); ++i) {
        if (m_outcomes[i].fate == ItemFate::Taken || m_answer.lists.empty())
            continue;
        const ErrorList& list = listFor(i);
        append(list.at + '/' + (matchFieldOf(i).empty() ? "id" : matchFieldOf(i)), i);
    }
}

void ResultBody::writeFailures()
{
    for (std::size_t i = 0; i < m_outcomes.size(); ++i)
        if (m_outcomes[i].fate != ItemFate::Taken && !m_answer.lists.empty()) {
            const ErrorList& list = listFor(i);
            append(list.at, failureItem(i, list));
        }
}

JsonNode ResultBody::failureItem(std::size_t index, const ErrorList& list) const
{
    const ItemOutcome& outcome = m_outcomes[index];
    const ReadItem& item = m_delivery.items[index];
    if (m_answer.matching == Matching::EchoedKey && m_answer.itemKey.empty())
        return item.match;
    JsonNode node = JsonNode::object();
    const auto set = [&](const std::string& pointer, JsonNode value) {
        if (!pointer.empty())
            putAt(node, pointer, std::move(value));
    };
    if (m_answer.matching == Matching::JobErrors)
        set(m_answer.itemIndex, m_answer.itemIndexPrefix + std::to_string(index));
    else
        set(m_answer.itemIndex, index);
    set(m_answer.itemArray, m_answer.array);
    set(m_answer.itemKey, m_answer.matching == Matching::TraceId ? item.trace : item.match);
    if (list.code.empty())
        set(m_answer.itemCode, codeFor(outcome));
    set(m_answer.itemMessage,
        outcome.message.empty() ? std::string(usualMessage(outcome.fate)) : outcome.message);
    set(m_answer.itemField, matchFieldOf(index));
    return node;
}

/// The list that a failure belongs in: of its code, else one that sounds like its fate; among
/// several the one that is named after the match field.
const ErrorList& ResultBody::listFor(std::size_t index) const
{
    const ItemOutcome& outcome = m_outcomes[index];
    const std::string field = lettersOf(matchFieldOf(index));
    const ErrorList* best = &m_answer.lists.front();
    int bestScore = -1;
    for (const ErrorList& list : m_answer.lists) {
        const std::string place = lettersOf(list.at + list.code);
        int score = !field.empty() && place.find(field) != std::string::npos ? 1 : 0;
        if (!outcome.code.empty())
            score += list.code == outcome.code ? 4 : 0;
        else if (list.code == codeFor(outcome) || soundsLike(place, outcome.fate))
            score += 2;
        if (score > bestScore) {
            best = &list;
            bestScore = score;
        }
    }
    return *best;
}

const std::string& ResultBody::matchFieldOf(std::size_t index) const
{
    const std::string& own = m_delivery.items[index].matchField;
    return own.empty() ? m_delivery.matchField : own;
}

std::string ResultBody::codeFor(const ItemOutcome& outcome) const
{
    if (!outcome.code.empty())
        return outcome.code;
    for (const auto* codes : {&m_answer.codes, &m_spec.answers.codes})
        for (const connector::CodeMeaning& known : *codes)
            if (known.means == meaningOf(outcome.fate))
                return known.code;
    return "INBOX";
}

void ResultBody::writeCounts()
{
    const auto taken = std::count_if(m_outcomes.begin(), m_outcomes.end(), [](const auto& outcome) {
        return outcome.fate == ItemFate::Taken;
    });
    if (!m_answer.acceptedCount.empty())
        put(m_answer.acceptedCount, taken);
    if (!m_answer.rejectedCount.empty())
        put(m_answer.rejectedCount, static_cast<std::ptrdiff_t>(m_outcomes.size()) - taken);
}

void ResultBody::put(const std::string& pointer, JsonNode value)
{
    putAt(m_body, pointer, std::move(value));
}

void ResultBody::append(const std::string& pointer, JsonNode value)
{
    const JsonNode::json_pointer place(pointer);
    if (!m_body.contains(place))
        put(pointer, JsonNode::array());
    m_body.at(place).push_back(std::move(value));
}

std::string ResultBody::csv() const
{
    const auto column = [](const std::string& pointer) {
        return csvCell(pointer.substr(std::min<std::size_t>(1, pointer.size())));
    };
    std::string out = column(m_answer.itemKey) + ',' + column(m_answer.itemMessage) + "\r\n";
    for (std::size_t i = 0; i < m_outcomes.size(); ++i)
        if (m_outcomes[i].fate != ItemFate::Taken)
            out +=
                csvCell(m_delivery.items[i].match) + ',' + csvCell(codeFor(m_outcomes[i])) + "\r\n";
    return out;
}

} // namespace headgate::inbox
