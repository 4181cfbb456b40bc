// SPDX-License-Identifier: GPL-3.0-or-later
#include "compliance/coded_place.h"
#include "connector/spec_library.h"
#include "fakes/batch_box.h"
#include "fakes/print_to.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::compliance {
namespace {

using connector::BatchResult;
using connector::Destination;
using connector::Fate;
using connector::Operation;
using connector::Verdict;
using fakes::answerOf;
using fakes::BatchBox;
using fakes::resultOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t tenRecords = 10;
const std::string exactAmount = "1234567890123456789012345678.0123456789";

std::vector<connector::Fate> fatesIn(const BatchResult& result)
{
    std::vector<Fate> fates;
    for (const connector::RecordOutcome& outcome : result.outcomes)
        fates.push_back(outcome.fate);
    return fates;
}

std::string idOf(std::size_t record)
{
    return "r" + std::to_string(record);
}

std::string payloadOf(std::size_t record, const std::string& name)
{
    return R"({"id":")" + idOf(record) + R"(","name":")" + name + R"(","amount":)" + exactAmount +
           '}';
}

class CodedTest
{
protected:
    CodedTest(const NamedPlace& named)
        : spec(connector::SpecLibrary::builtIn().find(named.connector)), place(named.make())
    {}

    [[nodiscard]] Result<std::unique_ptr<Destination>>
    tryOpen(connector::DestinationConfig config) const
    {
        return connector::openDestination(spec, std::move(config), m_clock);
    }
    [[nodiscard]] std::unique_ptr<Destination> open() const
    {
        auto opened = tryOpen(place->config());
        if (!opened)
            throw std::runtime_error(opened.error().message.toStdString());
        return std::move(*opened);
    }
    [[nodiscard]] BatchBox box(Operation operation, const std::string& key = "key") const
    {
        return BatchBox(operation, place->object(), key, place->matchField());
    }
    [[nodiscard]] BatchBox ten(Operation operation, const std::string& name = "Żółw 東") const
    {
        BatchBox all = box(operation);
        for (std::size_t i = 0; i < tenRecords; ++i)
            all.add(payloadOf(i, name), idOf(operation == Operation::Rename ? i + 100 : i),
                    idOf(i));
        return all;
    }
    /// A run of one batch.
    [[nodiscard]] static BatchResult deliver(Destination& to, const connector::DeliveryBatch& batch,
                                             const std::string& run = "run1")
    {
        const BatchResult begun = resultOf(to.beginRun(run, batch.object, batch.operation));
        if (begun.verdict != Verdict::PerRecord)
            return begun;
        BatchResult result = resultOf(to.submit(batch));
        const BatchResult done = resultOf(to.commitRun(run));
        return done.verdict == Verdict::PerRecord ? result : done;
    }
    /// The records that the operation needs to be there.
    void prepare(Operation operation)
    {
        if (operation != Operation::Update && operation != Operation::Delete &&
            operation != Operation::Rename)
            return;
        const auto to = open();
        ASSERT_THAT(fatesIn(deliver(*to, ten(Operation::Upsert, "before").batch(), "run0")),
                    Each(Fate::Accepted));
    }

    connector::SharedSpec spec;
    std::unique_ptr<CodedPlace> place;

private:
    fakes::FakeClock m_clock;
};

class CodedDestination : public CodedTest, public testing::TestWithParam<NamedPlace>
{
protected:
    CodedDestination() : CodedTest(GetParam()) {}
};

TEST_P(CodedDestination, OpeningTouchesNothing)
{
    const auto before = place->everything();
    EXPECT_TRUE(tryOpen(place->brokenConfig()));
    EXPECT_TRUE(tryOpen(place->config()));
    EXPECT_EQ(place->everything(), before);
}

TEST_P(CodedDestination, NamesTheFieldThatIsMissing)
{
    bool asked = false;
    for (const connector::FormField& field : spec->account) {
        if (!field.required || !field.initial.empty())
            continue;
        asked = true;
        auto config = place->config();
        config.fields.erase(field.key);
        const auto opened = tryOpen(std::move(config));
        ASSERT_FALSE(opened) << field.key;
        EXPECT_EQ(opened.error().code, "connector.account.missing");
        EXPECT_TRUE(opened.error().message.contains(field.label)) << field.key;
    }
    EXPECT_TRUE(asked);
}

TEST_P(CodedDestination, IsTheSameAccountAtEveryStartAndNoOther)
{
    const std::string identity = open()->accountIdentity();
    EXPECT_EQ(open()->accountIdentity(), identity);
    EXPECT_NE((*tryOpen(place->brokenConfig()))->accountIdentity(), identity);
    const auto config = place->config();
    for (const auto& [key, secret] : config.secrets)
        EXPECT_THAT(identity, Not(HasSubstr(secret.reveal()))) << key;
}

TEST_P(CodedDestination, ChecksWithoutWriting)
{
    const auto before = place->everything();
    const auto check = answerOf(open()->check());
    ASSERT_TRUE(check) << check.error().message.toStdString();
    EXPECT_FALSE(check->summary.isEmpty());
    EXPECT_EQ(place->everything(), before);
    EXPECT_THAT(place->contents(), IsEmpty());
    const auto broken = tryOpen(place->brokenConfig());
    ASSERT_TRUE(broken);
    const auto refused = answerOf((*broken)->check());
    ASSERT_FALSE(refused);
    EXPECT_FALSE(refused.error().message.isEmpty());
    EXPECT_FALSE(answerOf((*broken)->objects()));
    EXPECT_EQ(place->everything(), before);
}

TEST_P(CodedDestination, SaysThatATargetIsGone)
{
    const Operation operation = spec->objects.front().operations.front().operation;
    const auto to = open();
    place->take();
    const auto batch = ten(operation);
    const BatchResult result = deliver(*to, batch.batch());
    EXPECT_EQ(result.verdict, Verdict::Fatal);
    EXPECT_FALSE(result.code.empty());
    EXPECT_FALSE(result.message.empty());
}

TEST_P(CodedDestination, RefusesWhatItHasNoOperationFor)
{
    const auto to = open();
    const auto can = to->capabilities(place->object());
    ASSERT_TRUE(can);
    for (const Operation operation :
         {Operation::Upsert, Operation::Append, Operation::Replace, Operation::Archive}) {
        if (can->can(operation))
            continue;
        EXPECT_EQ(deliver(*to, ten(operation).batch()).verdict, Verdict::Fatal)
            << connector::name(operation);
        EXPECT_THAT(place->contents(), IsEmpty());
    }
}

TEST_P(CodedDestination, HasNoCredentialToRenew)
{
    const auto renewal = answerOf(open()->renewCredential());
    ASSERT_TRUE(renewal);
    EXPECT_FALSE(renewal->renewed);
}

INSTANTIATE_TEST_SUITE_P(Coded, CodedDestination, testing::ValuesIn(codedPlaces()),
                         [](const auto& place) { return place.param.name; });

class CodedOperation : public CodedTest, public testing::TestWithParam<CodedCase>
{
protected:
    CodedOperation() : CodedTest(GetParam().place) {}
    [[nodiscard]] Operation operation() const { return GetParam().operation; }
    [[nodiscard]] Contents expected() const
    {
        Contents all;
        for (std::size_t i = 0; i < tenRecords && operation() != Operation::Delete; ++i) {
            const std::string id = idOf(operation() == Operation::Rename ? i + 100 : i);
            all[id] = {id, "Żółw 東", exactAmount};
        }
        return all;
    }
};

TEST_P(CodedOperation, AcceptsTenAndTheyAreThereDigitForDigit)
{
    prepare(operation());
    const auto to = open();
    const BatchResult result = deliver(*to, ten(operation()).batch());
    ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
    EXPECT_EQ(fatesIn(result), std::vector<Fate>(tenRecords, Fate::Accepted));
    EXPECT_EQ(place->contents(), expected());
}

TEST_P(CodedOperation, RefusesExactlyTheOneOfTen)
{
    constexpr std::size_t refused = 3;
    prepare(operation());
    const BadRecord bad = place->badRecord(idOf(refused));
    BatchBox batch = box(operation());
    for (std::size_t i = 0; i < tenRecords; ++i)
        batch.add(i == refused ? bad.payload : payloadOf(i, "new"),
                  idOf(operation() == Operation::Rename ? i + 100 : i), idOf(i));
    const auto to = open();
    const BatchResult result = deliver(*to, batch.batch());
    ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
    ASSERT_EQ(result.outcomes.size(), tenRecords);
    const bool reads = operation() != Operation::Delete; // which sends no payload
    for (std::size_t i = 0; i < tenRecords; ++i)
        EXPECT_EQ(result.outcomes[i].fate, i == refused && reads ? Fate::Rejected : Fate::Accepted)
            << i;
    if (!reads)
        return;
    EXPECT_FALSE(result.outcomes[refused].message.empty());
    EXPECT_FALSE(result.outcomes[refused].code.empty());
    EXPECT_TRUE(bad.code.empty() || result.outcomes[refused].code == bad.code);
    std::size_t written = 0;
    for (const auto& [id, values] : place->contents())
        written += values[1] == "new" ? 1 : 0;
    EXPECT_EQ(written, tenRecords - 1);
}

TEST_P(CodedOperation, SendsNothingForNoRecords)
{
    const auto to = open();
    const BatchResult result = deliver(*to, box(operation()).batch());
    EXPECT_EQ(result.verdict, Verdict::PerRecord);
    EXPECT_THAT(result.outcomes, IsEmpty());
    EXPECT_THAT(place->contents(), IsEmpty());
}

TEST_P(CodedOperation, KeepsItsLimits)
{
    const auto to = open();
    const auto can = to->capabilities(place->object());
    ASSERT_TRUE(can);
    const connector::BatchLimits limits = can->limitsOf(operation());
    BatchBox many = box(operation());
    for (std::uint32_t i = 0; i <= limits.records; ++i)
        many.add("{}", idOf(i), idOf(i));
    BatchBox large = box(operation());
    large.add(R"({"name":")" + std::string(limits.bytes, 'x') + "\"}", "r1", "r1");
    large.add("{}", "r2", "r2");
    for (const BatchBox* over : {&many, &large}) {
        const BatchResult result = deliver(*to, over->batch());
        EXPECT_EQ(result.verdict, Verdict::Refused);
        EXPECT_TRUE(result.splittable);
        EXPECT_TRUE(result.tooLarge);
        EXPECT_THAT(place->contents(), IsEmpty());
    }
}

TEST_P(CodedOperation, ARepeatDoesNoHarmWhereItSaysSo)
{
    const auto to = open();
    const auto can = to->capabilities(place->object());
    ASSERT_TRUE(can);
    if (!can->mayRepeat(operation())) {
        EXPECT_EQ(operation(), Operation::Append) << "every other one is";
        return;
    }
    prepare(operation());
    const auto batch = ten(operation());
    ASSERT_EQ(resultOf(to->beginRun("run1", place->object(), operation())).verdict,
              Verdict::PerRecord);
    for (int repeat = 0; repeat < 3; ++repeat) {
        const BatchResult result = resultOf(to->submit(batch.batch()));
        ASSERT_EQ(result.verdict, Verdict::PerRecord) << result.message;
        const bool exists = repeat > 0 && operation() == Operation::Insert;
        EXPECT_EQ(fatesIn(result),
                  std::vector<Fate>(tenRecords, exists ? Fate::Exists : Fate::Accepted));
    }
    ASSERT_EQ(resultOf(to->commitRun("run1")).verdict, Verdict::PerRecord);
    EXPECT_EQ(place->contents(), expected());
}

TEST_P(CodedOperation, TellsWhatWasThereAndWhatWasNot)
{
    const auto to = open();
    const BatchResult onNothing = deliver(*to, ten(operation()).batch());
    const bool needsIt = operation() == Operation::Update || operation() == Operation::Rename;
    EXPECT_THAT(fatesIn(onNothing), Each(needsIt ? Fate::Absent : Fate::Accepted));
    EXPECT_EQ(place->contents(), needsIt ? Contents() : expected());
}

std::vector<CodedCase> codedCases()
{
    std::vector<CodedCase> cases;
    const connector::SpecLibrary library = connector::SpecLibrary::builtIn();
    for (const NamedPlace& place : codedPlaces())
        for (const connector::OperationSpec& operation :
             library.find(place.connector)->objects.front().operations)
            cases.push_back({place, operation.operation});
    return cases;
}

INSTANTIATE_TEST_SUITE_P(Coded, CodedOperation, testing::ValuesIn(codedCases()),
                         [](const auto& each) {
                             return each.param.place.name + '_' +
                                    connector::name(each.param.operation);
                         });

} // namespace
} // namespace headgate::compliance
