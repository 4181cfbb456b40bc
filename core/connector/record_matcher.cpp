// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/record_matcher.h"

#include "base/text.h"
#include "connector/csv_table.h"
#include "connector/normalisation.h"
#include "connector/raw_json.h"

#include <algorithm>

namespace headgate::connector {

namespace {

bool hasMember(std::string_view payload, const std::string& name)
{
    RawWalk walk(payload);
    RawMember member;
    while (walk.next(member)) {
        const auto memberName = rawString(member.name);
        if (memberName && *memberName == name)
            return true;
    }
    return false;
}

} // namespace

Fate fateOf(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Accepted:
        return Fate::Accepted;
    case Meaning::Rejected:
    case Meaning::Fatal:
        return Fate::Rejected;
    case Meaning::Exists:
        return Fate::Exists;
    case Meaning::Absent:
        return Fate::Absent;
    case Meaning::Retry:
    case Meaning::RateLimited:
    case Meaning::Unauthorised:
        return Fate::Retry;
    case Meaning::Ambiguous:
        return Fate::InDoubt;
    }
    return Fate::InDoubt;
}

RecordOutcome unclear()
{
    return {
        Fate::InDoubt,
        "answer.unclear",
        Text::tr("The destination's answer does not say what became of this record.").toStdString(),
        {}};
}

RecordMatcher::RecordMatcher(const AnswerSpec& answer, const AnswerDefaults& defaults,
                             const MatchField* matchField, std::span<const OutgoingRecord> records,
                             std::span<const std::size_t> traces)
    : m_answer(answer), m_defaults(defaults), m_matchField(matchField), m_records(records),
      m_traces(traces), m_outcomes(records.size())
{}

std::vector<RecordOutcome> RecordMatcher::read(const data::JsonNode& body)
{
    switch (m_answer.matching) {
    case Matching::None:
        return all({Fate::Unconfirmed, {}, {}, {}});
    case Matching::WholeBatch:
        m_evidence = true;
        break;
    case Matching::CountsOnly:
        m_evidence = true;
        readCounts(body);
        return countsOnly(body);
    case Matching::Index:
    case Matching::IndexInNamedArray:
    case Matching::FieldToIndexes:
    case Matching::TraceId:
    case Matching::EchoedKey:
    case Matching::JobErrors:
        m_evidence = m_answer.success.has_value();
        readItems(body);
        break;
    case Matching::CsvKey:
        return all(unclear());
    }
    readCounts(body);
    std::vector<RecordOutcome> outcomes = finish();
    addWarnings(body, outcomes);
    return outcomes;
}

std::vector<RecordOutcome> RecordMatcher::readCsv(std::string_view body)
{
    const auto table = parseCsv(body);
    const auto keyColumn = table ? columnOf(*table, m_answer.itemKey) : std::nullopt;
    if (!keyColumn)
        return all(unclear());
    m_evidence = true;
    const auto cell = [](const std::vector<std::string>& row, std::optional<std::size_t> column) {
        return column && *column < row.size() ? row[*column] : std::string();
    };
    const auto codeColumn = columnOf(*table, m_answer.itemCode);
    const auto messageColumn = columnOf(*table, m_answer.itemMessage);
    const auto fieldColumn = columnOf(*table, m_answer.itemField);
    for (std::size_t i = 1; i < table->size(); ++i) {
        const std::vector<std::string>& row = (*table)[i];
        m_consistent = m_consistent && row.size() == table->front().size();
        name(byKey(cell(row, keyColumn)),
             failure(cell(row, codeColumn), cell(row, fieldColumn), cell(row, messageColumn)));
    }
    return finish();
}

void RecordMatcher::readItems(const data::JsonNode& body)
{
    for (const ErrorList& list : m_answer.lists) {
        const data::JsonNode* node = nodeAt(body, list.at);
        if (!node || node->is_null()) {
            m_consistent = m_consistent && !list.required;
            continue;
        }
        m_evidence = true;
        if (m_answer.matching == Matching::FieldToIndexes)
            readFieldIndexes(*node, list);
        else if (!node->is_array())
            m_consistent = false;
        else if (m_answer.matching == Matching::Index && m_answer.itemIndex.empty())
            readEveryRecord(*node);
        else
            for (const data::JsonNode& item : *node)
                name(recordsOf(item), failure(item, list));
    }
}

/// One item per record: an array of another length leaves every record open, because nothing tells
/// where it went out of step.
void RecordMatcher::readEveryRecord(const data::JsonNode& list)
{
    if (list.size() != m_records.size()) {
        m_consistent = false;
        return;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        const data::JsonNode& item = list[i];
        const bool accepted = m_answer.itemAccepted && isMet(*m_answer.itemAccepted, item);
        const std::string key = textAt(item, m_answer.itemKey);
        const std::vector<std::size_t> named =
            key.empty() ? std::vector<std::size_t>{i} : byKey(key);
        const bool contradicts = accepted && !textAt(item, m_answer.itemCode).empty();
        const bool known = m_answer.itemAccepted && nodeAt(item, m_answer.itemAccepted->at);
        if (contradicts || !known || std::find(named.begin(), named.end(), i) == named.end())
            m_outcomes[i] = unclear();
        else
            m_outcomes[i] = accepted ? RecordOutcome{Fate::Accepted, {}, {}, {}}
                                     : failure(item, m_answer.lists.front());
    }
}

void RecordMatcher::readFieldIndexes(const data::JsonNode& node, const ErrorList& list)
{
    const auto nameAll = [&](const data::JsonNode& indexes, const std::string& field) {
        m_consistent = m_consistent && indexes.is_array();
        for (const std::string& index : nodeTexts(indexes))
            name(byIndex(index), failure(list.code, field, list.message));
    };
    if (node.is_array())
        return nameAll(node, list.field);
    m_consistent = m_consistent && node.is_object();
    if (node.is_object())
        for (const auto& [field, indexes] : node.items())
            nameAll(indexes, field);
}

std::vector<std::size_t> RecordMatcher::byIndex(std::string_view text) const
{
    const auto index = wholeNumber(text);
    if (!index || *index >= m_records.size())
        return {};
    return {static_cast<std::size_t>(*index)};
}

std::string RecordMatcher::keyOf(std::size_t record) const
{
    return m_answer.matching == Matching::TraceId
               ? std::to_string(m_traces[record])
               : normalised(m_matchField, m_records[record].match.text);
}

std::vector<std::size_t> RecordMatcher::byKey(const std::string& text)
{
    if (!m_byKey) {
        m_byKey.emplace();
        for (std::size_t i = 0; i < m_records.size(); ++i)
            (*m_byKey)[keyOf(i)].push_back(i);
    }
    const bool trace = m_answer.matching == Matching::TraceId;
    const auto found = m_byKey->find(trace ? text : normalised(m_matchField, text));
    return found == m_byKey->end() ? std::vector<std::size_t>() : found->second;
}

std::vector<std::size_t> RecordMatcher::recordsOf(const data::JsonNode& item)
{
    switch (m_answer.matching) {
    case Matching::IndexInNamedArray:
        if (textAt(item, m_answer.itemArray) != m_answer.array)
            return {};
        return byIndex(textAt(item, m_answer.itemIndex));
    case Matching::Index:
        return byIndex(textAt(item, m_answer.itemIndex));
    case Matching::JobErrors: {
        std::string_view source;
        const std::string text = textAt(item, m_answer.itemIndex);
        source = text;
        if (source.substr(0, m_answer.itemIndexPrefix.size()) != m_answer.itemIndexPrefix)
            return {};
        source.remove_prefix(m_answer.itemIndexPrefix.size());
        return byIndex(source.substr(0, source.find('/')));
    }
    case Matching::TraceId:
    case Matching::EchoedKey: {
        const data::JsonNode* node = nodeAt(item, m_answer.itemKey);
        std::vector<std::size_t> records;
        for (const std::string& key : node ? nodeTexts(*node) : std::vector<std::string>()) {
            const std::vector<std::size_t> named = byKey(key);
            if (named.empty())
                return {};
            records.insert(records.end(), named.begin(), named.end());
        }
        return records;
    }
    case Matching::FieldToIndexes:
    case Matching::CsvKey:
    case Matching::CountsOnly:
    case Matching::WholeBatch:
    case Matching::None:
        return {};
    }
    return {};
}

void RecordMatcher::name(const std::vector<std::size_t>& records, const RecordOutcome& outcome)
{
    m_consistent = m_consistent && !records.empty();
    for (const std::size_t record : records)
        if (!m_outcomes[record])
            m_outcomes[record] = outcome;
}

Fate RecordMatcher::fateOf(const std::string& code) const
{
    for (const auto* codes : {&m_answer.codes, &m_defaults.codes})
        for (const CodeMeaning& meaning : *codes)
            if (meaning.code == code)
                return connector::fateOf(meaning.means);
    return Fate::Rejected;
}

RecordOutcome RecordMatcher::failure(const data::JsonNode& item, const ErrorList& list) const
{
    const std::string code = list.code.empty() ? textAt(item, m_answer.itemCode) : list.code;
    const std::string field = list.field.empty() ? textAt(item, m_answer.itemField) : list.field;
    const std::string message = textAt(item, m_answer.itemMessage);
    return failure(code, field, message.empty() ? list.message : message);
}

RecordOutcome RecordMatcher::failure(const std::string& code, const std::string& field,
                                     const std::string& message) const
{
    RecordOutcome outcome;
    outcome.fate = fateOf(code);
    outcome.message = foreignText(field.empty()     ? message
                                  : message.empty() ? field
                                                    : field + ": " + message);
    outcome.code = code.empty() ? "answer.rejected" : foreignText(code);
    return outcome;
}

void RecordMatcher::readCounts(const data::JsonNode& body)
{
    const auto named = static_cast<std::uint64_t>(
        std::count_if(m_outcomes.begin(), m_outcomes.end(), [](const auto& outcome) {
            return outcome && outcome->fate != Fate::Accepted;
        }));
    const auto check = [&](const std::string& pointer, std::uint64_t expected) {
        if (pointer.empty())
            return;
        const auto count = nodeCount(nodeAt(body, pointer));
        m_evidence = m_evidence || count.has_value();
        m_consistent = m_consistent && count == expected;
    };
    check(m_answer.rejectedCount, named);
    check(m_answer.acceptedCount, m_records.size() - named);
}

std::vector<RecordOutcome> RecordMatcher::countsOnly(const data::JsonNode& body) const
{
    const auto rejected = nodeCount(nodeAt(body, m_answer.rejectedCount));
    const auto accepted = nodeCount(nodeAt(body, m_answer.acceptedCount));
    const std::uint64_t sent = m_records.size();
    const std::uint64_t refused =
        rejected.value_or(accepted ? sent - std::min(sent, *accepted) : sent);
    if ((!rejected && !accepted) || refused > sent || (accepted && *accepted + refused != sent))
        return all(unclear());
    if (refused == sent && sent > 0)
        return all(failure({}, {}, {}));
    RecordOutcome outcome{Fate::Unconfirmed, {}, {}, {}};
    if (refused > 0)
        outcome.warnings.push_back(
            Text::tr("The destination refused %1 of %2 records and does not say which.")
                .arg(qulonglong(refused))
                .arg(qulonglong(sent))
                .toStdString());
    return all(outcome);
}

/// Fields that the destination dropped are told to the records that have them.
void RecordMatcher::addWarnings(const data::JsonNode& body,
                                std::vector<RecordOutcome>& outcomes) const
{
    for (const WarningSpec& warning : m_answer.warnings) {
        const data::JsonNode* node = nodeAt(body, warning.at);
        for (const std::string& text : node ? nodeTexts(*node) : std::vector<std::string>()) {
            if (text.empty())
                continue;
            const std::string shown = warning.code + ": " + foreignText(text);
            const std::string member = text.substr(0, text.find('.'));
            bool told = false;
            for (std::size_t i = 0; i < outcomes.size(); ++i) {
                if (!hasMember(m_records[i].payload, member))
                    continue;
                outcomes[i].warnings.push_back(shown);
                told = true;
            }
            if (!told && !outcomes.empty())
                outcomes.front().warnings.push_back(shown);
        }
    }
}

std::vector<RecordOutcome> RecordMatcher::all(const RecordOutcome& outcome) const
{
    return std::vector<RecordOutcome>(m_records.size(), outcome);
}

std::vector<RecordOutcome> RecordMatcher::finish()
{
    const bool settled = m_consistent && m_evidence;
    RecordOutcome rest = unclear();
    if (settled)
        rest = {connector::fateOf(m_answer.unnamed), {}, {}, {}};
    std::vector<RecordOutcome> outcomes;
    outcomes.reserve(m_outcomes.size());
    for (std::optional<RecordOutcome>& outcome : m_outcomes)
        outcomes.push_back(outcome ? std::move(*outcome) : rest);
    return outcomes;
}

} // namespace headgate::connector
