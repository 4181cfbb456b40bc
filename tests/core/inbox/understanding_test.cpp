// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/destination_factory.h"
#include "connector/spec_library.h"
#include "fakes/batch_box.h"
#include "fakes/fake_clock.h"
#include "fakes/inbox_answer.h"
#include "fakes/print_to.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::inbox;
using connector::Fate;
using connector::Operation;
using connector::Verdict;
using fakes::BatchBox;

namespace {

/// One way of writing to a connector's destination.
struct Way
{
    std::string connector;
    std::string object;
    std::string matchField;
    Operation operation = Operation::Upsert;
};

std::vector<Way> allWays()
{
    std::vector<Way> ways;
    for (const connector::SharedSpec& spec : connector::SpecLibrary::builtIn().all()) {
        if (spec->implementation != connector::Implementation::Declarative)
            continue;
        for (const connector::ObjectSpec& object : spec->objects)
            for (const connector::OperationSpec& operation : object.operations) {
                std::vector<std::string> fields = operation.matchOn;
                if (fields.empty())
                    for (const connector::MatchField& field : object.matchFields)
                        fields.push_back(field.name);
                if (fields.empty())
                    fields.emplace_back("id");
                for (const std::string& field : fields)
                    ways.push_back({spec->id, object.id, field, operation.operation});
            }
    }
    return ways;
}

std::string plausible(const connector::FormField& field)
{
    if (!field.initial.empty())
        return field.initial;
    switch (field.kind) {
    case connector::FieldKind::Choice:
        return field.choices.front().value;
    case connector::FieldKind::Url:
        return "http://127.0.0.1:1/in";
    case connector::FieldKind::Number:
        return "7";
    case connector::FieldKind::Boolean:
        return "false";
    case connector::FieldKind::Headers:
    case connector::FieldKind::Pointer:
        return {};
    case connector::FieldKind::Text:
    case connector::FieldKind::Path:
        return "some";
    }
    return {};
}

/// A connector's destination and the inbox that stands in for it.
class Pair
{
public:
    explicit Pair(const Way& way)
        : m_way(way), m_spec(connector::SpecLibrary::builtIn().find(way.connector)),
          m_inbox(m_spec, m_clock, optionsFor(way))
    {
        connector::DestinationConfig config;
        for (const connector::FormField& field : m_spec->account) {
            if (field.secret)
                config.secrets.emplace(field.key, secrets::Secret("whsec_c2VjcmV0"));
            else if (const std::string text = plausible(field); !text.empty())
                config.fields.emplace(field.key, text);
        }
        for (const connector::FormField& field : m_spec->account)
            if (field.secret && field.kind == connector::FieldKind::Headers)
                config.secrets.erase(field.key);
        config.baseUrl = "http://127.0.0.1:1";
        auto opened = openDestination(m_spec, std::move(config), m_clock);
        if (!opened)
            throw std::runtime_error(opened.error().message.toStdString());
        m_destination = std::move(*opened);
    }

    Inbox& inbox() { return m_inbox; }

    [[nodiscard]] std::size_t size() const
    {
        const auto can = m_destination->capabilities(m_way.object);
        return std::min<std::size_t>(3, can->limitsOf(m_way.operation).records);
    }

    connector::BatchResult send(Operation operation, const std::string& idempotencyKey)
    {
        std::map<std::string, std::string> options;
        for (const connector::FormField& option : m_spec->findObject(m_way.object)->options)
            options.emplace(option.key, plausible(option));
        BatchBox box(operation, m_way.object, idempotencyKey, m_way.matchField);
        for (std::size_t i = 0; i < size(); ++i) {
            const std::string match = "m" + std::to_string(i);
            box.add(operation == Operation::Delete
                        ? std::string()
                        : R"({")" + m_way.matchField + R"(":")" + match + R"(","n":1.50})",
                    match, "old" + match);
        }
        box.options(requestValuesOf(*m_spec->findObject(m_way.object), options));
        return drive(m_destination->submit(box.batch()));
    }

    connector::BatchResult drive(std::unique_ptr<connector::Exchange> exchange)
    {
        connector::ExchangeStep step = exchange->next(nullptr);
        for (int requests = 0; step.request && requests < 20; ++requests) {
            const http::Answer answer = fakes::inboxAnswer(m_inbox, *step.request);
            step = exchange->next(&answer);
        }
        return step.result.value_or(connector::BatchResult());
    }

    template <typename T>
    Result<T> ask(std::unique_ptr<connector::Inquiry<T>> inquiry)
    {
        auto step = inquiry->next(nullptr);
        while (step.request) {
            const http::Answer answer = fakes::inboxAnswer(m_inbox, *step.request);
            step = inquiry->next(&answer);
        }
        return step.result.value();
    }
    connector::Destination& destination() { return *m_destination; }

private:
    static InboxOptions optionsFor(const Way& way)
    {
        InboxOptions options;
        options.standIn.object = way.object;
        options.standIn.operation = way.operation;
        options.standIn.matchField = way.matchField;
        return options;
    }

    const Way m_way;
    fakes::FakeClock m_clock;
    connector::SharedSpec m_spec;
    Inbox m_inbox;
    std::unique_ptr<connector::Destination> m_destination;
};

bool wantsTheRecordThere(Operation operation)
{
    return operation == Operation::Update || operation == Operation::Archive ||
           operation == Operation::Clear || operation == Operation::Rename;
}

class Understanding : public testing::TestWithParam<Way>
{};

std::string wayName(const testing::TestParamInfo<Way>& info)
{
    std::string text = info.param.connector + '_' + info.param.object + '_' +
                       connector::name(info.param.operation) + '_' + info.param.matchField;
    for (char& c : text)
        c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return text;
}

} // namespace

TEST_P(Understanding, whatTheInboxTakesTheConnectorCountsAsAccepted)
{
    Pair pair(GetParam());
    const connector::BatchResult result = pair.send(GetParam().operation, "key-1");
    if (wantsTheRecordThere(GetParam().operation)) {
        EXPECT_EQ(pair.inbox().totals().taken, 0U);
        for (const connector::RecordOutcome& outcome : result.outcomes)
            EXPECT_NE(outcome.fate, Fate::Accepted);
        return;
    }
    ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.code << ' ' << result.message;
    for (const connector::RecordOutcome& outcome : result.outcomes)
        EXPECT_TRUE(outcome.fate == Fate::Accepted || outcome.fate == Fate::Unconfirmed)
            << outcome.code << ' ' << outcome.message;
    EXPECT_EQ(pair.inbox().totals().taken, pair.size());
}

TEST_P(Understanding, whatTheInboxRefusesTheConnectorCountsAsRefused)
{
    Pair pair(GetParam());
    Misbehaviour failing;
    failing.trouble = Trouble::FailKeys;
    failing.keys = {"m0"};
    pair.inbox().misbehave(failing);
    const connector::BatchResult result = pair.send(GetParam().operation, "key-1");
    if (result.verdict == Verdict::Refused) {
        EXPECT_EQ(pair.inbox().totals().taken, 0U);
        return;
    }
    ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.code << ' ' << result.message;
    ASSERT_FALSE(result.outcomes.empty());
    EXPECT_NE(result.outcomes.front().fate, Fate::Accepted);
    const bool others = !wantsTheRecordThere(GetParam().operation);
    for (std::size_t i = 1; i < result.outcomes.size(); ++i) {
        EXPECT_EQ(result.outcomes[i].fate == Fate::Accepted, others) << i;
    }
}

TEST_P(Understanding, anAnswerThatBreaksOffLeavesNothingAccepted)
{
    for (const char* trouble : {R"({"trouble":"cut","applied":true,"everything":true})",
                                R"({"trouble":"cutAnswer","bytes":30,"everything":true})",
                                R"({"trouble":"status","status":503,"everything":true})"}) {
        Pair pair(GetParam());
        pair.inbox().misbehave(misbehaviourFromJson(trouble).value());
        const connector::BatchResult result = pair.send(GetParam().operation, "key-1");
        EXPECT_NE(result.verdict, Verdict::Refused) << trouble;
        for (const connector::RecordOutcome& outcome : result.outcomes)
            EXPECT_TRUE(outcome.fate == Fate::InDoubt || outcome.fate == Fate::Retry) << trouble;
    }
}

INSTANTIATE_TEST_SUITE_P(Connectors, Understanding, testing::ValuesIn(allWays()), wayName);

TEST(Inquiries, theInboxAnswersWhatConnectorsAsk)
{
    for (const connector::SharedSpec& spec : connector::SpecLibrary::builtIn().all()) {
        if (spec->implementation != connector::Implementation::Declarative || !spec->check)
            continue;
        Pair pair({spec->id, spec->objects.front().id, "id", Operation::Upsert});
        const auto check = pair.ask(pair.destination().check());
        ASSERT_TRUE(check) << check.error().message.toStdString();
        if (!spec->check->account.empty()) {
            EXPECT_EQ(check->account, "headgate-inbox");
        }
        for (const connector::ObjectSpec& object : spec->objects) {
            const auto fields = pair.ask(pair.destination().fields(object.id));
            ASSERT_TRUE(fields) << spec->id << ' ' << fields.error().message.toStdString();
            if (object.fieldDiscovery) {
                EXPECT_FALSE(fields->empty()) << spec->id << ' ' << object.id;
            }
        }
    }
}
