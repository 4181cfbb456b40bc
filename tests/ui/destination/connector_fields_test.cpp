// SPDX-License-Identifier: GPL-3.0-or-later
#include "destination/connector_fields.h"

#include <QLocale>
#include <gtest/gtest.h>

namespace headgate::ui {

TEST(ConnectorFields, everyConnectorHasAFormOfItsFields)
{
    for (const connector::SharedSpec& spec : connector::SpecLibrary::builtIn().all()) {
        const auto fields = fieldsOf(*spec);
        const bool standIn = spec->implementation == connector::Implementation::Declarative;
        ASSERT_EQ(fields.size(), spec->account.size() + (standIn ? 1 : 0)) << spec->id;
        for (std::size_t i = 0; i < spec->account.size(); ++i) {
            EXPECT_EQ(isSecret(fields[i].kind), spec->account[i].secret) << fields[i].key;
            EXPECT_FALSE(fields[i].advanced && fields[i].required) << fields[i].key;
        }
    }
}

TEST(ConnectorFields, problemsAreSaidWithoutTheNameOfTheField)
{
    const auto spec = connector::SpecLibrary::builtIn().find("webhook");
    ASSERT_NE(spec, nullptr);
    project::AccountSettings settings;
    settings.fields = {{"url", "no address"}};
    const auto problems = problemsOf(*spec, settings, false);
    ASSERT_EQ(problems.count("url"), 1U);
    EXPECT_FALSE(problems.at("url").startsWith(QStringLiteral("URL")));
    settings.fields.clear();
    EXPECT_TRUE(problemsOf(*spec, settings, false).empty());
    EXPECT_EQ(problemsOf(*spec, settings, true).count("url"), 1U);
}

TEST(ConnectorFields, limitsAreASentence)
{
    QLocale::setDefault(QLocale::c());
    connector::Capabilities can;
    can.operations = {connector::Operation::Upsert, connector::Operation::Delete};
    can.batchRecords = 1;
    can.rate.perSecond = 5;
    can.rate.inFlight = 4;
    EXPECT_EQ(limitsText(can).toStdString(),
              "one record a request, 5 requests a second, 4 at the same time");
    can.batchRecords = 500;
    can.batchBytes = 4 << 20;
    can.rate = {};
    can.rate.inFlight = 0;
    can.perRecordResults = false;
    EXPECT_EQ(limitsText(can).toStdString(),
              "up to 500 records or 4 MiB a request, does not say which records it took");
    EXPECT_EQ(operationsText(can).toStdString(), "upsert, delete");
}

} // namespace headgate::ui
