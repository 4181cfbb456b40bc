// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/answer_reader.h"

#include "base/text.h"
#include "connector/answer_body.h"
#include "connector/record_matcher.h"
#include "connector/retry_pause.h"
#include "http/retry_policy.h"

#include <algorithm>

namespace headgate::connector {

namespace {

using http::AnswerClass;

constexpr data::JsonLimits answerLimits{32 << 20, 64};

BatchResult answeredUnclear(BatchResult result)
{
    result.verdict = Verdict::Ambiguous;
    result.code = "answer.unclear";
    result.message =
        Text::tr("The destination's answer was not understood, so it is not known whether the "
                 "records were taken.")
            .toStdString();
    return result;
}

bool isSuccess(int status)
{
    return status >= 200 && status <= 299;
}

Verdict verdictOf(AnswerClass answerClass, bool mayBeApplied)
{
    switch (answerClass) {
    case AnswerClass::Accepted:
    case AnswerClass::Ambiguous:
        return Verdict::Ambiguous;
    case AnswerClass::Refused:
    case AnswerClass::TooLarge:
    case AnswerClass::Missing:
    case AnswerClass::Conflict:
        return Verdict::Refused;
    case AnswerClass::RateLimited:
        return Verdict::RateLimited;
    case AnswerClass::Transient:
        return Verdict::Transient;
    case AnswerClass::Unauthorised:
        return Verdict::Unauthorised;
    case AnswerClass::Fatal:
        return Verdict::Fatal;
    case AnswerClass::Abandoned:
        return mayBeApplied ? Verdict::Ambiguous : Verdict::Transient;
    }
    return Verdict::Ambiguous;
}

} // namespace

AnswerError errorOf(const AnswerDefaults& defaults, std::string_view body)
{
    AnswerError error;
    const auto json = data::parseJson(body, answerLimits);
    if (!json)
        return error;
    for (const std::string& pointer : defaults.errorCode)
        error.code = error.code.empty() ? textAt(*json, pointer) : error.code;
    for (const std::string& pointer : defaults.errorMessage)
        error.message = error.message.empty() ? textAt(*json, pointer) : error.message;
    return error;
}

AnswerReader::AnswerReader(const ConnectorSpec& spec, const ObjectSpec& object,
                           const OperationSpec& operation, std::string_view matchField,
                           bool recordInPath, WallTime now)
    : m_spec(spec), m_object(object), m_operation(operation),
      m_matchField(object.findMatchField(matchField)), m_recordInPath(recordInPath), m_now(now)
{}

const AnswerSpec* AnswerReader::ruleFor(int status) const
{
    for (const AnswerSpec& rule : m_operation.answers) {
        const bool success = rule.statuses.empty() && isSuccess(status);
        if (success ||
            std::find(rule.statuses.begin(), rule.statuses.end(), status) != rule.statuses.end())
            return &rule;
    }
    return nullptr;
}

BatchResult AnswerReader::framed(const http::Answer& answer) const
{
    BatchResult result;
    result.status = answer.status;
    result.code = http::classify(answer, m_operation.repeatable).code;
    return result;
}

std::optional<Milliseconds> AnswerReader::pauseOf(const http::Answer& answer) const
{
    return pauseAskedFor(m_spec.answers.retryAfter, answer, m_now);
}

std::optional<Meaning> AnswerReader::meaningOf(const http::Answer& answer, const std::string& code,
                                               const AnswerSpec* rule) const
{
    for (const auto* codes : {rule ? &rule->codes : &m_spec.answers.codes, &m_spec.answers.codes})
        for (const CodeMeaning& entry : *codes)
            if (!code.empty() && entry.code == code)
                return entry.means;
    for (const StatusMeaning& entry : m_spec.answers.statuses)
        if (std::find(entry.statuses.begin(), entry.statuses.end(), answer.status) !=
            entry.statuses.end())
            return entry.means;
    return std::nullopt;
}

BatchResult AnswerReader::uniform(Meaning meaning, BatchResult result, std::size_t records) const
{
    const auto all = [&](Fate fate) {
        result.verdict = Verdict::PerRecord;
        result.outcomes.assign(records, {fate, result.code, result.message, {}});
        if (fate == Fate::Accepted)
            result.outcomes.assign(records, {fate, {}, {}, {}});
        return result;
    };
    switch (meaning) {
    case Meaning::Accepted:
        return all(Fate::Accepted);
    case Meaning::Exists:
        return all(Fate::Exists);
    case Meaning::Absent:
        return all(Fate::Absent);
    case Meaning::Rejected:
        result.verdict = Verdict::Refused;
        result.splittable =
            records > 1 && m_operation.atomicRefusal && http::isSplittable(result.status);
        result.tooLarge = result.status == 413;
        return result;
    case Meaning::Retry:
        result.verdict = Verdict::Transient;
        return result;
    case Meaning::RateLimited:
        result.verdict = Verdict::RateLimited;
        return result;
    case Meaning::Unauthorised:
        result.verdict = Verdict::Unauthorised;
        return result;
    case Meaning::Fatal:
        result.verdict = Verdict::Fatal;
        return result;
    case Meaning::Ambiguous:
        result.verdict = Verdict::Ambiguous;
        return result;
    }
    return result;
}

BatchResult AnswerReader::readFailure(const http::Answer& answer, std::size_t records,
                                      const AnswerSpec* rule, bool saysNo) const
{
    const http::AnswerReading reading = http::classify(answer, m_operation.repeatable);
    BatchResult result = framed(answer);
    result.retryAfter = pauseOf(answer);
    const bool whole = answer.transport == http::Transport::Complete;
    const AnswerError error = errorOf(m_spec.answers, whole ? answer.body : std::string());
    result.message = foreignText(error.message.empty() && !whole ? answer.detail : error.message);
    if (!error.code.empty())
        result.code = foreignText(error.code);
    if (const auto meaning = whole ? meaningOf(answer, error.code, rule) : std::nullopt)
        return uniform(*meaning, std::move(result), records);
    if (reading.answerClass == AnswerClass::Accepted)
        return saysNo ? uniform(Meaning::Rejected, std::move(result), records)
                      : answeredUnclear(std::move(result));
    if (reading.answerClass == AnswerClass::Missing && !m_recordInPath)
        return uniform(Meaning::Fatal, std::move(result), records);
    const Verdict verdict = verdictOf(reading.answerClass, reading.mayBeApplied);
    if (verdict == Verdict::Refused)
        return uniform(Meaning::Rejected, std::move(result), records);
    result.verdict = verdict;
    return result;
}

BatchResult AnswerReader::read(const http::Answer& answer, std::span<const OutgoingRecord> records,
                               std::span<const std::size_t> traces) const
{
    const AnswerSpec* rule =
        answer.transport == http::Transport::Complete ? ruleFor(answer.status) : nullptr;
    return rule ? readRule(*rule, answer, records, traces)
                : readFailure(answer, records.size(), nullptr, false);
}

BatchResult AnswerReader::readRule(const AnswerSpec& rule, const http::Answer& answer,
                                   std::span<const OutgoingRecord> records,
                                   std::span<const std::size_t> traces) const
{
    BatchResult result = framed(answer);
    if (rule.means) {
        const AnswerError error = errorOf(m_spec.answers, answer.body);
        result.message = foreignText(error.message);
        result.retryAfter = pauseOf(answer);
        return uniform(*rule.means, std::move(result), records.size());
    }
    RecordMatcher matcher(rule, m_spec.answers, m_matchField, records, traces);
    result.verdict = Verdict::PerRecord;
    if (rule.matching == Matching::CsvKey) {
        result.outcomes = matcher.readCsv(answer.body);
        return result;
    }
    const bool opaque = rule.receipt.empty() && !rule.success && rule.acceptedCount.empty() &&
                        rule.rejectedCount.empty() && rule.warnings.empty() &&
                        (rule.matching == Matching::WholeBatch || rule.matching == Matching::None);
    const auto body = opaque ? Result<data::JsonNode>(data::JsonNode())
                             : data::parseJson(answer.body, answerLimits);
    if (!body && !isSuccess(answer.status) && rule.success)
        return readFailure(answer, records.size(), &rule, false);
    if (!body)
        return answeredUnclear(std::move(result));
    if (rule.success && !isMet(*rule.success, *body))
        return readFailure(answer, records.size(), &rule,
                           nodeAt(*body, rule.success->at) != nullptr);
    if (!rule.receipt.empty()) {
        result.verdict = Verdict::Receipt;
        result.receipt = textAt(*body, rule.receipt);
        return result.receipt.empty() ? answeredUnclear(std::move(result)) : result;
    }
    result.outcomes = matcher.read(*body);
    return result;
}

std::optional<BatchResult> AnswerReader::failureOf(const http::Answer& answer,
                                                   std::size_t records) const
{
    const bool whole = answer.transport == http::Transport::Complete;
    if (whole && isSuccess(answer.status))
        return std::nullopt;
    BatchResult result = readFailure(answer, records, nullptr, false);
    if (result.verdict == Verdict::Ambiguous || result.verdict == Verdict::PerRecord) {
        result.verdict = Verdict::Transient;
        result.outcomes.clear();
    }
    return result;
}

} // namespace headgate::connector
