// SPDX-License-Identifier: GPL-3.0-or-later
#include "compliance/compliance_case.h"

#include "base/redaction.h"
#include "fakes/json_schema.h"
#include "fakes/print_to.h"

#include <QFile>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::compliance {
namespace {

using connector::BatchResult;
using connector::Fate;
using connector::Verdict;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

std::vector<Fate> fatesOf(const BatchResult& result)
{
    std::vector<Fate> fates;
    for (const connector::RecordOutcome& outcome : result.outcomes)
        fates.push_back(outcome.fate);
    return fates;
}

/// The parts of a request that a repeat must have in common with the first sending.
std::string frozenParts(const http::Request& request)
{
    std::string parts = request.method + ' ' + request.url + '\n';
    for (const http::Header& header : request.headers)
        if (header.name != "webhook-timestamp" && header.name != "webhook-signature")
            parts += header.name + ": " + header.value + '\n';
    return parts + (request.body ? *request.body : std::string());
}

/// Everything of a request that is shown or stored.
std::string shownParts(const http::Request& request)
{
    std::string parts =
        request.method + ' ' + (request.shownUrl.empty() ? request.url : request.shownUrl) + '\n';
    for (const http::Header& header : request.headers)
        parts += header.name + ": " + (header.secret ? "***" : header.value) + '\n';
    return parts + Redaction::redact(request.body ? *request.body : std::string());
}

http::Answer answerOf(int status, std::string body, std::vector<http::Header> headers = {})
{
    http::Answer answer;
    answer.transport = http::Transport::Complete;
    answer.status = status;
    answer.body = std::move(body);
    answer.headers = std::move(headers);
    return answer;
}

/// The answers before the last request, then this one.
std::vector<http::Answer> endingWith(std::vector<http::Answer> answers, http::Answer last)
{
    answers.back() = std::move(last);
    return answers;
}

bool acceptsAny(const std::optional<BatchResult>& result)
{
    if (!result)
        return false;
    for (const Fate fate : fatesOf(*result))
        if (fate == Fate::Accepted || fate == Fate::Unconfirmed)
            return true;
    return false;
}

class Connector : public testing::TestWithParam<std::string>
{};

TEST_P(Connector, SpecFitsThePublishedSchema)
{
    const auto read = [](const QString& path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
        return data::parseJson(file.readAll().toStdString()).value();
    };
    const fakes::JsonSchemas schemas(HEADGATE_SOURCE_DIR "/resources/schema");
    QString path = QStringLiteral(HEADGATE_SOURCE_DIR "/resources/connectors/%1/spec.json");
    if (!QFile::exists(path.arg(QString::fromStdString(GetParam()))))
        path = QStringLiteral(HEADGATE_SOURCE_DIR "/tests/core/connector/paper/%1/spec.json");
    EXPECT_THAT(schemas.findings("connector.schema.json",
                                 read(path.arg(QString::fromStdString(GetParam())))),
                testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(All, Connector, testing::ValuesIn(allConnectors()),
                         [](const auto& tested) { return tested.param; });

class Compliance : public testing::TestWithParam<ComplianceCase>
{
protected:
    [[nodiscard]] std::size_t records() const { return GetParam().records; }
    Subject subject{GetParam()};
};

TEST_P(Compliance, AcceptsWhatTheDestinationAccepts)
{
    const auto batch = subject.batch(records());
    const auto run = subject.run(batch, GetParam().accepted);
    ASSERT_TRUE(run.result) << run.requests.size() << " requests";
    ASSERT_EQ(run.result->verdict, Verdict::PerRecord) << run.result->message;
    const bool confirmed = GetParam().others != Fate::Unconfirmed;
    EXPECT_EQ(run.result->outcomes.size(), records());
    EXPECT_THAT(fatesOf(*run.result), Each(confirmed ? Fate::Accepted : Fate::Unconfirmed));
    EXPECT_EQ(run.requests.size(), GetParam().accepted.size());
}

TEST_P(Compliance, RefusesExactlyTheRecordThatTheDestinationRefuses)
{
    if (GetParam().refused.empty())
        return;
    const auto batch = subject.batch(records());
    const auto run = subject.run(batch, GetParam().refused);
    ASSERT_TRUE(run.result);
    const BatchResult& result = *run.result;
    if (GetParam().refusedWhole || result.verdict == Verdict::Refused) {
        ASSERT_EQ(result.verdict, Verdict::Refused);
        EXPECT_TRUE(GetParam().refusedWhole || records() == 1);
        EXPECT_EQ(result.splittable, GetParam().splittable);
        EXPECT_EQ(result.code, GetParam().code);
        EXPECT_THAT(result.message, HasSubstr(GetParam().words));
        return;
    }
    ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
    ASSERT_EQ(result.outcomes.size(), records());
    for (std::size_t i = 0; i < records(); ++i) {
        const connector::RecordOutcome& outcome = result.outcomes[i];
        const bool refused = GetParam().refusedRecord == i;
        EXPECT_EQ(outcome.fate, refused ? Fate::Rejected : GetParam().others) << "record " << i;
        if (refused) {
            EXPECT_EQ(outcome.code, GetParam().code);
            EXPECT_THAT(outcome.message, HasSubstr(GetParam().words));
        }
    }
    if (!GetParam().refusedRecord) {
        EXPECT_THAT(result.outcomes.front().warnings,
                    testing::ElementsAre(HasSubstr(GetParam().words)));
    }
}

TEST_P(Compliance, SendsNothingForNoRecords)
{
    const auto run = subject.run(subject.batch(0), {});
    EXPECT_TRUE(run.requests.empty());
    ASSERT_TRUE(run.result);
    EXPECT_EQ(run.result->verdict, Verdict::PerRecord);
    EXPECT_TRUE(run.result->outcomes.empty());
}

TEST_P(Compliance, KeepsTheLimitsOfItsOperation)
{
    const auto can = subject.destination().capabilities(GetParam().object);
    ASSERT_TRUE(can);
    ASSERT_TRUE(can->can(GetParam().operation));
    const connector::BatchLimits limits = can->limitsOf(GetParam().operation);
    EXPECT_GE(limits.records, records());
    const auto many = subject.run(subject.batch(limits.records + 1), {});
    EXPECT_TRUE(many.requests.empty());
    ASSERT_TRUE(many.result);
    EXPECT_EQ(many.result->verdict, Verdict::Refused);
    EXPECT_TRUE(many.result->splittable);
}

TEST_P(Compliance, SizesAreThoseOfTheBytesSent)
{
    const auto batch = subject.batch(records());
    const auto run = subject.run(batch, endingWith(GetParam().accepted, {}));
    connector::DeliveryBatch empty = batch;
    empty.records.clear();
    std::size_t size = subject.destination().envelopeSize(empty);
    for (const connector::OutgoingRecord& record : batch.records)
        size += subject.destination().encodedSize(empty, record);
    if (specOf(GetParam().connector.id)
            ->findObject(GetParam().object)
            ->find(GetParam().operation, GetParam().matchField)
            ->create)
        return;
    for (const http::Request& request : run.requests) {
        if (request.body && request.body->size() == size)
            return;
    }
    EXPECT_TRUE(size == 0) << size << " bytes were announced";
}

TEST_P(Compliance, RepeatsTheSameBytesUnderTheSameKey)
{
    const auto batch = subject.batch(records());
    const auto first = subject.run(batch, GetParam().accepted);
    subject.clock().advance(std::chrono::hours(1));
    const auto second = subject.run(batch, GetParam().accepted);
    ASSERT_EQ(first.requests.size(), second.requests.size());
    ASSERT_FALSE(first.requests.empty());
    for (std::size_t i = 0; i < first.requests.size(); ++i)
        EXPECT_EQ(frozenParts(first.requests[i]), frozenParts(second.requests[i]));
}

TEST_P(Compliance, SendsEveryRecordAsItself)
{
    const auto batch = subject.batch(records());
    const auto run = subject.run(batch, GetParam().accepted);
    std::string sent;
    for (const http::Request& request : run.requests)
        sent += request.url + '\n' + (request.body ? *request.body : std::string());
    std::size_t from = 0;
    for (std::size_t i = 0; i < records(); ++i) {
        const std::string number = std::to_string(i);
        const std::string name =
            "Name" + std::string(sent.find("Name%20") < sent.size() ? "%20" : " ");
        const bool hasPayload = sent.find(name) != std::string::npos;
        if (!hasPayload)
            continue;
        const std::size_t at = sent.find(name + number, from);
        ASSERT_NE(at, std::string::npos) << "record " << i;
        EXPECT_EQ(sent.find(name + number, at + 1), std::string::npos) << "record " << i;
        from = at;
    }
}

TEST_P(Compliance, KeepsTheBytesOfValues)
{
    const std::string values =
        R"({"name":"O'Brien: \"ä\" 東京 👩‍👩‍👧 \u0001 a:b:c","note":"x","amount":12345678901234567890.10})";
    const connector::ObjectSpec* object =
        specOf(GetParam().connector.id)->findObject(GetParam().object);
    const auto run =
        subject.run(subject.batch(std::vector<std::string>{values}), GetParam().accepted);
    ASSERT_FALSE(run.requests.empty());
    std::string sent;
    for (const http::Request& request : run.requests)
        sent += request.body ? *request.body : std::string();
    const auto& body = object->find(GetParam().operation, GetParam().matchField)->request.body;
    if (!body.entry.payload || body.kind != connector::BodyKind::Json ||
        !object->encoding.isVerbatim())
        return;
    EXPECT_THAT(sent, HasSubstr(values.substr(1, values.size() - 2)));
}

TEST_P(Compliance, SaysWhatAStatusMeans)
{
    const auto batch = subject.batch(records());
    const auto verdict = [&](const http::Answer& answer, bool last) {
        const auto run = subject.run(batch, last ? endingWith(GetParam().accepted, answer)
                                                 : std::vector<http::Answer>{answer});
        EXPECT_FALSE(acceptsAny(run.result)) << answer.status;
        return run.result ? run.result->verdict : Verdict::PerRecord;
    };
    for (const bool last : {false, true}) {
        EXPECT_EQ(verdict(answerOf(401, "{}"), last), Verdict::Unauthorised);
        EXPECT_EQ(verdict(answerOf(429, "{}"), last), Verdict::RateLimited);
        EXPECT_EQ(verdict(answerOf(503, "down"), last), Verdict::Transient);
        for (const int status : {500, 502, 504}) {
            const Verdict meant = verdict(answerOf(status, "<html>"), last);
            EXPECT_TRUE(meant == Verdict::Transient || meant == Verdict::Ambiguous) << status;
        }
    }
}

TEST_P(Compliance, WaitsAsLongAsItIsTold)
{
    const std::string until = std::to_string(
        std::chrono::floor<std::chrono::seconds>(subject.clock().now()).time_since_epoch().count() +
        42);
    const http::Answer slow =
        answerOf(429, R"({"params":{"rateLimitReset":42}})",
                 {{"Retry-After", "42", false},
                  {"X-RateLimit-Reset", until, false},
                  {"X-HubSpot-RateLimit-Interval-Milliseconds", "42000", false}});
    const auto run = subject.run(subject.batch(records()), {slow});
    ASSERT_TRUE(run.result);
    const bool told = !specOf(GetParam().connector.id)->answers.retryAfter.empty();
    EXPECT_EQ(run.result->retryAfter.has_value(), told);
    if (told) {
        EXPECT_EQ(run.result->retryAfter, Milliseconds(42'000));
    }
}

TEST_P(Compliance, NeverAcceptsAnAnswerThatBrokeOff)
{
    const auto batch = subject.batch(records());
    for (const auto transport :
         {http::Transport::NotSent, http::Transport::TlsRefused, http::Transport::Redirected,
          http::Transport::Broken, http::Transport::TooLarge, http::Transport::Abandoned,
          http::Transport::BadRequest}) {
        http::Answer broken = GetParam().accepted.back();
        broken.transport = transport;
        broken.bytesTaken = 10;
        const auto run = subject.run(batch, endingWith(GetParam().accepted, broken));
        ASSERT_TRUE(run.result);
        EXPECT_FALSE(acceptsAny(run.result)) << int(transport);
        EXPECT_NE(run.result->verdict, Verdict::Receipt) << int(transport);
    }
}

TEST_P(Compliance, NeverAcceptsACutBody)
{
    const auto batch = subject.batch(records());
    const http::Answer whole = GetParam().accepted.back();
    const bool reads = acceptsAny(
        subject.run(batch, endingWith(GetParam().accepted, answerOf(whole.status, "<html>")))
            .result);
    if (reads || whole.body.empty() || whole.body.front() != '{')
        return;
    const std::size_t step = std::max<std::size_t>(1, whole.body.size() / 50);
    for (std::size_t size = 0; size < whole.body.size(); size += step) {
        const auto run =
            subject.run(batch, endingWith(GetParam().accepted,
                                          answerOf(whole.status, whole.body.substr(0, size))));
        EXPECT_FALSE(acceptsAny(run.result)) << whole.body.substr(0, size);
    }
    for (const char* other : {"{}", "[]", "null", "\"ok\"", "0"}) {
        const auto run =
            subject.run(batch, endingWith(GetParam().accepted, answerOf(whole.status, other)));
        EXPECT_FALSE(acceptsAny(run.result)) << other;
    }
}

TEST_P(Compliance, ShowsNoSecret)
{
    const auto batch = subject.batch(records());
    std::string shown;
    for (const http::Request& request : subject.run(batch, GetParam().accepted).requests)
        shown += shownParts(request);
    const std::string secret = subject.secrets().front();
    const std::string echo = R"({"message":"bad key )" + secret + R"(","msg":"bad key )" + secret +
                             R"(","detail":")" + secret + R"(","error":")" + secret + R"("})";
    for (const int status : {200, 400, 401, 403, 422, 500}) {
        const auto run = subject.run(batch, {answerOf(status, echo)});
        ASSERT_TRUE(run.result || run.requests.size() > 1) << status;
        if (!run.result)
            continue;
        shown += run.result->message + run.result->code;
        for (const connector::RecordOutcome& outcome : run.result->outcomes)
            shown += outcome.message + outcome.code;
    }
    shown += subject.destination().accountIdentity();
    for (const std::string& hidden : subject.secrets())
        EXPECT_THAT(shown, Not(HasSubstr(hidden)));
}

TEST_P(Compliance, ChecksPolitely)
{
    if (!specOf(GetParam().connector.id)->check)
        return;
    const auto ask = [&](const http::Answer& answer) {
        const auto check = subject.destination().check();
        const auto asked = check->next(nullptr);
        EXPECT_TRUE(asked.request && !asked.request->body);
        auto done = check->next(&answer);
        EXPECT_TRUE(done.result);
        return done.result.value_or(Failure(Error{}));
    };
    const auto refused = ask(answerOf(401, "{}"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Credential);
    EXPECT_FALSE(refused.error().message.isEmpty());
    http::Answer nothing;
    const auto absent = ask(nothing);
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().kind, ErrorKind::Destination);
    EXPECT_FALSE(ask(answerOf(200, "<html>login</html>")));
    EXPECT_FALSE(ask(answerOf(500, "{}")));
    ASSERT_TRUE(GetParam().connector.check) << "no answer of the check was written down";
    const auto passed = ask(*GetParam().connector.check);
    ASSERT_TRUE(passed) << passed.error().toString().toStdString();
    EXPECT_EQ(passed->account, GetParam().connector.account);
}

std::string caseName(const testing::TestParamInfo<ComplianceCase>& info)
{
    std::string name = info.param.connector.id + '_' + info.param.name;
    for (char& c : name)
        c = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(All, Compliance, testing::ValuesIn(allCases()), caseName);

} // namespace
} // namespace headgate::compliance
