// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/inbox.h"

#include "base/text.h"
#include "data/json.h"

#include <algorithm>
#include <charconv>

namespace headgate::inbox {

using data::JsonNode;

namespace {

constexpr std::string_view controlPrefix = "/.headgate/";

/// A page in a browser can reach this port under any name that resolves to it, but cannot hide its
/// origin nor the name.
bool comesFromBrowser(const HttpRequest& request)
{
    std::string_view host = request.header("Host");
    if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos)
        host = host.substr(0, colon);
    const bool loopback = host == "127.0.0.1" || equalsIgnoringCase(host, "localhost");
    return !request.header("Origin").empty() || !loopback;
}

std::string dumped(const JsonNode& node)
{
    return node.dump(-1, ' ', false, JsonNode::error_handler_t::replace);
}

HttpAnswer controlRefusal(int status, std::string_view message)
{
    return jsonAnswer(status, dumped(JsonNode{{"error", message}}));
}

std::uint64_t numberIn(const Target& target, std::string_view name)
{
    const std::string text = valueOf(target.query, name).value_or("0");
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

HttpAnswer appliedAnswer(const AppliedStore& applied, const std::string& object)
{
    const auto node = [](const AppliedRecord& record) {
        return JsonNode{{"payload", JsonNode::parse(record.payload, nullptr, false)},
                        {"idempotencyKey", record.idempotencyKey},
                        {"writes", record.writes},
                        {"archived", record.archived}};
    };
    JsonNode body = {{"records", JsonNode::object()}, {"appended", JsonNode::array()}};
    if (const auto* records = applied.records(object))
        for (const auto& [match, record] : *records)
            body["records"][match] = node(record);
    if (const auto* appended = applied.appended(object))
        for (const AppliedRecord& record : *appended)
            body["appended"].push_back(node(record));
    return jsonAnswer(200, dumped(body));
}

HttpAnswer totalsAnswer(const InboxTotals& totals)
{
    return jsonAnswer(200, dumped(JsonNode{{"requests", totals.requests},
                                           {"deliveries", totals.deliveries},
                                           {"taken", totals.taken},
                                           {"refused", totals.refused},
                                           {"replayed", totals.replayed},
                                           {"keyConflicts", totals.keyConflicts},
                                           {"dropped", totals.dropped}}));
}

} // namespace

Inbox::Inbox(const connector::SharedSpec& spec, const Clock& clock, InboxOptions options)
    : m_clock(clock), m_standIn(spec, std::move(options.standIn)),
      m_log(options.keepRequests, options.keepBytes)
{}

Result<void> Inbox::writeTo(const std::string& path)
{
    const std::lock_guard lock(m_mutex);
    return m_log.writeTo(path);
}

void Inbox::misbehave(Misbehaviour misbehaviour)
{
    const std::lock_guard lock(m_mutex);
    m_misbehaviours.push_back(std::move(misbehaviour));
}

void Inbox::behave()
{
    const std::lock_guard lock(m_mutex);
    m_misbehaviours.clear();
}

std::vector<Misbehaviour> Inbox::misbehaviours() const
{
    const std::lock_guard lock(m_mutex);
    return m_misbehaviours;
}

std::vector<ReceivedRequest> Inbox::received(std::uint64_t after, std::size_t atMost) const
{
    const std::lock_guard lock(m_mutex);
    return m_log.after(after, atMost);
}

InboxTotals Inbox::totals() const
{
    const std::lock_guard lock(m_mutex);
    return totalsNow();
}

InboxTotals Inbox::totalsNow() const
{
    InboxTotals totals = m_totals;
    totals.keyConflicts = m_standIn.keyConflicts();
    totals.dropped = m_log.dropped();
    return totals;
}

std::optional<AppliedRecord> Inbox::applied(const std::string& object,
                                            const std::string& match) const
{
    const std::lock_guard lock(m_mutex);
    const AppliedRecord* record = m_standIn.applied().find(object, match);
    return record ? std::optional(*record) : std::nullopt;
}

AppliedStore::Records Inbox::appliedRecords(const std::string& object) const
{
    const std::lock_guard lock(m_mutex);
    const auto* records = m_standIn.applied().records(object);
    return records ? *records : AppliedStore::Records();
}

std::vector<AppliedRecord> Inbox::appended(const std::string& object) const
{
    const std::lock_guard lock(m_mutex);
    const auto* appended = m_standIn.applied().appended(object);
    return appended ? *appended : std::vector<AppliedRecord>();
}

void Inbox::clear()
{
    const std::lock_guard lock(m_mutex);
    forget();
}

void Inbox::forget()
{
    m_log.clear();
    m_standIn.clear();
    m_totals = {};
}

Reply Inbox::handle(HttpRequest request)
{
    const std::lock_guard lock(m_mutex);
    const Target target = parseTarget(request.target);
    if (target.path.compare(0, controlPrefix.size(), controlPrefix) == 0 ||
        comesFromBrowser(request))
        return {toBytes(control(request, target), request.keepAlive, m_clock.now()),
                {},
                0,
                {},
                !request.keepAlive};
    ++m_totals.requests;
    ReceivedRequest log;
    const Mood mood = takeMood(m_standIn.isDelivery(request, target));
    HttpAnswer answer = this->answer(request, target, mood, log);
    return reply(std::move(request), std::move(answer), mood, std::move(log));
}

/// Uses up one request of every misbehaviour that applies to this one.
Inbox::Mood Inbox::takeMood(bool delivery)
{
    Mood mood;
    for (Misbehaviour& misbehaviour : m_misbehaviours) {
        if (!delivery && !misbehaviour.everything)
            continue;
        const bool decides =
            misbehaviour.trouble != Trouble::Delay && misbehaviour.trouble != Trouble::FailKeys;
        if (decides && mood.trouble)
            continue;
        if (misbehaviour.skip > 0) {
            --misbehaviour.skip;
            continue;
        }
        if (misbehaviour.trouble == Trouble::Delay)
            mood.delay += misbehaviour.delay;
        for (const std::string& key : misbehaviour.keys)
            mood.failing.emplace(key, misbehaviour.code);
        if (decides)
            mood.trouble = misbehaviour;
        if (misbehaviour.times > 0 && --misbehaviour.times == 0)
            misbehaviour.over = true;
    }
    m_misbehaviours.erase(std::remove_if(m_misbehaviours.begin(), m_misbehaviours.end(),
                                         [](const Misbehaviour& m) { return m.over; }),
                          m_misbehaviours.end());
    return mood;
}

HttpAnswer Inbox::answer(const HttpRequest& request, const Target& target, const Mood& mood,
                         ReceivedRequest& log)
{
    const bool refuses = mood.trouble && mood.trouble->trouble == Trouble::Status;
    const bool cuts = mood.trouble && mood.trouble->trouble == Trouble::Cut;
    HttpAnswer answer = (refuses || cuts) && !mood.trouble->applied
                            ? HttpAnswer()
                            : m_standIn.answer(request, target, mood.failing, log);
    return refuses ? refusal(*mood.trouble, m_clock.now()) : answer;
}

Reply Inbox::reply(HttpRequest request, HttpAnswer answer, const Mood& mood, ReceivedRequest log)
{
    Reply reply;
    reply.delay = mood.delay;
    reply.close = !request.keepAlive;
    const Trouble trouble = mood.trouble ? mood.trouble->trouble : Trouble::Delay;
    log.trouble = mood.trouble ? name(trouble) : mood.delay > Milliseconds::zero() ? "delay" : "";
    if (trouble == Trouble::WrongJson)
        answer.body = answer.body.substr(0, answer.body.size() / 2 + 1) + "\"\\";
    if (trouble == Trouble::Html)
        answer = {200,
                  {{"Content-Type", "text/html"}},
                  "<!DOCTYPE html><title>Welcome</title><p>Please sign in to this network."};
    if (trouble == Trouble::EmptyAnswer)
        answer = {200, {}, {}};
    const bool headOnly = request.method == "HEAD";
    const bool keepAlive = request.keepAlive;
    if (!keep(std::move(request), answer, std::move(log), trouble == Trouble::Cut))
        answer = controlRefusal(507, "The inbox cannot keep what it receives.");
    if (trouble == Trouble::Cut)
        return {{}, mood.delay, 0, {}, true};
    reply.bytes = toBytes(answer, keepAlive, m_clock.now());
    if (headOnly)
        reply.bytes.resize(reply.bytes.size() - answer.body.size());
    if (trouble == Trouble::CutAnswer) {
        reply.bytes.resize(std::min(reply.bytes.size() - 1, mood.trouble->bytes));
        reply.close = true;
    }
    if (trouble == Trouble::Drip) {
        reply.piece = mood.trouble->bytes;
        reply.pause = mood.trouble->delay;
    }
    return reply;
}

bool Inbox::keep(HttpRequest request, const HttpAnswer& answer, ReceivedRequest log, bool cut)
{
    m_totals.deliveries += log.operation.empty() ? 0 : 1;
    m_totals.taken += log.taken;
    m_totals.refused += log.refused;
    m_totals.replayed += log.replayed ? 1 : 0;
    log.at = m_clock.now();
    log.method = std::move(request.method);
    log.target = std::move(request.target);
    log.headers = std::move(request.headers);
    log.body = std::move(request.body);
    log.status = cut ? 0 : answer.status;
    log.answer = cut ? std::string() : answer.body;
    maskCredentials(log, m_standIn.secretNames());
    return m_log.add(std::move(log)).has_value();
}

std::string Inbox::refuseUnreadable(int status, const std::string& reason)
{
    const std::lock_guard lock(m_mutex);
    return toBytes(controlRefusal(status, reason), false, m_clock.now());
}

HttpAnswer Inbox::control(const HttpRequest& request, const Target& target)
{
    if (comesFromBrowser(request))
        return controlRefusal(403, "The inbox does not talk to web pages.");
    if (request.header("X-Headgate-Inbox") != "control")
        return controlRefusal(403, "The header \"X-Headgate-Inbox: control\" is missing.");
    const std::string_view what = std::string_view(target.path).substr(controlPrefix.size());
    if (what == "misbehaviours")
        return controlMisbehaviours(request);
    if (request.method == "DELETE" && what == "requests") {
        forget();
        return {204, {}, {}};
    }
    if (request.method != "GET")
        return controlRefusal(405, "The inbox cannot do that.");
    if (what == "totals")
        return totalsAnswer(totalsNow());
    if (what == "applied")
        return appliedAnswer(m_standIn.applied(),
                             valueOf(target.query, "object").value_or(std::string()));
    if (what != "requests")
        return controlRefusal(404, "The inbox has no such page.");
    std::string body;
    for (const ReceivedRequest& received : m_log.after(numberIn(target, "after"), 1000))
        body += toJson(received) + '\n';
    return {200, {{"Content-Type", "application/x-ndjson"}}, std::move(body)};
}

HttpAnswer Inbox::controlMisbehaviours(const HttpRequest& request)
{
    if (request.method == "GET") {
        std::string body;
        for (const Misbehaviour& misbehaviour : m_misbehaviours)
            body += toJson(misbehaviour) + '\n';
        return {200, {{"Content-Type", "application/x-ndjson"}}, std::move(body)};
    }
    if (request.method == "DELETE") {
        m_misbehaviours.clear();
        return {204, {}, {}};
    }
    if (request.method != "POST")
        return controlRefusal(405, "The inbox cannot do that.");
    auto misbehaviour = misbehaviourFromJson(request.body);
    if (!misbehaviour)
        return controlRefusal(400, misbehaviour.error().message.toStdString());
    m_misbehaviours.push_back(std::move(*misbehaviour));
    return {204, {}, {}};
}

} // namespace headgate::inbox
