// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connector/delivery_test.h"
#include "fakes/json_schema.h"

#include <QFile>

namespace headgate::connector {
namespace {

struct VendorCase
{
    const char* schema;
    Operation operation;
    const char* object;
    const char* matchField;
};

void PrintTo(const VendorCase& value, std::ostream* out)
{
    *out << value.schema;
}

class VendorSchema : public testing::TestWithParam<VendorCase>
{};

/// The folder of the vendor's schemas is not part of the sources; HEADGATE_VENDOR_SPECS names it.
TEST_P(VendorSchema, TakesOurRequests)
{
    const QString folder = qEnvironmentVariable("HEADGATE_VENDOR_SPECS");
    if (folder.isEmpty())
        GTEST_SKIP() << "HEADGATE_VENDOR_SPECS does not name the folder of the vendors' schemas";
    QFile file(folder + QStringLiteral("/iterable/") + QLatin1String(GetParam().schema));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
    const fakes::JsonSchemas schemas(std::map<std::string, data::JsonNode>{
        {GetParam().schema, data::parseJson(file.readAll().toStdString()).value()}});

    DestinationConfig config;
    config.fields = {{"project", "shop"}};
    config.secrets.emplace("apiKey", secrets::Secret("key-4711-secret"));
    const SharedSpec spec = SpecLibrary::builtIn().find("iterable");
    const fakes::FakeClock clock;
    const auto destination = openDestination(spec, config, clock);
    ASSERT_TRUE(destination);
    const std::vector<TestRecord> records = {
        textRecord("o'hara@example.com",
                   R"({"recently_viewed":[{"name":"a","price":1.5},{"name":"b","price":null}]})"),
        textRecord("ann@example.co.uk", R"({"tags":["x","y"],"n":12345678901234567890})")};
    DeliveryBatch batch =
        batchOf(GetParam().operation, GetParam().object, GetParam().matchField, records);
    batch.requestValues = requestValuesOf(*spec->findObject(GetParam().object),
                                          {{"listId", "42"}, {"eventName", "viewed"}});
    const ExchangeStep step = (*destination)->submit(batch)->next(nullptr);
    ASSERT_TRUE(step.request);
    EXPECT_THAT(schemas.findings(GetParam().schema, data::parseJson(*step.request->body).value()),
                testing::IsEmpty());
    const auto wrong = data::JsonNode::parse(
        R"({"users":[{"email":5}],"events":[{}],"subscribers":[{"email":5}]})");
    EXPECT_THAT(schemas.findings(GetParam().schema, wrong), Not(testing::IsEmpty()))
        << "the schema refuses nothing";
}

INSTANTIATE_TEST_SUITE_P(
    Iterable, VendorSchema,
    testing::Values(
        VendorCase{"BulkUpdateUsersParamsSchema.json", Operation::Upsert, "user", "email"},
        VendorCase{"BulkUpdateUsersParamsSchema.json", Operation::Upsert, "user", "userId"},
        VendorCase{"SubscribeToListParamsSchema.json", Operation::Upsert, "list_member", "email"},
        VendorCase{"UnsubscribeFromListParamsSchema.json", Operation::Delete, "list_member",
                   "email"},
        VendorCase{"TrackBulkEventsParamsSchema.json", Operation::Append, "event", "email"}));

} // namespace
} // namespace headgate::connector
