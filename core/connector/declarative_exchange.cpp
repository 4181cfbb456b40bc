// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/declarative_exchange.h"

#include "base/text.h"
#include "connector/answer_body.h"

#include <algorithm>

namespace headgate::connector {

namespace {

Result<RequestValues> optionsOf(const ObjectSpec* object, const DeliveryBatch& batch)
{
    if (!object)
        return RequestValues();
    if (batch.requestValues.empty() && !batch.records.empty())
        return RequestValues::read(*object, batch.records.front().requestValues);
    return RequestValues::read(*object, batch.requestValues);
}

BatchResult tooMuch(const QString& message)
{
    BatchResult result;
    result.verdict = Verdict::Refused;
    result.splittable = true;
    result.tooLarge = true;
    result.code = "connector.batch.too_large";
    result.message = message.toStdString();
    return result;
}

} // namespace

ExchangeStep finished(BatchResult result)
{
    return {std::nullopt, std::move(result)};
}

BatchResult notMade(Verdict verdict, const Error& error)
{
    BatchResult result;
    result.verdict = verdict;
    result.code = error.code;
    result.message = error.message.toStdString();
    return result;
}

ExchangeStep SettledExchange::next(const http::Answer*)
{
    return finished(m_result);
}

DeclarativeExchange::DeclarativeExchange(DeclarativeDestination& destination,
                                         const DeliveryBatch& batch, std::string receipt)
    : m_destination(destination), m_batch(batch),
      m_object(destination.spec().findObject(batch.object)),
      m_operation(m_object ? m_object->find(batch.operation, batch.matchField) : nullptr),
      m_options(optionsOf(m_object, batch)), m_receipt(std::move(receipt)),
      m_unsendable(batch.records.size())
{}

SlotContext DeclarativeExchange::context(std::size_t record) const
{
    SlotContext context;
    context.account = &m_destination.account();
    context.options = &*m_options;
    context.object = m_batch.object;
    context.operation = m_batch.operation;
    context.matchField = m_batch.matchField;
    context.idempotencyKey = m_batch.idempotencyKey;
    context.record = record < m_batch.records.size() ? &m_batch.records[record] : nullptr;
    context.trace = record;
    context.found = m_found;
    context.receipt = m_receipt;
    return context;
}

AnswerReader DeclarativeExchange::reader() const
{
    return {m_destination.spec(), *m_object,      *m_operation,
            m_batch.matchField,   m_recordInPath, m_destination.clock().now()};
}

ExchangeStep DeclarativeExchange::next(const http::Answer* answer)
{
    switch (m_stage) {
    case Stage::Unsent:
        return start();
    case Stage::LookingUp:
        if (answer)
            return onFound(*answer);
        break;
    case Stage::Writing:
        if (answer)
            return onWritten(*answer);
        break;
    case Stage::Polling:
        if (answer)
            return onPolled(*answer);
        break;
    case Stage::ReadingErrors:
        if (answer)
            return onErrors(*answer);
        break;
    }
    return finished(
        notMade(Verdict::Ambiguous, {ErrorKind::Internal,
                                     "connector.exchange",
                                     Text::tr("An exchange was continued without an answer."),
                                     {},
                                     {},
                                     {}}));
}

ExchangeStep DeclarativeExchange::start()
{
    if (!m_operation)
        return finished(notMade(Verdict::Fatal,
                                {ErrorKind::Config,
                                 "connector.operation",
                                 Text::tr("The connector cannot %1 the object '%2' by '%3'.")
                                     .arg(QLatin1String(name(m_batch.operation)),
                                          toQString(m_batch.object), toQString(m_batch.matchField)),
                                 {},
                                 {},
                                 {}}));
    if (!m_options)
        return finished(notMade(Verdict::Fatal, m_options.error()));
    if (m_batch.records.empty())
        return withLocalRefusals({});
    if (!m_destination.credentials().ready())
        return finished(
            notMade(Verdict::Unauthorised, {ErrorKind::Credential,
                                            "connector.token.absent",
                                            Text::tr("There is no valid access token yet."),
                                            {},
                                            {},
                                            {}}));
    if (!m_receipt.empty())
        return poll();
    const BatchLimits limits = m_destination.limitsOf(*m_operation);
    if (m_batch.records.size() > limits.records)
        return finished(tooMuch(
            Text::tr("The destination takes at most %1 records a request.").arg(limits.records)));
    return m_operation->lookup ? lookUp() : write(m_operation->request);
}

ExchangeStep DeclarativeExchange::lookUp()
{
    return ask(m_operation->lookup->request, Stage::LookingUp);
}

/// A request that delivers nothing; its body, if any, is made of the first record's values.
ExchangeStep DeclarativeExchange::ask(const RequestSpec& spec, Stage stage)
{
    const auto body = BodyTemplate::make(spec.body, {}, context(0));
    if (!body)
        return finished(notMade(Verdict::Fatal, body.error()));
    std::string bytes = body->begin();
    const auto appended = body->append(bytes, context(0));
    if (!appended)
        return onlyRecord(Fate::Rejected, appended.error().code, appended.error().message);
    body->finish(bytes);
    const bool has = spec.body.kind != BodyKind::None;
    auto request = m_destination.requests().build(
        spec, context(0),
        {has ? std::make_shared<const std::string>(std::move(bytes)) : nullptr,
         body->contentType(),
         {}});
    if (!request)
        return onlyRecord(Fate::Rejected, request.error().code, request.error().message);
    m_stage = stage;
    return {std::move(*request), std::nullopt};
}

ExchangeStep DeclarativeExchange::onFound(const http::Answer& answer)
{
    const bool none = answer.transport == http::Transport::Complete && answer.status == 404;
    if (!none)
        if (auto failure = reader().failureOf(answer, 1))
            return finished(std::move(*failure));
    std::vector<std::string> ids;
    if (!none) {
        const auto body = data::parseJson(answer.body, {32 << 20, 64});
        const data::JsonNode* items = body ? nodeAt(*body, m_operation->lookup->items) : nullptr;
        if (!items)
            return finished(notMade(Verdict::Transient,
                                    {ErrorKind::Destination,
                                     "lookup.unclear",
                                     Text::tr("The answer to the search was not understood."),
                                     {},
                                     {},
                                     {}}));
        const data::JsonNode list = items->is_array() ? *items : data::JsonNode::array({*items});
        for (const data::JsonNode& item : list)
            ids.push_back(textAt(item, m_operation->lookup->id));
    }
    if (ids.size() > 1)
        return onlyRecord(Fate::Rejected, "lookup.several",
                          Text::tr("The destination has %1 records with this match value.")
                              .arg(qulonglong(ids.size())));
    if (!ids.empty() && ids.front().empty())
        return finished(
            notMade(Verdict::Transient, {ErrorKind::Destination,
                                         "lookup.unclear",
                                         Text::tr("The record that was found has no id."),
                                         {},
                                         {},
                                         {}}));
    return ids.empty() ? onAbsent() : onPresent(std::move(ids.front()));
}

ExchangeStep DeclarativeExchange::onAbsent()
{
    switch (m_batch.operation) {
    case Operation::Upsert:
    case Operation::Insert:
    case Operation::Append:
    case Operation::Replace:
        if (m_operation->create)
            return write(*m_operation->create);
        break;
    case Operation::Delete:
    case Operation::Archive:
    case Operation::Clear:
        return onlyRecord(Fate::Accepted, {}, {});
    case Operation::Update:
    case Operation::Rename:
        break;
    }
    return onlyRecord(Fate::Absent, "lookup.absent",
                      Text::tr("The destination has no record with this match value."));
}

ExchangeStep DeclarativeExchange::onPresent(std::string id)
{
    if (m_batch.operation == Operation::Insert)
        return onlyRecord(Fate::Exists, "lookup.exists",
                          Text::tr("The destination has a record with this match value."));
    m_found = std::move(id);
    return write(m_operation->request);
}

std::string DeclarativeExchange::bodyOf(const BodyTemplate& body)
{
    std::string bytes = body.begin();
    m_sent.clear();
    m_traces.clear();
    std::size_t payloads = 0;
    for (const OutgoingRecord& record : m_batch.records)
        payloads += record.payload.size();
    for (std::size_t i = 0; i < m_batch.records.size(); ++i) {
        if (i == 1) { // by now it shows how much stands around a payload
            const std::size_t first =
                std::min(m_batch.records.front().payload.size(), bytes.size());
            bytes.reserve((bytes.size() - first + 8) * m_batch.records.size() + payloads);
        }
        if (const auto appended = body.append(bytes, context(i))) {
            m_sent.push_back(m_batch.records[i]);
            m_traces.push_back(i);
        } else {
            m_unsendable[i] = RecordOutcome{
                Fate::Rejected, appended.error().code, appended.error().message.toStdString(), {}};
        }
    }
    body.finish(bytes);
    return bytes;
}

ExchangeStep DeclarativeExchange::write(const RequestSpec& spec)
{
    m_recordInPath = spec.path.isPerRecord();
    const auto body = BodyTemplate::make(spec.body, m_object->encoding, context(~std::size_t{0}));
    if (!body)
        return finished(notMade(Verdict::Fatal, body.error()));
    std::string bytes = bodyOf(*body);
    if (m_sent.empty())
        return withLocalRefusals({});
    const BatchLimits limits = m_destination.limitsOf(*m_operation);
    if (bytes.size() > limits.bytes)
        return finished(
            tooMuch(Text::tr("The request would have %1 bytes; the destination takes at most %2.")
                        .arg(qulonglong(bytes.size()))
                        .arg(qulonglong(limits.bytes))));
    const bool has = spec.body.kind != BodyKind::None;
    auto request = m_destination.requests().build(
        spec, context(m_traces.front()),
        {has ? std::make_shared<const std::string>(std::move(bytes)) : nullptr, body->contentType(),
         m_operation->idempotencyHeader});
    if (!request)
        return onlyRecord(Fate::Rejected, request.error().code, request.error().message);
    m_stage = Stage::Writing;
    return {std::move(*request), std::nullopt};
}

ExchangeStep DeclarativeExchange::onWritten(const http::Answer& answer) const
{
    return withLocalRefusals(reader().read(answer, m_sent, m_traces));
}

ExchangeStep DeclarativeExchange::withLocalRefusals(BatchResult result) const
{
    const bool some = m_sent.size() < m_batch.records.size();
    if (!some && !m_batch.records.empty())
        return finished(std::move(result));
    const bool refused = result.verdict == Verdict::Refused && !result.splittable;
    if (!m_sent.empty() && !refused && result.verdict != Verdict::PerRecord)
        return finished(std::move(result));
    std::vector<RecordOutcome> outcomes;
    std::size_t sent = 0;
    for (const std::optional<RecordOutcome>& unsendable : m_unsendable) {
        if (unsendable)
            outcomes.push_back(*unsendable);
        else if (refused)
            outcomes.push_back({Fate::Rejected, result.code, result.message, {}});
        else
            outcomes.push_back(std::move(result.outcomes[sent++]));
    }
    result.verdict = Verdict::PerRecord;
    result.outcomes = std::move(outcomes);
    return finished(std::move(result));
}

ExchangeStep DeclarativeExchange::poll()
{
    const auto body = m_operation->job
                          ? BodyTemplate::make(m_operation->request.body, m_object->encoding,
                                               context(~std::size_t{0}))
                          : fail(ErrorKind::Internal, "connector.receipt",
                                 Text::tr("The connector has no job to ask for."));
    if (!body)
        return finished(notMade(Verdict::Fatal, body.error()));
    static_cast<void>(bodyOf(*body));
    return ask(m_operation->job->poll, Stage::Polling);
}

ExchangeStep DeclarativeExchange::onPolled(const http::Answer& answer)
{
    const JobSpec& job = *m_operation->job;
    if (auto failure = reader().failureOf(answer, m_sent.size()))
        return finished(std::move(*failure));
    const auto body = data::parseJson(answer.body, {32 << 20, 64});
    if (body && job.failed && isMet(*job.failed, *body)) {
        const AnswerError error = errorOf(m_destination.spec().answers, answer.body);
        BatchResult result;
        result.verdict = Verdict::Refused;
        result.status = answer.status;
        result.code = error.code.empty() ? "job.failed" : foreignText(error.code);
        result.message = foreignText(error.message);
        return withLocalRefusals(std::move(result));
    }
    if (body && isMet(job.done, *body))
        return job.errors ? ask(*job.errors, Stage::ReadingErrors) : onErrors(answer);
    BatchResult result;
    result.verdict = body ? Verdict::Receipt : Verdict::Transient;
    result.code = "job.open";
    result.receipt = m_receipt;
    result.retryAfter = std::chrono::seconds(job.pauseSeconds);
    return finished(std::move(result));
}

ExchangeStep DeclarativeExchange::onErrors(const http::Answer& answer) const
{
    if (auto failure = reader().failureOf(answer, m_sent.size()))
        return finished(std::move(*failure));
    return withLocalRefusals(reader().readRule(m_operation->job->answer, answer, m_sent, m_traces));
}

ExchangeStep DeclarativeExchange::onlyRecord(Fate fate, std::string code,
                                             const QString& message) const
{
    BatchResult result;
    result.verdict = Verdict::PerRecord;
    result.outcomes.assign(m_batch.records.size(),
                           {fate, std::move(code), message.toStdString(), {}});
    return finished(std::move(result));
}

} // namespace headgate::connector
