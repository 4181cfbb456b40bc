// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/misbehaviour.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::inbox;

TEST(Misbehaviour, readsWhatItWrites)
{
    for (const char* json :
         {R"({"trouble":"cut"})", R"({"trouble":"cut","skip":1,"times":2,"applied":true})",
          R"({"trouble":"status","status":503,"retryAfter":"httpDate","wait":2500})",
          R"({"trouble":"drip","delay":10,"bytes":7})",
          R"({"trouble":"delay","everything":true,"delay":50})",
          R"({"trouble":"failKeys","keys":["a","b"],"code":"BAD"})"}) {
        const auto read = misbehaviourFromJson(json);
        ASSERT_TRUE(read) << json;
        EXPECT_EQ(toJson(*read), json);
    }
}

TEST(Misbehaviour, refusesWhatItDoesNotKnow)
{
    for (const char* json :
         {"", "[]", "{}", R"({"trouble":"typo"})", R"({"trouble":"cut","time":2})",
          R"({"trouble":"cut","times":-1})", R"({"trouble":"status","status":99})",
          R"({"trouble":"failKeys","keys":"a"})", R"({"trouble":"drip","bytes":0})",
          R"({"trouble":"delay","delay":1.5})"}) {
        const auto read = misbehaviourFromJson(json);
        ASSERT_FALSE(read) << json;
        EXPECT_EQ(read.error().code, "inbox.misbehaviour");
    }
}

TEST(Misbehaviour, saysHowLongToWaitInEveryForm)
{
    struct Case
    {
        RetryAfterForm form;
        const char* header;
        const char* value;
    };
    const WallTime now{std::chrono::milliseconds(784'111'775'400)};
    Misbehaviour limit;
    limit.status = 429;
    limit.wait = Milliseconds(1600);
    for (const Case& c :
         {Case{RetryAfterForm::Seconds, "Retry-After", "2"},
          Case{RetryAfterForm::HttpDate, "Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"},
          Case{RetryAfterForm::Rfc850Date, "Retry-After", "Sunday, 06-Nov-94 08:49:37 GMT"},
          Case{RetryAfterForm::AsctimeDate, "Retry-After", "Sun Nov  6 08:49:37 1994"},
          Case{RetryAfterForm::ResetEpoch, "X-RateLimit-Reset", "784111777"},
          Case{RetryAfterForm::ResetSeconds, "ratelimit-reset", "2"},
          Case{RetryAfterForm::ResetMilliseconds, "X-HubSpot-RateLimit-Interval-Milliseconds",
               "1600"},
          Case{RetryAfterForm::Garbage, "Retry-After", "soon"}}) {
        limit.retryAfter = c.form;
        const HttpAnswer answer = refusal(limit, now);
        EXPECT_EQ(answer.status, 429);
        ASSERT_EQ(answer.headers.size(), 2U) << name(c.form);
        EXPECT_EQ(answer.headers[1].name, c.header);
        EXPECT_EQ(answer.headers[1].value, c.value);
    }
    limit.retryAfter = RetryAfterForm::JsonBody;
    EXPECT_NE(refusal(limit, now).body.find(R"("rateLimitReset":2)"), std::string::npos);
    limit.retryAfter = RetryAfterForm::None;
    EXPECT_EQ(refusal(limit, now).headers.size(), 1U);
}
