// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_library.h"
#include "data/json.h"
#include "fakes/print_to.h"

#include <QFile>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::connector {
namespace {

using testing::ElementsAre;

std::vector<std::string> places(const Issues& issues)
{
    std::vector<std::string> all;
    for (const Issue& issue : issues)
        all.push_back(issue.place + ' ' + issue.code);
    return all;
}

TEST(SpecLoader, ReadsTheShippedConnectors)
{
    const SpecLibrary library = SpecLibrary::builtIn();
    EXPECT_EQ(toString(library.issues()), QString());
    const SharedSpec iterable = library.find("iterable");
    ASSERT_TRUE(iterable);
    const ObjectSpec* user = iterable->findObject("user");
    ASSERT_TRUE(user);
    const OperationSpec* upsert = user->find(Operation::Upsert, "email");
    ASSERT_TRUE(upsert);
    EXPECT_EQ(upsert->batch.records, 1000U);
    EXPECT_EQ(upsert->batch.bytes, 4'000'000U);
    EXPECT_TRUE(upsert->repeatable);
    EXPECT_EQ(upsert->answers.front().matching, Matching::EchoedKey);
    ASSERT_TRUE(library.find("webhook"));
}

TEST(SpecLoader, ReportsEveryMistakeWithItsPlace)
{
    const std::string text = R"({
  "spec": 1,
  "id": "Bad Id",
  "nmae": "Typo",
  "account": [{"key": "token", "label": "Token", "secret": "yes"}],
  "baseUrl": {"url": "https://{account.host}"},
  "objects": [
    {
      "id": "thing",
      "label": "Thing",
      "operations": [
        {
          "operation": "upsrt",
          "request": {"method": "FETCH", "path": "things"},
          "answers": [{"matching": "traceId"}]
        }
      ]
    }
  ]
})";
    const LoadedSpec loaded = loadSpec(text, "spec.json");
    EXPECT_FALSE(loaded.spec);
    EXPECT_THAT(places(loaded.issues),
                ElementsAre("spec.json:1:1 /name connector.spec.missing",
                            "spec.json:3:9 /id connector.spec.rule",
                            "spec.json:4:11 /nmae connector.spec.key",
                            "spec.json:5:60 /account/0/secret connector.spec.type",
                            "spec.json:6:22 /baseUrl/url connector.spec.slot.scope",
                            "spec.json:13:24 /objects/0/operations/0/operation connector.spec.word",
                            "spec.json:14:33 /objects/0/operations/0/request/method "
                            "connector.spec.rule",
                            "spec.json:14:50 /objects/0/operations/0/request/path "
                            "connector.spec.rule",
                            "spec.json:15:23 /objects/0/operations/0/answers/0 connector.spec.rule",
                            "spec.json:15:23 /objects/0/operations/0/answers/0/item "
                            "connector.spec.rule"));
}

TEST(SpecLoader, NoDeclarativeConnectorFillsWhatIsEmpty)
{
    QFile file(QStringLiteral(":/headgate/connectors/iterable/spec.json"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    data::JsonNode spec = data::parseJson(file.readAll().toStdString()).value();
    spec["objects"][0]["setIfEmpty"] = true;
    const LoadedSpec loaded = loadSpec(spec.dump(1), "spec.json");
    ASSERT_EQ(loaded.issues.size(), 1U);
    EXPECT_THAT(loaded.issues.front().place, testing::HasSubstr("/objects/0/setIfEmpty"));
}

TEST(SpecLoader, RefusesWhatIsNoJsonAndOtherVersions)
{
    const LoadedSpec cut = loadSpec(R"({"spec": 1)", "spec.json");
    ASSERT_EQ(cut.issues.size(), 1U);
    EXPECT_EQ(cut.issues.front().code, "json.syntax");
    const LoadedSpec newer = loadSpec(R"({"spec": 2, "id": "x", "name": "X"})", "spec.json");
    ASSERT_EQ(newer.issues.size(), 1U) << toString(newer.issues).toStdString();
    EXPECT_EQ(newer.issues.front().code, "connector.spec.version");
}

} // namespace
} // namespace headgate::connector
