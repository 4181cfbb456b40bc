// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_saas.h"

#include "data/json.h"
#include "data/json_text.h"
#include "http/retry_policy.h"

namespace headgate::fakes {

namespace {

using connector::BatchResult;
using connector::Fate;
using connector::Verdict;

std::string header(const http::Request& request, const std::string& name)
{
    for (const http::Header& header : request.headers)
        if (header.name == name)
            return header.value;
    return {};
}

std::vector<data::JsonNode> linesOf(const std::string& body)
{
    std::vector<data::JsonNode> lines;
    std::size_t begin = 0;
    while (begin < body.size()) {
        const std::size_t end = body.find('\n', begin);
        lines.push_back(data::JsonNode::parse(body.substr(begin, end - begin)));
        begin = end + 1;
    }
    return lines;
}

http::Answer answer(int status, std::string body)
{
    http::Answer reply;
    reply.transport = http::Transport::Complete;
    reply.status = status;
    reply.body = std::move(body);
    return reply;
}

std::string lineOf(const connector::OutgoingRecord& record)
{
    std::string line = "{\"match\":";
    data::appendJsonString(line, record.match.text);
    line += ",\"previous\":";
    data::appendJsonString(line, record.previousMatch.text);
    line += ",\"payload\":";
    data::appendJsonString(line, record.payload);
    return line + "}\n";
}

Fate fateOf(const std::string& word)
{
    if (word == "ok")
        return Fate::Accepted;
    if (word == "exists")
        return Fate::Exists;
    if (word == "absent")
        return Fate::Absent;
    return word == "busy" ? Fate::Retry : Fate::Rejected;
}

class OneRequest final : public connector::Exchange
{
public:
    OneRequest(const FakeDestination& destination, const connector::DeliveryBatch& batch,
               std::string job = {})
        : m_destination(destination), m_batch(batch), m_job(std::move(job))
    {}

    connector::ExchangeStep next(const http::Answer* reply) override
    {
        connector::ExchangeStep step;
        if (reply)
            step.result = interpret(*reply);
        else
            step.request = build();
        return step;
    }

private:
    http::Request build() const
    {
        auto body = std::make_shared<std::string>();
        for (const connector::OutgoingRecord& record : m_batch.records)
            *body += lineOf(record);
        http::Request request;
        request.method = "POST";
        request.url = "http://127.0.0.1:1/records";
        request.headers = {{"Idempotency-Key", m_batch.idempotencyKey, false},
                           {"Operation", connector::name(m_batch.operation), false},
                           {"Authorization", m_destination.token, true}};
        request.body = body;
        if (!m_job.empty())
            request.headers.push_back({"Job", m_job, false});
        return request;
    }

    BatchResult interpret(const http::Answer& reply) const
    {
        BatchResult result;
        result.status = reply.status;
        if (reply.status == 202) {
            result.verdict = Verdict::Receipt;
            result.receipt = reply.body;
            return result;
        }
        const http::AnswerReading reading =
            http::classify(reply, m_destination.can.mayRepeat(m_batch.operation));
        result.code = reading.code;
        if (const std::string_view after = reply.header("Retry-After"); !after.empty())
            result.retryAfter = std::chrono::seconds(std::stoi(std::string(after)));
        switch (reading.answerClass) {
        case http::AnswerClass::Accepted:
            return perRecord(reply);
        case http::AnswerClass::Refused:
        case http::AnswerClass::TooLarge:
        case http::AnswerClass::Missing:
        case http::AnswerClass::Conflict:
            result.verdict = Verdict::Refused;
            result.splittable = m_destination.atomicRefusal && http::isSplittable(reply.status);
            return result;
        case http::AnswerClass::RateLimited:
            result.verdict = Verdict::RateLimited;
            return result;
        case http::AnswerClass::Transient:
            result.verdict = Verdict::Transient;
            return result;
        case http::AnswerClass::Unauthorised:
            result.verdict = Verdict::Unauthorised;
            return result;
        case http::AnswerClass::Fatal:
            result.verdict = Verdict::Fatal;
            return result;
        case http::AnswerClass::Ambiguous:
        case http::AnswerClass::Abandoned:
            result.verdict = reading.mayBeApplied ? Verdict::Ambiguous : Verdict::Transient;
            return result;
        }
        return result;
    }

    BatchResult perRecord(const http::Answer& reply) const
    {
        BatchResult result;
        result.status = reply.status;
        result.verdict = Verdict::PerRecord;
        if (!m_destination.confirmsPerRecord) {
            result.outcomes.assign(m_batch.records.size(), {Fate::Unconfirmed, {}, {}, {}});
            return result;
        }
        const auto json = data::parseJson(reply.body);
        if (!json || !json->is_array() || json->size() != m_batch.records.size()) {
            result.verdict = Verdict::Ambiguous;
            return result;
        }
        for (const data::JsonNode& word : *json) {
            connector::RecordOutcome outcome;
            outcome.fate = fateOf(word.get<std::string>());
            if (outcome.fate == Fate::Rejected)
                outcome.code = word.get<std::string>();
            result.outcomes.push_back(std::move(outcome));
        }
        return result;
    }

    const FakeDestination& m_destination;
    const connector::DeliveryBatch& m_batch;
    std::string m_job;
};

} // namespace

http::Answer FakeSaas::aboutJob(const std::string& job)
{
    const auto found = m_jobs.find(job);
    if (found == m_jobs.end())
        return answer(404, "{}");
    return ++found->second.first < pollsUntilDone ? answer(202, job)
                                                  : answer(200, found->second.second);
}

http::Answer FakeSaas::handle(const http::Request& request)
{
    if (const std::string job = header(request, "Job"); !job.empty())
        return aboutJob(job);
    const std::string key = header(request, "Idempotency-Key");
    const std::string operation = header(request, "Operation");
    const std::string& body = *request.body;
    Delivery delivery{key, operation, body, {}};
    const std::vector<data::JsonNode> lines = linesOf(body);
    for (const data::JsonNode& line : lines)
        delivery.matches.push_back(line["match"].get<std::string>());
    deliveries.push_back(delivery);
    bodiesByKey[key].insert(body);
    if (largestBody > 0 && body.size() > largestBody)
        return answer(413, "{}");
    for (const std::string& match : delivery.matches)
        if (poison.contains(match))
            return answer(poisonStatus, "{}");
    if (const auto known = m_answers.find(key); known != m_answers.end())
        return answer(200, known->second);

    data::JsonNode words = data::JsonNode::array();
    bool final = true;
    for (const data::JsonNode& line : lines) {
        const std::string match = line["match"].get<std::string>();
        const bool there = records.contains(match);
        if (const auto refused = refuses.find(match); refused != refuses.end()) {
            words.push_back(refused->second);
            continue;
        }
        if (busyOnce.erase(match) > 0) {
            words.push_back("busy");
            final = false;
            continue;
        }
        if ((operation == "insert" && there) || (operation == "update" && !there)) {
            words.push_back(there ? "exists" : "absent");
            continue;
        }
        m_keysByMatch[match].insert(key);
        if (operation == "append")
            appended.emplace_back(match, line["payload"].get<std::string>());
        else if (operation == "delete" || operation == "archive" || operation == "clear")
            records.erase(match);
        else
            records[match] = line["payload"].get<std::string>();
        if (operation == "rename")
            records.erase(line["previous"].get<std::string>());
        words.push_back("ok");
    }
    if (final)
        m_answers[key] = words.dump();
    if (!takesJobs)
        return answer(200, words.dump());
    const std::string job = "job-" + std::to_string(m_jobs.size() + 1);
    m_jobs[job] = {0, words.dump()};
    return answer(202, job);
}

std::size_t FakeSaas::keysThatApplied(const std::string& match) const
{
    const auto found = m_keysByMatch.find(match);
    return found == m_keysByMatch.end() ? 0 : found->second.size();
}

FakeDestination::FakeDestination()
{
    using connector::Operation;
    can.operations = {Operation::Upsert,  Operation::Update, Operation::Insert,  Operation::Append,
                      Operation::Replace, Operation::Delete, Operation::Archive, Operation::Clear};
    can.repeatable = {Operation::Upsert,  Operation::Update, Operation::Replace, Operation::Delete,
                      Operation::Archive, Operation::Clear,  Operation::Rename};
    can.batchRecords = 10;
    can.rate.inFlight = 4;
}

std::unique_ptr<connector::Inquiry<connector::AccountCheck>> FakeDestination::check()
{
    return nullptr;
}

std::unique_ptr<connector::Inquiry<std::vector<connector::ObjectInfo>>> FakeDestination::objects()
{
    return nullptr;
}

std::unique_ptr<connector::Inquiry<std::vector<connector::FieldInfo>>>
FakeDestination::fields(const std::string&)
{
    return nullptr;
}

Result<connector::Capabilities> FakeDestination::capabilities(const std::string&) const
{
    return can;
}

std::string FakeDestination::normalisedMatch(const std::string&, const std::string&,
                                             data::ValueView match) const
{
    std::string text(match.text);
    for (char& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + ('a' - 'A'));
    return text;
}

std::size_t FakeDestination::encodedSize(const connector::DeliveryBatch&,
                                         const connector::OutgoingRecord& record) const
{
    return lineOf(record).size();
}

std::size_t FakeDestination::envelopeSize(const connector::DeliveryBatch&) const
{
    return 0;
}

std::unique_ptr<connector::Exchange>
FakeDestination::beginRun(const std::string&, const std::string&, connector::Operation)
{
    return nullptr;
}

std::unique_ptr<connector::Exchange> FakeDestination::submit(const connector::DeliveryBatch& batch)
{
    return std::make_unique<OneRequest>(*this, batch);
}

std::unique_ptr<connector::Exchange> FakeDestination::settle(const std::string& receipt,
                                                             const connector::DeliveryBatch& batch)
{
    return std::make_unique<OneRequest>(*this, batch, receipt);
}

std::unique_ptr<connector::Exchange> FakeDestination::commitRun(const std::string&)
{
    return nullptr;
}

std::unique_ptr<connector::Inquiry<connector::CredentialRenewal>> FakeDestination::renewCredential()
{
    class Renewal final : public connector::Inquiry<connector::CredentialRenewal>
    {
    public:
        explicit Renewal(bool renewed) : m_renewed(renewed) {}
        Step next(const http::Answer*) override
        {
            Step step;
            step.result = connector::CredentialRenewal{m_renewed, {}};
            return step;
        }

    private:
        bool m_renewed;
    };
    ++renewals;
    token = "second";
    return std::make_unique<Renewal>(renewable);
}

} // namespace headgate::fakes
