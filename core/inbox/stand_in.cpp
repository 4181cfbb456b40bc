// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/stand_in.h"

#include "data/json_members.h"
#include "inbox/inquiry_writer.h"
#include "inbox/result_body.h"

#include <algorithm>

namespace headgate::inbox {

using connector::AuthKind;
using connector::AuthSpec;
using connector::SlotKind;
using data::JsonNode;

namespace {

constexpr std::size_t keysRemembered = 100'000;
constexpr std::string_view inboxToken =
    R"({"access_token":"headgate-inbox-token","token_type":"Bearer","expires_in":3600})";

bool startsWithWord(std::string_view text, std::string_view word)
{
    return text.size() > word.size() && equalsIgnoringCase(text.substr(0, word.size()), word);
}

bool presentsCredential(const AuthSpec& auth, const HttpRequest& request, const Target& target)
{
    switch (auth.kind) {
    case AuthKind::Header: {
        const std::string_view value = request.header(auth.name);
        return value.size() > auth.prefix.size() &&
               value.substr(0, auth.prefix.size()) == auth.prefix;
    }
    case AuthKind::Query:
        return !valueOf(target.query, auth.name).value_or(std::string()).empty();
    case AuthKind::Bearer:
    case AuthKind::OAuth2:
        return startsWithWord(request.header("Authorization"), "Bearer ");
    case AuthKind::Basic:
        return startsWithWord(request.header("Authorization"), "Basic ");
    case AuthKind::StandardWebhooks:
        return !request.header("webhook-id").empty() &&
               !request.header("webhook-timestamp").empty() &&
               startsWithWord(request.header("webhook-signature"), "v1,");
    }
    return false;
}

std::string typeOfJson(std::string_view value)
{
    switch (data::jsonType(value)) {
    case data::JsonType::Bool:
        return "boolean";
    case data::JsonType::Number:
        return "number";
    case data::JsonType::Array:
        return "list";
    case data::JsonType::Object:
        return "object";
    case data::JsonType::String:
    case data::JsonType::Null:
        return "string";
    }
    return "string";
}

} // namespace

StandIn::StandIn(const connector::SharedSpec& spec, StandInOptions options)
    : m_expected{{*spec, options.accountValues},
                 options.object,
                 options.operation,
                 options.matchField},
      m_routes(spec, m_expected.account), m_options(std::move(options))
{
    for (const AuthSpec& auth : m_routes.spec().auth)
        if (auth.kind == AuthKind::Header || auth.kind == AuthKind::Query)
            m_secretNames.push_back(auth.name);
}

void StandIn::clear()
{
    m_applied.clear();
    m_remembered.clear();
    m_jobs.clear();
    m_fields.clear();
    m_keyConflicts = 0;
}

bool StandIn::isDelivery(const HttpRequest& request, const Target& target) const
{
    const auto matches = m_routes.find(request.method, target.path);
    return std::any_of(matches.begin(), matches.end(), [](const RouteMatch& match) {
        return match.route.kind == RouteKind::Delivery;
    });
}

HttpAnswer StandIn::refuse(int status, const std::string& code, const std::string& message) const
{
    return AnswerWriter::writeRefusal(m_routes.spec(), status, code, message);
}

HttpAnswer StandIn::answer(const HttpRequest& request, const Target& target,
                           const FailingKeys& failing, ReceivedRequest& log)
{
    if (auto issued = token(request, target))
        return *issued;
    const auto matches = m_routes.find(request.method, target.path);
    if (matches.empty())
        return refuse(404, "NotFound", "The connector's spec knows no such request.");
    if (!authorised(request, target))
        return refuse(401, "Unauthorized", "The request carries no credential.");
    const auto first = [&](RouteKind kind) {
        return std::find_if(matches.begin(), matches.end(),
                            [&](const RouteMatch& match) { return match.route.kind == kind; });
    };
    if (first(RouteKind::Delivery) != matches.end())
        return deliver(matches, request, target, failing, log);
    if (const auto lookup = first(RouteKind::Lookup); lookup != matches.end())
        return lookUp(*lookup, request, target);
    for (const RouteKind kind : {RouteKind::Poll, RouteKind::JobErrors})
        if (const auto found = first(kind); found != matches.end())
            return job(*found);
    return inquire(matches);
}

HttpAnswer StandIn::inquire(const std::vector<RouteMatch>& matches) const
{
    std::vector<std::string> objects;
    for (const connector::ObjectSpec& object : m_routes.spec().objects)
        objects.push_back(object.id);
    FieldTypes fields;
    for (const RouteMatch& match : matches) {
        const connector::ObjectSpec* object = match.route.object;
        if (!object || !match.route.discoversFields)
            continue;
        for (const connector::FieldInfo& field : object->fields)
            fields.insert_or_assign(field.name, field.type);
        for (const connector::MatchField& field : object->matchFields)
            fields.emplace(field.name, "string");
        const auto seen = m_fields.find(match.captures.get(SlotKind::Object).value_or(object->id));
        if (seen != m_fields.end())
            fields.insert(seen->second.begin(), seen->second.end());
    }
    return writeInquiry(matches, m_options.account, objects, fields);
}

bool StandIn::authorised(const HttpRequest& request, const Target& target) const
{
    const auto& auth = m_routes.spec().auth;
    return std::all_of(auth.begin(), auth.end(), [&](const AuthSpec& one) {
        return one.optional || presentsCredential(one, request, target);
    });
}

std::optional<HttpAnswer> StandIn::token(const HttpRequest& request, const Target& target) const
{
    for (const AuthSpec& auth : m_routes.spec().auth) {
        const auto url = m_expected.account.constantText(auth.tokenUrl);
        if (auth.kind != AuthKind::OAuth2 || !url || url->empty() || request.method != "POST")
            continue;
        const std::size_t scheme = url->find("://");
        const std::size_t path = scheme == std::string::npos ? 0 : url->find('/', scheme + 3);
        if (path != std::string::npos && url->substr(path) == target.path)
            return jsonAnswer(200, std::string(inboxToken));
    }
    return std::nullopt;
}

HttpAnswer StandIn::deliver(const std::vector<RouteMatch>& matches, const HttpRequest& request,
                            const Target& target, const FailingKeys& failing, ReceivedRequest& log)
{
    auto delivery = readDelivery(matches, request, target, m_expected);
    if (!delivery)
        return refuse(400, "BadRequest", delivery.error().message.toStdString());
    log.object = delivery->objectId;
    log.operation = connector::name(delivery->operation->operation);
    log.idempotencyKey = delivery->idempotencyKey;
    log.records = static_cast<std::uint32_t>(delivery->items.size());
    if (auto refusal = overLimits(*delivery, request))
        return *refusal;
    const std::string key = m_options.honourKeys ? delivery->idempotencyKey : std::string();
    if (key.empty())
        return apply(std::move(*delivery), failing, log);
    const Hash128 body = fastHash(request.body);
    if (const auto known = m_remembered.find(key); known != m_remembered.end()) {
        log.replayed = known->second.body == body;
        m_keyConflicts += log.replayed ? 0 : 1;
        return log.replayed ? known->second.answer
                            : refuse(409, "IdempotencyConflict",
                                     "The idempotency key came before with another body.");
    }
    HttpAnswer answer = apply(std::move(*delivery), failing, log);
    if (m_remembered.size() >= keysRemembered)
        m_remembered.erase(m_remembered.begin());
    m_remembered.emplace(key, Remembered{body, answer});
    return answer;
}

std::optional<HttpAnswer> StandIn::overLimits(const Delivery& delivery,
                                              const HttpRequest& request) const
{
    const connector::BatchSpec& batch = delivery.operation->batch;
    if (!m_options.enforceLimits)
        return std::nullopt;
    if (request.body.size() > batch.bytes)
        return refuse(413, "TooLarge", "The body is larger than the destination takes.");
    if (batch.recordsField.empty() && delivery.items.size() > batch.records)
        return refuse(400, "TooMany", "The request holds more records than the destination takes.");
    return std::nullopt;
}

HttpAnswer StandIn::apply(Delivery delivery, const FailingKeys& failing, ReceivedRequest& log)
{
    if (!delivery.operation->repeatable)
        for (ReadItem& item : delivery.items)
            item.key.clear();
    const AnswerWriter writer(m_routes.spec(), delivery);
    const auto outcomes = outcomesOf(delivery, failing, writer.allOrNothing());
    log.taken = static_cast<std::uint32_t>(
        std::count_if(outcomes.begin(), outcomes.end(),
                      [](const ItemOutcome& o) { return o.fate == ItemFate::Taken; }));
    log.refused = log.records - log.taken;
    learnFields(delivery);
    if (!writer.takesForLater())
        return writer.write(outcomes);
    const std::string receipt = "inbox-job-" + std::to_string(m_jobs.size() + 1);
    HttpAnswer answer = writer.writeReceipt(receipt);
    for (ReadItem& item : delivery.items)
        item.payload = {};
    m_jobs.insert_or_assign(receipt, Job{delivery, outcomes});
    return answer;
}

std::vector<ItemOutcome> StandIn::outcomesOf(const Delivery& delivery, const FailingKeys& failing,
                                             bool allOrNothing)
{
    const connector::Operation operation = delivery.operation->operation;
    std::vector<ItemOutcome> outcomes(delivery.items.size());
    bool refused = false;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto found = failing.find(delivery.items[i].match);
        if (found != failing.end())
            outcomes[i] = {ItemFate::Refused, found->second, {}};
        else
            outcomes[i].fate = m_applied.fateOf(delivery.objectId, operation, delivery.items[i]);
        refused = refused || outcomes[i].fate != ItemFate::Taken;
    }
    if (refused && allOrNothing) {
        for (ItemOutcome& outcome : outcomes)
            if (outcome.fate == ItemFate::Taken)
                outcome.fate = ItemFate::Refused;
        return outcomes;
    }
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (outcomes[i].fate == ItemFate::Taken)
            outcomes[i].fate = m_applied.apply(delivery.objectId, operation, delivery.items[i],
                                               delivery.idempotencyKey);
    return outcomes;
}

HttpAnswer StandIn::lookUp(const RouteMatch& match, const HttpRequest& request,
                           const Target& target) const
{
    const connector::LookupSpec& lookup = *match.route.operation->lookup;
    auto matches = std::vector<RouteMatch>{match};
    matches.front().route.kind = RouteKind::Delivery;
    const auto asked = readDelivery(matches, request, target, m_expected);
    if (!asked)
        return refuse(400, "BadRequest", asked.error().message.toStdString());
    JsonNode body = JsonNode::object();
    JsonNode found = JsonNode::array();
    for (const ReadItem& item : asked->items) {
        if (!m_applied.find(asked->objectId, item.match))
            continue;
        JsonNode entry = JsonNode::object();
        putAt(entry, lookup.id, item.match);
        found.push_back(std::move(entry));
    }
    putAt(body, lookup.items, std::move(found));
    return jsonAnswer(200, body.dump(-1, ' ', false, JsonNode::error_handler_t::replace));
}

HttpAnswer StandIn::job(const RouteMatch& match) const
{
    const auto found = m_jobs.find(match.captures.get(SlotKind::Receipt).value_or(std::string()));
    if (found == m_jobs.end())
        return refuse(404, "NotFound", "There is no such job.");
    const AnswerWriter writer(m_routes.spec(), found->second.delivery);
    return match.route.kind == RouteKind::Poll ? writer.writeJob(found->second.outcomes)
                                               : writer.writeJobErrors(found->second.outcomes);
}

void StandIn::learnFields(const Delivery& delivery)
{
    auto& fields = m_fields[delivery.objectId];
    const auto members = delivery.items.empty() || delivery.items.front().payload.empty()
                             ? std::nullopt
                             : data::jsonMembers(delivery.items.front().payload);
    if (members)
        for (const data::JsonMember& member : *members)
            fields.emplace(member.name, typeOfJson(member.value));
}

} // namespace headgate::inbox
