// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connector/delivery_test.h"

namespace headgate::connector {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

class Iterable : public testing::Test
{
protected:
    void SetUp() override
    {
        DestinationConfig config;
        config.fields = {{"project", "shop"}, {"region", "eu"}};
        config.secrets.emplace("apiKey", secrets::Secret("key-4711-secret"));
        auto opened = openDestination(SpecLibrary::builtIn().find("iterable"), config, clock);
        ASSERT_TRUE(opened) << opened.error().toString().toStdString();
        destination = std::move(*opened);
    }

    /// The request of a batch and what `answer` means for it.
    BatchResult deliver(const DeliveryBatch& batch, const http::Answer& answer)
    {
        const auto exchange = destination->submit(batch);
        ExchangeStep step = exchange->next(nullptr);
        EXPECT_TRUE(step.request);
        if (step.request)
            request = *step.request;
        step = exchange->next(&answer);
        EXPECT_TRUE(step.result);
        return step.result.value_or(BatchResult());
    }

    fakes::FakeClock clock;
    std::unique_ptr<Destination> destination;
    http::Request request;
    std::vector<TestRecord> two = {
        textRecord("ann@example.com", R"({"recently_viewed":[{"name":"O'Brien","price":1.10}]})"),
        textRecord("bob@example.com", R"({"id":12345678901234567890,"x":null})")};
};

TEST_F(Iterable, SendsUsersInBulkWithTheirBytesUntouched)
{
    const DeliveryBatch batch = batchOf(Operation::Upsert, "user", "email", two);
    const BatchResult result = deliver(batch, answered(200, R"({"successCount":2,"failCount":0})"));
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://api.eu.iterable.com/api/users/bulkUpdate");
    EXPECT_EQ(headerOf(request, "Api-Key"), "key-4711-secret");
    EXPECT_EQ(headerOf(request, "Content-Type"), "application/json");
    EXPECT_EQ(*request.body,
              R"({"createNewFields":true,"users":[)"
              R"({"email":"ann@example.com","preferUserId":true,"mergeNestedObjects":false,)"
              R"("dataFields":{"recently_viewed":[{"name":"O'Brien","price":1.10}]}},)"
              R"({"email":"bob@example.com","preferUserId":true,"mergeNestedObjects":false,)"
              R"("dataFields":{"id":12345678901234567890,"x":null}}]})");
    EXPECT_EQ(result.verdict, Verdict::PerRecord);
    EXPECT_THAT(fatesOf(result), ElementsAre(Fate::Accepted, Fate::Accepted));
}

TEST_F(Iterable, SizesAreThoseOfTheBody)
{
    const DeliveryBatch batch = batchOf(Operation::Upsert, "user", "userId", two);
    static_cast<void>(deliver(batch, answered(200, R"({"successCount":2,"failCount":0})")));
    DeliveryBatch empty = batch;
    empty.records.clear();
    std::size_t size = destination->envelopeSize(empty);
    for (const OutgoingRecord& record : batch.records)
        size += destination->encodedSize(empty, record);
    EXPECT_EQ(size, request.body->size());
}

TEST_F(Iterable, TakesOptionsFromTheRequestValues)
{
    const SharedSpec spec = SpecLibrary::builtIn().find("iterable");
    DeliveryBatch batch = batchOf(Operation::Upsert, "list_member", "email", two);
    batch.requestValues =
        requestValuesOf(*spec->findObject("list_member"), {{"listId", "1234567890123456789"}});
    static_cast<void>(deliver(batch, answered(200, R"({"successCount":2,"failCount":0})")));
    EXPECT_THAT(*request.body,
                testing::StartsWith(R"({"listId":1234567890123456789,"subscribers":[{"email":)"));
}

TEST_F(Iterable, NamesTheRecordThatWasRefused)
{
    const DeliveryBatch batch = batchOf(Operation::Upsert, "user", "email", two);
    const BatchResult result =
        deliver(batch, answered(200, R"({"successCount":1,"failCount":1,"failedUpdates":
                                {"conflictEmails":["BOB@example.com"]},
                                "filteredOutFields":["recently_viewed.price"]})"));
    ASSERT_THAT(fatesOf(result), ElementsAre(Fate::Accepted, Fate::Rejected));
    EXPECT_EQ(result.outcomes[1].code, "conflictEmails");
    EXPECT_THAT(result.outcomes[0].warnings,
                ElementsAre("filteredOutFields: recently_viewed.price"));
    EXPECT_TRUE(result.outcomes[1].warnings.empty());
}

TEST_F(Iterable, LeavesOpenWhatTheAnswerLeavesOpen)
{
    const DeliveryBatch batch = batchOf(Operation::Upsert, "user", "email", two);
    for (const char* body :
         {R"({"successCount":1,"failCount":1})",
          R"({"successCount":2,"failCount":0,"invalidEmails":["zoe@example.com"]})",
          R"({"successCount":2})", R"({"successCount":3,"failCount":0})", R"({})",
          R"({"successCount":"2","failCount":-1})"}) {
        const BatchResult result = deliver(batch, answered(200, body));
        EXPECT_EQ(result.verdict, Verdict::PerRecord) << body;
        EXPECT_THAT(fatesOf(result), Each(Fate::InDoubt)) << body;
    }
    for (const char* body : {"", "<html>", R"({"successCount":2,"failCount":0)", "[1,2"}) {
        const BatchResult result = deliver(batch, answered(200, body));
        EXPECT_EQ(result.verdict, Verdict::Ambiguous) << body;
    }
}

TEST_F(Iterable, WaitsAsLongAsTheBodySays)
{
    const DeliveryBatch batch = batchOf(Operation::Upsert, "user", "email", two);
    const BatchResult result =
        deliver(batch, answered(429, R"({"msg":"slow down","code":"RateLimitExceeded",
                          "params":{"rateLimitLimit":5,"rateLimitReset":17}})"));
    EXPECT_EQ(result.verdict, Verdict::RateLimited);
    EXPECT_EQ(result.retryAfter, Milliseconds(17'000));
    EXPECT_EQ(result.code, "RateLimitExceeded");
    EXPECT_EQ(result.message, "slow down");
}

TEST_F(Iterable, DeletesOneUserARequest)
{
    std::vector<TestRecord> one = {textRecord("a/b?c'd@example.com", "")};
    const DeliveryBatch batch = batchOf(Operation::Delete, "user", "email", one);
    BatchResult result = deliver(batch, answered(200, R"({"msg":"","code":"Success"})"));
    EXPECT_EQ(request.method, "DELETE");
    EXPECT_EQ(request.url, "https://api.eu.iterable.com/api/users/a%2Fb%3Fc%27d%40example.com");
    EXPECT_FALSE(request.body);
    EXPECT_THAT(fatesOf(result), ElementsAre(Fate::Accepted));
    result = deliver(batch, answered(404, R"({"msg":"gone","code":"NotFound"})"));
    EXPECT_THAT(fatesOf(result), ElementsAre(Fate::Accepted));
    result = deliver(batch, answered(404, "<html>no such page</html>"));
    EXPECT_EQ(result.verdict, Verdict::Refused);
}

TEST_F(Iterable, NeverSendsAPathThatNamesAnotherThing)
{
    for (const char* match : {"", ".", ".."}) {
        std::vector<TestRecord> one = {textRecord(match, "")};
        const DeliveryBatch batch = batchOf(Operation::Delete, "user", "userId", one);
        const ExchangeStep step = destination->submit(batch)->next(nullptr);
        EXPECT_FALSE(step.request) << match;
        ASSERT_TRUE(step.result) << match;
        EXPECT_THAT(fatesOf(*step.result), ElementsAre(Fate::Rejected)) << match;
    }
}

TEST_F(Iterable, KnowsItsLimitsPerOperation)
{
    const auto can = destination->capabilities("user");
    ASSERT_TRUE(can);
    EXPECT_EQ(can->limitsOf(Operation::Upsert).records, 1000U);
    EXPECT_EQ(can->limitsOf(Operation::Delete).records, 1U);
    EXPECT_EQ(can->batchRecords, 1000U);
    EXPECT_EQ(can->rate.perSecond, 5);
    EXPECT_TRUE(can->mayRepeat(Operation::Upsert));
    EXPECT_FALSE(can->can(Operation::Insert));
    EXPECT_FALSE(destination->capabilities("nope"));
}

TEST_F(Iterable, ChecksAndListsFields)
{
    const auto check = destination->check();
    auto asked = check->next(nullptr);
    ASSERT_TRUE(asked.request);
    EXPECT_EQ(asked.request->url, "https://api.eu.iterable.com/api/users/getFields");
    http::Answer refused = answered(401, R"({"msg":"Invalid API key","code":"BadApiKey"})");
    auto done = check->next(&refused);
    ASSERT_TRUE(done.result && !done.result->has_value());
    EXPECT_EQ(done.result->error().kind, ErrorKind::Credential);
    EXPECT_THAT(done.result->error().toString().toStdString(),
                testing::AllOf(HasSubstr("Invalid API key"), Not(HasSubstr("4711"))));

    const http::Answer fields =
        answered(200, R"({"fields":{"email":"string","age":"long","tags":"nested","x":"new"}})");
    const auto list = destination->fields("user");
    ASSERT_TRUE(list->next(nullptr).request);
    auto found = list->next(&fields);
    ASSERT_TRUE(found.result && *found.result);
    std::vector<std::string> shown;
    for (const FieldInfo& field : **found.result)
        shown.push_back(field.name + ' ' + field.type + (field.matchable ? " match" : ""));
    EXPECT_THAT(shown, ElementsAre("email string match", "age integer", "tags list", "x any"));
}

TEST_F(Iterable, IdentityHoldsNoCredential)
{
    EXPECT_EQ(destination->accountIdentity(), "iterable;project=shop;region=eu");
}

} // namespace
} // namespace headgate::connector
