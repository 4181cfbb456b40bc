// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "connector/connector_spec.h"
#include "connector/destination.h"

#include <optional>
#include <span>
#include <string>

namespace headgate::connector {

/// Says what an answer means for the records that were sent, by the rules of one operation. Reads
/// the status first, then whatever of the body the rules name; what they do not explain is in
/// doubt.
class AnswerReader
{
public:
    /// All arguments outlive it. `recordInPath`: the request's address names its one record, so
    /// that a 404 speaks of the record and not of the endpoint.
    AnswerReader(const ConnectorSpec& spec, const ObjectSpec& object,
                 const OperationSpec& operation, std::string_view matchField, bool recordInPath,
                 WallTime now);

    /// `records` were sent in this order under these traces. The result's outcomes are theirs.
    [[nodiscard]] BatchResult read(const http::Answer& answer,
                                   std::span<const OutgoingRecord> records,
                                   std::span<const std::size_t> traces) const;

    /// The same for an answer under one rule, whatever its status (errors of a job).
    [[nodiscard]] BatchResult readRule(const AnswerSpec& rule, const http::Answer& answer,
                                       std::span<const OutgoingRecord> records,
                                       std::span<const std::size_t> traces) const;

    /// A request that delivers nothing (lookup, poll): empty if its answer is a whole 2xx, else
    /// what the exchange came to. The request may be repeated, so nothing is in doubt for it.
    [[nodiscard]] std::optional<BatchResult> failureOf(const http::Answer& answer,
                                                       std::size_t records) const;

private:
    [[nodiscard]] const AnswerSpec* ruleFor(int status) const;
    /// `saysNo`: a 2xx whose success condition the body expressly contradicts.
    [[nodiscard]] BatchResult readFailure(const http::Answer& answer, std::size_t records,
                                          const AnswerSpec* rule, bool saysNo) const;
    [[nodiscard]] BatchResult uniform(Meaning meaning, BatchResult result,
                                      std::size_t records) const;
    [[nodiscard]] BatchResult framed(const http::Answer& answer) const;
    [[nodiscard]] std::optional<Meaning>
    meaningOf(const http::Answer& answer, const std::string& code, const AnswerSpec* rule) const;
    [[nodiscard]] std::optional<Milliseconds> pauseOf(const http::Answer& answer) const;

    const ConnectorSpec& m_spec;
    const ObjectSpec& m_object;
    const OperationSpec& m_operation;
    const MatchField* m_matchField;
    bool m_recordInPath;
    WallTime m_now;
};

/// The error's code and words, from the first pointers of the spec that lead anywhere.
struct AnswerError
{
    std::string code;
    std::string message;
};
[[nodiscard]] AnswerError errorOf(const AnswerDefaults& defaults, std::string_view body);

} // namespace headgate::connector
