// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/object_reader.h"
#include "connector/spec_checks.h"

#include <algorithm>
#include <array>
#include <set>

namespace headgate::connector {

namespace {

constexpr std::array<std::string_view, 5> requestVerbs = {"GET", "POST", "PUT", "PATCH", "DELETE"};

bool isVerb(std::string_view text)
{
    return std::find(requestVerbs.begin(), requestVerbs.end(), text) != requestVerbs.end();
}

void addRule(SpecProblems& problems, const std::string& at, const QString& message)
{
    problems.add("connector.spec.rule", at, message);
}

bool inScope(const ConnectorSpec& spec, const Slot& slot, const SlotScope& scope)
{
    switch (slot.kind) {
    case SlotKind::Literal:
        return true;
    case SlotKind::Account:
        return spec.findField(slot.text) != nullptr;
    case SlotKind::Option:
        return scope.object &&
               std::any_of(scope.object->options.begin(), scope.object->options.end(),
                           [&](const FormField& option) { return option.key == slot.text; });
    case SlotKind::Object:
        return scope.object != nullptr;
    case SlotKind::Operation:
    case SlotKind::MatchField:
    case SlotKind::IdempotencyKey:
        return scope.batch;
    case SlotKind::Match:
    case SlotKind::PreviousMatch:
    case SlotKind::Key:
    case SlotKind::Trace:
        return scope.record;
    case SlotKind::Found:
        return scope.found;
    case SlotKind::Receipt:
        return scope.receipt;
    }
    return false;
}

void checkSlot(const ConnectorSpec& spec, const Slot& slot, const SlotScope& scope,
               const std::string& at, SpecProblems& problems)
{
    if (inScope(spec, slot, scope))
        return;
    problems.add("connector.spec.slot.scope", at,
                 Text::tr("A slot stands here whose value is not known at this point."),
                 Text::tr("Account and option slots need a field of that key; match, key and trace "
                          "belong to requests and entries of single records, found to requests "
                          "after a lookup, receipt to those of a job."));
}

bool isVerbChoice(const ConnectorSpec& spec, const SlotText& method)
{
    if (method.parts.size() != 1 || method.parts.front().kind != SlotKind::Account)
        return false;
    const FormField* field = spec.findField(method.parts.front().text);
    return field && field->kind == FieldKind::Choice &&
           std::all_of(field->choices.begin(), field->choices.end(),
                       [](const Choice& choice) { return isVerb(choice.value); });
}

bool isVerbText(const SlotText& method)
{
    return method.parts.size() == 1 && method.parts.front().kind == SlotKind::Literal &&
           isVerb(method.parts.front().text);
}

/// The constant form of a place, slots as their own name: enough to compare places.
std::string placeText(const SlotText& at)
{
    std::string text;
    for (const Slot& part : at.parts)
        text += part.kind == SlotKind::Literal ? part.text : "{" + part.text + "}";
    return text;
}

bool isWithin(const std::string& inner, const std::string& outer)
{
    return inner.compare(0, outer.size(), outer) == 0 &&
           (inner.size() == outer.size() || inner[outer.size()] == '/');
}

/// No value may stand within another; only the payload, which comes last, may hold values.
void checkPlaces(const std::vector<std::pair<std::string, std::string>>& places, std::size_t values,
                 SpecProblems& problems)
{
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& [place, at] = places[i];
        if (!isJsonPointer(place))
            addRule(problems, at, Text::tr("The place is not a JSON Pointer."));
        for (std::size_t j = 0; j < i; ++j)
            if (isWithin(place, places[j].first) ||
                (isWithin(places[j].first, place) && (i < values || places[j].first == place)))
                addRule(problems, at,
                        Text::tr("Two values have the same place, or one lies within "
                                 "the other."));
    }
}

class BodyChecker
{
public:
    BodyChecker(const ConnectorSpec& spec, const BodySpec& body, const SlotScope& scope,
                std::string at, SpecProblems& problems)
        : m_spec(spec), m_body(body), m_scope(scope), m_at(std::move(at)), m_problems(problems)
    {}

    void run()
    {
        SlotScope envelope = m_scope;
        envelope.record = envelope.record && !isMany();
        values(m_body.values, envelope, m_at + "/values");
        SlotScope entry = m_scope;
        entry.record = entry.record || isMany();
        values(m_body.entry.values, entry, m_at + "/entry/values");
        for (const EnvelopeValue& value : m_body.entry.values)
            if (value.at.empty() && m_body.entry.payload)
                addRule(m_problems, m_at + "/entry",
                        Text::tr("An entry that is one value has no payload."));
        checkPlaces(entryPlaces(), m_body.entry.values.size(), m_problems);
        if (m_body.list) {
            checkSlots(m_spec, *m_body.list, {}, m_at + "/list", m_problems);
            checkPlaces(envelopePlaces(), ~std::size_t{0}, m_problems);
        }
        kinds();
    }

private:
    [[nodiscard]] bool isMany() const
    {
        return m_body.list || m_body.kind == BodyKind::Ndjson || m_body.kind == BodyKind::Csv;
    }

    void values(const std::vector<EnvelopeValue>& values, const SlotScope& scope,
                const std::string& at)
    {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::string place = at + '/' + std::to_string(i);
            checkSlot(m_spec, values[i].slot, scope, place, m_problems);
            checkSlots(m_spec, values[i].at, {scope.object, true, false, false, false},
                       place + "/at", m_problems);
        }
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> entryPlaces() const
    {
        std::vector<std::pair<std::string, std::string>> places;
        const auto& entryValues = m_body.entry.values;
        for (std::size_t i = 0; i < entryValues.size(); ++i)
            places.emplace_back(placeText(entryValues[i].at),
                                m_at + "/entry/values/" + std::to_string(i));
        if (m_body.entry.payload && !m_body.entry.payloadAt.empty())
            places.emplace_back(placeText(m_body.entry.payloadAt), m_at + "/entry/payloadAt");
        return places;
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> envelopePlaces() const
    {
        std::vector<std::pair<std::string, std::string>> places;
        for (std::size_t i = 0; i < m_body.values.size(); ++i)
            places.emplace_back(placeText(m_body.values[i].at),
                                m_at + "/values/" + std::to_string(i));
        const bool fixed =
            std::all_of(m_body.list->parts.begin(), m_body.list->parts.end(),
                        [](const Slot& part) { return part.kind == SlotKind::Literal; });
        if (fixed && m_body.kind == BodyKind::Json)
            places.emplace_back(placeText(*m_body.list), m_at + "/list");
        return places;
    }

    void kinds()
    {
        if ((m_body.kind == BodyKind::Csv) == m_body.columns.empty())
            addRule(m_problems, m_at + "/columns",
                    Text::tr("\"columns\" belong to bodies of kind csv, and to each."));
        if (m_body.kind != BodyKind::Form && !m_body.formField.empty())
            addRule(m_problems, m_at + "/formField",
                    Text::tr("\"formField\" belongs to bodies of kind form."));
        if (m_body.kind == BodyKind::Form && m_body.list && m_body.formField.empty())
            addRule(m_problems, m_at + "/formField",
                    Text::tr("The form needs the field that holds the list."));
        const bool flat = m_body.kind == BodyKind::Ndjson || m_body.kind == BodyKind::Csv;
        if (flat && (m_body.list || !m_body.values.empty()))
            addRule(m_problems, m_at, Text::tr("Lines have neither a list nor values beside it."));
        if (m_body.kind == BodyKind::Json && !m_body.list && !m_body.values.empty())
            addRule(m_problems, m_at + "/values",
                    Text::tr("Without a list the values belong into \"entry\"."));
    }

    const ConnectorSpec& m_spec;
    const BodySpec& m_body;
    const SlotScope& m_scope;
    std::string m_at;
    SpecProblems& m_problems;
};

bool carriesMany(const BodySpec& body)
{
    return body.list || body.kind == BodyKind::Ndjson || body.kind == BodyKind::Csv;
}

void checkAnswers(const OperationSpec& operation, const std::string& at, SpecProblems& problems)
{
    if (operation.answers.empty())
        addRule(problems, at + "/answers",
                Text::tr("The operation does not say what its answers mean."));
    std::set<int> claimed;
    bool rest = false;
    bool receipt = false;
    for (std::size_t i = 0; i < operation.answers.size(); ++i) {
        const AnswerSpec& answer = operation.answers[i];
        const std::string place = at + "/answers/" + std::to_string(i);
        checkAnswer(answer, place, problems);
        receipt = receipt || !answer.receipt.empty();
        if (rest)
            addRule(problems, place, Text::tr("An answer without statuses must be the last."));
        rest = answer.statuses.empty();
        for (const int status : answer.statuses)
            if (!claimed.insert(status).second)
                addRule(problems, place, Text::tr("The status %1 stands twice.").arg(status));
    }
    if (receipt != operation.job.has_value())
        addRule(problems, at,
                Text::tr("A receipt needs a job that settles it, and a job needs an "
                         "answer that gives a receipt."));
}

} // namespace

void checkSlots(const ConnectorSpec& spec, const SlotText& text, const SlotScope& scope,
                const std::string& at, SpecProblems& problems)
{
    for (const Slot& slot : text.parts)
        checkSlot(spec, slot, scope, at, problems);
}

void checkRequest(const ConnectorSpec& spec, const RequestSpec& request, const SlotScope& scope,
                  const std::string& at, SpecProblems& problems)
{
    if (!isVerbText(request.method) && !isVerbChoice(spec, request.method))
        addRule(problems, at + "/method",
                Text::tr("The method is GET, POST, PUT, PATCH, DELETE or the slot of a choice "
                         "field with these choices."));
    checkSlots(spec, request.path, scope, at + "/path", problems);
    if (!request.path.empty() && (request.path.parts.front().kind != SlotKind::Literal ||
                                  request.path.parts.front().text.front() != '/'))
        addRule(problems, at + "/path", Text::tr("A path begins with a slash."));
    for (const NamedSlotText& part : request.query)
        checkSlots(spec, part.value, scope, at + "/query/" + ObjectReader::escaped(part.name),
                   problems);
    for (const NamedSlotText& part : request.headers)
        checkSlots(spec, part.value, scope, at + "/headers/" + ObjectReader::escaped(part.name),
                   problems);
    BodyChecker(spec, request.body, scope, at + "/body", problems).run();
}

void checkOperation(const ConnectorSpec& spec, const ObjectSpec& object,
                    const OperationSpec& operation, const std::string& at, SpecProblems& problems)
{
    const bool single = operation.batch.records == 1 && operation.batch.recordsField.empty();
    const SlotScope scope{&object, true, single, operation.lookup.has_value(), false};
    checkRequest(spec, operation.request, scope, at + "/request", problems);
    if (!single && !carriesMany(operation.request.body))
        addRule(problems, at + "/batch/records",
                Text::tr("The request carries one record, so its batch has one."));
    if (operation.batch.recordBytes > operation.batch.bytes)
        addRule(problems, at + "/batch/recordBytes",
                Text::tr("A record cannot be larger than its request."));
    if (operation.lookup && !single)
        addRule(problems, at + "/lookup", Text::tr("A lookup asks for one record at a time."));
    if (operation.create && !operation.lookup)
        addRule(problems, at + "/create", Text::tr("\"create\" needs a lookup."));
    if (operation.lookup)
        checkRequest(spec, operation.lookup->request, {&object, true, true, false, false},
                     at + "/lookup/request", problems);
    if (operation.create)
        checkRequest(spec, *operation.create, {&object, true, true, false, false}, at + "/create",
                     problems);
    for (std::size_t i = 0; i < operation.matchOn.size(); ++i)
        if (!object.matchAny && !object.findMatchField(operation.matchOn[i]))
            addRule(problems, at + "/matchOn/" + std::to_string(i),
                    Text::tr("The object has no match field of this name."));
    if (operation.job) {
        const SlotScope jobScope{&object, true, false, false, true};
        checkRequest(spec, operation.job->poll, jobScope, at + "/job/poll", problems);
        if (operation.job->errors)
            checkRequest(spec, *operation.job->errors, jobScope, at + "/job/errors", problems);
        checkAnswer(operation.job->answer, at + "/job/answer", problems);
    }
    checkAnswers(operation, at, problems);
}

void checkAnswer(const AnswerSpec& answer, const std::string& at, SpecProblems& problems)
{
    const auto need = [&](bool there, const char* key, const char* place) {
        if (!there)
            addRule(problems, at + place,
                    Text::tr("The matching %1 needs \"%2\".")
                        .arg(toQString(nameOf(answer.matching)), QString::fromLatin1(key)));
    };
    const bool hasIndex = !answer.itemIndex.empty();
    switch (answer.matching) {
    case Matching::Index:
        need(!answer.lists.empty(), "lists", "");
        need(hasIndex || answer.itemAccepted, "item/index or item/accepted", "/item");
        need(hasIndex || answer.lists.size() == 1, "one list", "/lists");
        break;
    case Matching::IndexInNamedArray:
        need(!answer.lists.empty(), "lists", "");
        need(hasIndex, "index", "/item");
        need(!answer.itemArray.empty(), "array", "/item");
        need(!answer.array.empty(), "array", "");
        break;
    case Matching::FieldToIndexes:
        need(!answer.lists.empty(), "lists", "");
        break;
    case Matching::TraceId:
        need(!answer.lists.empty(), "lists", "");
        need(!answer.itemKey.empty(), "key", "/item");
        break;
    case Matching::EchoedKey:
        need(!answer.lists.empty(), "lists", "");
        break;
    case Matching::JobErrors:
        need(!answer.lists.empty(), "lists", "");
        need(hasIndex, "index", "/item");
        break;
    case Matching::CsvKey:
        need(!answer.itemKey.empty(), "key", "/item");
        break;
    case Matching::CountsOnly:
        need(!answer.acceptedCount.empty() || !answer.rejectedCount.empty(),
             "acceptedCount or rejectedCount", "");
        break;
    case Matching::WholeBatch:
    case Matching::None:
        break;
    }
    if (answer.matching == Matching::CsvKey)
        return;
    for (const auto& [pointer, key] :
         {std::pair{&answer.itemKey, "key"}, std::pair{&answer.itemCode, "code"},
          std::pair{&answer.itemMessage, "message"}, std::pair{&answer.itemField, "field"}})
        if (!isJsonPointer(*pointer))
            addRule(problems, at + "/item/" + key,
                    Text::tr("'%1' is not a JSON Pointer.").arg(toQString(*pointer)));
}

} // namespace headgate::connector
