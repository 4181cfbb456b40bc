// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/answer_body.h"
#include "connector/connector_spec.h"
#include "connector/destination.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headgate::connector {

/// Finds out which record an answer speaks of, and what it says. Whatever the answer leaves open
/// is in doubt; only a record that the answer accounts for is accepted.
class RecordMatcher
{
public:
    /// `records` are those that were sent, in the order of sending, with the trace of each.
    RecordMatcher(const AnswerSpec& answer, const AnswerDefaults& defaults,
                  const MatchField* matchField, std::span<const OutgoingRecord> records,
                  std::span<const std::size_t> traces);

    [[nodiscard]] std::vector<RecordOutcome> read(const data::JsonNode& body);
    /// For Matching::CsvKey.
    [[nodiscard]] std::vector<RecordOutcome> readCsv(std::string_view body);

private:
    void readItems(const data::JsonNode& body);
    void readEveryRecord(const data::JsonNode& list);
    void readError(const data::JsonNode& item, const ErrorList& list);
    void readFieldIndexes(const data::JsonNode& node, const ErrorList& list);
    void readCounts(const data::JsonNode& body);
    [[nodiscard]] std::vector<RecordOutcome> countsOnly(const data::JsonNode& body) const;
    void addWarnings(const data::JsonNode& body, std::vector<RecordOutcome>& outcomes) const;
    [[nodiscard]] std::vector<std::size_t> recordsOf(const data::JsonNode& item);
    [[nodiscard]] std::vector<std::size_t> byIndex(std::string_view text) const;
    [[nodiscard]] std::vector<std::size_t> byKey(const std::string& text);
    [[nodiscard]] std::string keyOf(std::size_t record) const;
    [[nodiscard]] RecordOutcome failure(const data::JsonNode& item, const ErrorList& list) const;
    [[nodiscard]] RecordOutcome failure(const std::string& code, const std::string& field,
                                        const std::string& message) const;
    [[nodiscard]] Fate fateOf(const std::string& code) const;
    void name(const std::vector<std::size_t>& records, const RecordOutcome& outcome);
    [[nodiscard]] std::vector<RecordOutcome> finish();
    [[nodiscard]] std::vector<RecordOutcome> all(const RecordOutcome& outcome) const;

    const AnswerSpec& m_answer;
    const AnswerDefaults& m_defaults;
    const MatchField* m_matchField;
    std::span<const OutgoingRecord> m_records;
    std::span<const std::size_t> m_traces;
    /// By normalised match value, or trace; made when first asked for.
    std::optional<std::map<std::string, std::vector<std::size_t>>> m_byKey;
    std::vector<std::optional<RecordOutcome>> m_outcomes;
    bool m_consistent = true; ///< everything that the answer says fits the records
    bool m_evidence = false;  ///< something in the answer is about this request at all
};

[[nodiscard]] Fate fateOf(Meaning meaning);
/// Code "answer.unclear": the answer does not say what became of the record.
[[nodiscard]] RecordOutcome unclear();

} // namespace headgate::connector
