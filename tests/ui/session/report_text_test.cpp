// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/report_text.h"

#include <gtest/gtest.h>

namespace headgate::ui {

TEST(ReportText, whatSendsNothingNeverSaysDelivered)
{
    for (const run::RunKind kind : {run::RunKind::DryRun, run::RunKind::Baseline}) {
        run::RunReport report;
        report.kind = kind;
        report.planned.of[plan::Category::Added] = 2207;
        const std::string text = reportText(report).toStdString();
        EXPECT_EQ(text.find("Everything was delivered"), std::string::npos) << text;
        EXPECT_EQ(text.rfind("Nothing was sent", 0), 0U) << text;
        EXPECT_EQ(text.find("successful"), std::string::npos) << text;
        EXPECT_NE(text.find("2,207"), std::string::npos) << text;
    }
}

TEST(ReportText, aRunWithoutRefusalsSaysDelivered)
{
    run::RunReport report;
    report.planned.of[plan::Category::Added] = 2;
    report.outcomes.of[run::Outcome::Successful] = 2;
    EXPECT_EQ(reportText(report).toStdString().rfind("Everything was delivered.", 0), 0U);
}

TEST(RequestText, bodiesAreReadOverLinesAndSentAsTheyAre)
{
    const auto shown = [](const char* text, const QString& when = {}) {
        service::ShownRequest request;
        request.when = when;
        request.text = text;
        return request;
    };
    service::RequestPreview preview;
    preview.requests = {shown("POST /a\nContent-Type: application/json\n\n"
                              R"({"z":12.50,"a":[123456789012345678901,"\u00e9"]})"),
                        shown("POST /b\n\na=1&b=2", QStringLiteral("for each result"))};
    preview.notes = {QStringLiteral("The key is kept back.")};
    EXPECT_EQ(requestText(preview).toStdString(),
              "POST /a\nContent-Type: application/json\n\n"
              "{\n  \"z\": 12.50,\n  \"a\": [\n    123456789012345678901,\n    \"\\u00e9\"\n  ]\n}"
              "\n\n# for each result\nPOST /b\n\na=1&b=2\n\n# The key is kept back.");
    EXPECT_EQ(requestText(preview, RequestForm::AsSent).toStdString(),
              "POST /a\nContent-Type: application/json\n\n"
              R"({"z":12.50,"a":[123456789012345678901,"\u00e9"]})"
              "\n\n# for each result\nPOST /b\n\na=1&b=2\n\n# The key is kept back.");
}

TEST(ReportText, oneOfAKindIsSaidAsSuch)
{
    run::RunReport report;
    report.planned.rows = report.planned.read = 1;
    report.planned.of[plan::Category::Added] = 1;
    report.outcomes.of[run::Outcome::Successful] = 1;
    report.requests = 1;
    const std::string text = reportText(report).toStdString();
    EXPECT_NE(text.find("Read 1 row as 1 record:"), std::string::npos) << text;
    EXPECT_NE(text.find("Sent 1 record in 1 request:"), std::string::npos) << text;
    EXPECT_EQ(resolutionText(service::Resolution::Release, 1),
              QStringLiteral("1 record goes again with the next run."));
    EXPECT_EQ(resolutionText(service::Resolution::Release, 4312),
              QStringLiteral("4,312 records go again with the next run."));
}

} // namespace headgate::ui
