// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/answer_writer.h"

#include "inbox/result_body.h"

#include <algorithm>

namespace headgate::inbox {

using connector::AnswerSpec;
using connector::Matching;
using connector::Meaning;
using data::JsonNode;

namespace {

int statusOf(const AnswerSpec& answer, int usual)
{
    return answer.statuses.empty() ? usual : answer.statuses.front();
}

const AnswerSpec* answerMeaning(const connector::OperationSpec& operation, Meaning meaning)
{
    for (const AnswerSpec& answer : operation.answers)
        if (answer.means == meaning)
            return &answer;
    return nullptr;
}

int usualRefusal(ItemFate fate)
{
    switch (fate) {
    case ItemFate::Taken:
        return 200;
    case ItemFate::Exists:
        return 409;
    case ItemFate::Absent:
        return 404;
    case ItemFate::Refused:
        return 400;
    }
    return 400;
}

Meaning refusalMeaning(ItemFate fate)
{
    return fate == ItemFate::Exists   ? Meaning::Exists
           : fate == ItemFate::Absent ? Meaning::Absent
                                      : Meaning::Rejected;
}

bool anyFailed(const std::vector<ItemOutcome>& outcomes)
{
    return std::any_of(outcomes.begin(), outcomes.end(),
                       [](const auto& outcome) { return outcome.fate != ItemFate::Taken; });
}

bool isSuccess(const AnswerSpec& answer)
{
    return (!answer.means || *answer.means == Meaning::Accepted) && statusOf(answer, 200) < 300;
}

/// The answer that can name failed records where there are some, else the first good one.
const AnswerSpec* answerFor(const connector::OperationSpec& operation, bool failures)
{
    for (const AnswerSpec& answer : operation.answers)
        if (failures ? !answer.lists.empty() && !answer.means : isSuccess(answer))
            return &answer;
    return failures ? answerFor(operation, false) : nullptr;
}

} // namespace

bool AnswerWriter::allOrNothing() const
{
    const AnswerSpec* answer = answerFor(*m_delivery.operation, true);
    return !answer || answer->matching == Matching::WholeBatch;
}

bool AnswerWriter::takesForLater() const
{
    const AnswerSpec* answer = answerFor(*m_delivery.operation, false);
    return answer && !answer->receipt.empty() && m_delivery.operation->job;
}

HttpAnswer AnswerWriter::write(const std::vector<ItemOutcome>& outcomes) const
{
    const bool failures = anyFailed(outcomes);
    const AnswerSpec* answer = answerFor(*m_delivery.operation, failures);
    if (failures && allOrNothing())
        return refuseAll(*std::find_if(outcomes.begin(), outcomes.end(), [](const auto& outcome) {
            return outcome.fate != ItemFate::Taken;
        }));
    if (!answer)
        return jsonAnswer(200, "{}");
    return jsonAnswer(statusOf(*answer, 200),
                      ResultBody(m_spec, *answer, m_delivery, outcomes).json());
}

HttpAnswer AnswerWriter::refuseAll(const ItemOutcome& outcome) const
{
    const AnswerSpec* answer = answerMeaning(*m_delivery.operation, refusalMeaning(outcome.fate));
    const int status =
        answer ? statusOf(*answer, usualRefusal(outcome.fate)) : usualRefusal(outcome.fate);
    return writeRefusal(m_spec, status, outcome.code, outcome.message);
}

HttpAnswer AnswerWriter::writeReceipt(const std::string& receipt) const
{
    const AnswerSpec* answer = answerFor(*m_delivery.operation, false);
    JsonNode body = JsonNode::object();
    if (answer->success)
        fulfil(*answer->success, body);
    putAt(body, answer->receipt, receipt);
    return jsonAnswer(statusOf(*answer, 202), body.dump());
}

HttpAnswer AnswerWriter::writeJob(const std::vector<ItemOutcome>& outcomes) const
{
    const connector::JobSpec& job = *m_delivery.operation->job;
    JsonNode body = JsonNode::object();
    if (!job.errors) {
        const std::string results = ResultBody(m_spec, job.answer, m_delivery, outcomes).json();
        body = JsonNode::parse(results, nullptr, false);
    }
    fulfil(job.done, body);
    return jsonAnswer(200, body.dump(-1, ' ', false, JsonNode::error_handler_t::replace));
}

HttpAnswer AnswerWriter::writeJobErrors(const std::vector<ItemOutcome>& outcomes) const
{
    const connector::AnswerSpec& answer = m_delivery.operation->job->answer;
    ResultBody body(m_spec, answer, m_delivery, outcomes);
    if (answer.matching == Matching::CsvKey)
        return {200, {{"Content-Type", "text/csv"}}, body.csv()};
    return jsonAnswer(200, body.json());
}

HttpAnswer AnswerWriter::writeRefusal(const connector::ConnectorSpec& spec, int status,
                                      const std::string& code, const std::string& message)
{
    JsonNode body = JsonNode::object();
    if (!spec.answers.errorCode.empty())
        putAt(body, spec.answers.errorCode.front(), code.empty() ? "INBOX" : code);
    const std::string text = message.empty() ? "The inbox was told to refuse this." : message;
    putAt(body, spec.answers.errorMessage.empty() ? "/message" : spec.answers.errorMessage.front(),
          text);
    return jsonAnswer(status, body.dump(-1, ' ', false, JsonNode::error_handler_t::replace));
}

} // namespace headgate::inbox
