// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/operation_reader.h"

#include "connector/object_reader.h"

#include <algorithm>

namespace headgate::connector {

namespace {

using Need = ObjectReader::Need;

EnvelopeValue readValue(ObjectReader& in)
{
    EnvelopeValue value;
    value.at = in.slotText("at");
    value.form = in.word("form", ValueForm::Auto);
    if (const data::JsonNode* constant = in.find("value"))
        value.constant = *constant;
    const std::string slot = in.text("slot");
    if (value.constant.has_value() == in.has("slot")) {
        in.problem("", "connector.spec.value",
                   Text::tr("A value has either \"value\" or \"slot\"."));
        return value;
    }
    if (value.constant)
        return value;
    if (auto parsed = parseSlot(slot))
        value.slot = std::move(*parsed);
    else
        in.problem("slot", "connector.spec.slot",
                   Text::tr("'%1' is not a slot.").arg(toQString(slot)));
    return value;
}

BodySpec readBody(ObjectReader& in)
{
    BodySpec body;
    body.kind = in.word("kind", BodyKind::Json);
    if (in.has("list"))
        body.list = in.slotText("list");
    in.each("values", [&](ObjectReader& value) { body.values.push_back(readValue(value)); });
    in.object("entry", [&](ObjectReader& entry) {
        entry.each("values",
                   [&](ObjectReader& value) { body.entry.values.push_back(readValue(value)); });
        body.entry.payload = entry.flag("payload", true);
        body.entry.payloadAt = entry.slotText("payloadAt");
    });
    body.formField = in.text("formField");
    body.columns = in.texts("columns");
    body.contentType = in.text("contentType");
    return body;
}

std::vector<CodeMeaning> readCodes(ObjectReader& in)
{
    std::vector<CodeMeaning> codes;
    in.members("codes",
               [&](const std::string& code, const std::string& word, const std::string& at) {
                   codes.push_back({code, in.wordAt<Meaning>(word, at, Meaning::Rejected)});
               });
    return codes;
}

ErrorList readErrorList(ObjectReader& in)
{
    ErrorList list;
    list.at = in.pointer("at", Need::Required);
    list.code = in.text("code");
    list.field = in.text("field");
    list.message = in.text("message");
    list.required = in.flag("required", false);
    return list;
}

void readItem(ObjectReader& in, AnswerSpec& answer)
{
    in.object("accepted",
              [&](ObjectReader& condition) { answer.itemAccepted = readCondition(condition); });
    answer.itemIndex = in.pointer("index");
    answer.itemIndexPrefix = in.text("indexPrefix");
    answer.itemArray = in.pointer("array");
    answer.itemKey = in.text("key");
    answer.itemCode = in.text("code");
    answer.itemMessage = in.text("message");
    answer.itemField = in.text("field");
}

AnswerSpec readAnswer(ObjectReader& in)
{
    AnswerSpec answer;
    answer.statuses = in.statuses("status");
    if (in.has("means"))
        answer.means = in.word("means", Meaning::Accepted);
    in.object("success",
              [&](ObjectReader& condition) { answer.success = readCondition(condition); });
    answer.matching = in.word("matching", Matching::WholeBatch);
    in.each("lists", [&](ObjectReader& list) { answer.lists.push_back(readErrorList(list)); });
    answer.unnamed = in.word("unnamed", Meaning::Accepted);
    in.object("item", [&](ObjectReader& item) { readItem(item, answer); });
    answer.array = in.text("array");
    answer.acceptedCount = in.pointer("acceptedCount");
    answer.rejectedCount = in.pointer("rejectedCount");
    in.each("warnings", [&](ObjectReader& warning) {
        answer.warnings.push_back(
            {warning.pointer("at", Need::Required), warning.text("code", Need::Required)});
    });
    answer.codes = readCodes(in);
    answer.receipt = in.pointer("receipt");
    return answer;
}

std::vector<AnswerSpec> readAnswers(ObjectReader& in, std::string_view key)
{
    std::vector<AnswerSpec> answers;
    in.each(key, [&](ObjectReader& answer) { answers.push_back(readAnswer(answer)); });
    return answers;
}

std::vector<AnswerSpec> answersOf(ObjectReader& in, const AnswerSets& sets)
{
    const data::JsonNode* node = in.find("answers");
    if (!node || !node->is_string())
        return readAnswers(in, "answers");
    const auto found = sets.find(node->get<std::string>());
    if (found != sets.end())
        return found->second;
    in.problem("answers", "connector.spec.answers",
               Text::tr("There is no set of answers called '%1' in \"answerSets\".")
                   .arg(toQString(node->get_ref<const std::string&>())));
    return {};
}

LookupSpec readLookup(ObjectReader& in)
{
    LookupSpec lookup;
    in.object("request", [&](ObjectReader& request) { lookup.request = readRequest(request); });
    lookup.items = in.pointer("items");
    lookup.id = in.pointer("id", Need::Required);
    return lookup;
}

JobSpec readJob(ObjectReader& in)
{
    JobSpec job;
    in.object("poll", [&](ObjectReader& request) { job.poll = readRequest(request); });
    in.object("done", [&](ObjectReader& condition) { job.done = readCondition(condition); });
    in.object("failed", [&](ObjectReader& condition) { job.failed = readCondition(condition); });
    job.pauseSeconds = static_cast<std::uint32_t>(in.whole("pauseSeconds", 5, 1, 3600));
    in.object("errors", [&](ObjectReader& request) { job.errors = readRequest(request); });
    in.object("answer", [&](ObjectReader& answer) { job.answer = readAnswer(answer); });
    return job;
}

BatchSpec readBatch(ObjectReader& in)
{
    BatchSpec batch;
    constexpr std::uint64_t mostBytes = 1 << 30;
    batch.records = static_cast<std::uint32_t>(in.whole("records", 1, 1, 100'000));
    batch.recordsField = in.text("recordsField");
    batch.bytes = in.whole("bytes", batch.bytes, 1, mostBytes);
    batch.recordBytes = in.whole("recordBytes", batch.bytes, 1, mostBytes);
    return batch;
}

} // namespace

RequestSpec readRequest(ObjectReader& in)
{
    RequestSpec request;
    request.method = in.slotText("method", Need::Required);
    request.path = in.slotText("path");
    request.query = in.namedSlotTexts("query");
    request.headers = in.namedSlotTexts("headers");
    in.object("body", [&](ObjectReader& body) { request.body = readBody(body); });
    return request;
}

Condition readCondition(ObjectReader& in)
{
    Condition condition;
    condition.at = in.pointer("at", Need::Required);
    const data::JsonNode* list = in.find("in");
    if (list && list->is_array() && !list->empty())
        condition.in.assign(list->begin(), list->end());
    else if (list)
        in.problem("in", "connector.spec.condition",
                   Text::tr("\"in\" is the list of the values that meet the condition."));
    return condition;
}

AnswerDefaults readDefaults(ObjectReader& in)
{
    AnswerDefaults defaults;
    defaults.errorCode = in.pointers("errorCode");
    defaults.errorMessage = in.pointers("errorMessage");
    defaults.codes = readCodes(in);
    in.each("statuses", [&](ObjectReader& entry) {
        defaults.statuses.push_back(
            {entry.statuses("status"), entry.word("means", Meaning::Rejected, Need::Required)});
    });
    in.each("retryAfter", [&](ObjectReader& entry) {
        const std::string header = entry.text("header");
        const auto known = http::waitHeaderFromName(header);
        if (!header.empty() && !known)
            entry.problem(
                "header", "connector.spec.word",
                Text::tr("'%1' is not a header known to name a pause.").arg(toQString(header)));
        defaults.retryAfter.push_back(
            {known, entry.pointer("at"), entry.word("form", RetryForm::Seconds)});
    });
    return defaults;
}

AnswerSets readAnswerSets(ObjectReader& in)
{
    AnswerSets sets;
    for (const std::string& name : in.keys())
        sets[name] = readAnswers(in, name);
    return sets;
}

OperationSpec readOperation(ObjectReader& in, const AnswerSets& sets)
{
    OperationSpec operation;
    operation.operation = in.word("operation", Operation::Upsert, Need::Required);
    operation.matchOn = in.texts("matchOn");
    in.object("batch", [&](ObjectReader& batch) { operation.batch = readBatch(batch); });
    operation.repeatable = in.flag("repeatable", false);
    operation.atomicRefusal = in.flag("atomicRefusal", false);
    operation.idempotencyHeader = in.text("idempotencyHeader");
    in.object("lookup", [&](ObjectReader& lookup) { operation.lookup = readLookup(lookup); });
    in.object("create", [&](ObjectReader& request) { operation.create = readRequest(request); });
    in.object("request", [&](ObjectReader& request) { operation.request = readRequest(request); });
    operation.answers = answersOf(in, sets);
    in.object("job", [&](ObjectReader& job) { operation.job = readJob(job); });
    return operation;
}

} // namespace headgate::connector
