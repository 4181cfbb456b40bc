// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/http_date.h"
#include "http/retry_after.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::http;
using namespace std::chrono_literals;

namespace {

/// Tue, 23 May 2023 14:42:01 GMT
const WallTime askedAt = std::chrono::sys_days(std::chrono::year(2023) / 5 / 23) + 14h + 42min + 1s;
constexpr WaitHeader everyWaitHeader[] = {WaitHeader::RetryAfter, WaitHeader::XRateLimitReset,
                                          WaitHeader::XRateLimitResetDashed,
                                          WaitHeader::RateLimitReset, WaitHeader::HubSpotInterval};
constexpr std::int64_t notUnderstood = -1;

struct WaitCase
{
    std::vector<std::pair<const char*, std::string>> headers;
    std::int64_t milliseconds;
};

Answer withHeaders(const std::vector<std::pair<const char*, std::string>>& headers)
{
    Answer answer;
    answer.transport = Transport::Complete;
    answer.status = 429;
    for (const auto& [headerName, value] : headers)
        answer.headers.push_back({headerName, value, false});
    return answer;
}

const std::string dateAtServer = "Tue, 23 May 2023 14:42:01 GMT";
const char* const after = "Retry-After";
const char* const reset = "X-RateLimit-Reset";
const char* const left = "RateLimit-Reset";
const char* const interval = "X-HubSpot-RateLimit-Interval-Milliseconds";

} // namespace

TEST(RetryAfter, everyFormOfEveryDestination)
{
    const std::int64_t year = std::chrono::milliseconds(24h * 365).count();
    const WaitCase cases[] = {
        // seconds
        {{{after, "1"}}, 1'000},
        {{{after, "30"}}, 30'000},
        {{{after, "  30\t"}}, 30'000},
        {{{"retry-after", "30"}}, 30'000},
        {{{"RETRY-AFTER", "0030"}}, 30'000},
        {{{after, "900"}}, 900'000},
        {{{after, "86400"}}, 86'400'000},
        {{{after, "0"}}, 1'000},
        {{{after, "-1"}}, 1'000},
        {{{after, "-99999999999999999999"}}, 1'000},
        {{{after, "0.26"}}, 1'000},
        {{{after, "1.5"}}, 1'500},
        {{{after, "1.0001"}}, 1'001},
        {{{after, "2."}}, 2'000},
        {{{after, "31536000"}}, year},
        {{{after, "31536001"}}, year},
        {{{after, "99999999999999999999999999"}}, year},
        // nothing, or nothing understood
        {{}, notUnderstood},
        {{{after, ""}}, notUnderstood},
        {{{after, "   "}}, notUnderstood},
        {{{after, "soon"}}, notUnderstood},
        {{{after, "30s"}}, notUnderstood},
        {{{after, "30, 60"}}, notUnderstood},
        {{{after, "1e3"}}, notUnderstood},
        {{{after, "+30"}}, notUnderstood},
        {{{after, "--30"}}, notUnderstood},
        {{{after, "-"}}, notUnderstood},
        {{{after, ".5"}}, notUnderstood},
        {{{after, "0x10"}}, notUnderstood},
        {{{after, "30\xC2\xA0"}}, notUnderstood},
        {{{after, "PT30S"}}, notUnderstood},
        // HTTP-dates in three forms, by our clock
        {{{after, "Tue, 23 May 2023 14:43:01 GMT"}}, 60'000},
        {{{after, "Tuesday, 23-May-23 14:43:01 GMT"}}, 60'000},
        {{{after, "Tue May 23 14:43:01 2023"}}, 60'000},
        {{{after, "Thu Jun  1 14:42:01 2023"}}, 9 * 86'400'000},
        {{{after, "Tue, 23 May 2023 14:43:01 UTC"}}, 60'000},
        {{{after, "Tue, 23 May 2023 14:43:01 +0000"}}, 60'000},
        {{{after, "Wed, 23 May 2023 14:43:01 GMT"}}, 60'000},
        {{{after, "Tue, 23 May 2023 14:42:60 GMT"}}, 59'000},
        {{{after, "Tue, 23 May 2023 14:42:01 GMT"}}, 1'000},
        {{{after, "Tue, 23 May 2023 14:42:00 GMT"}}, 1'000},
        {{{after, "Thu, 01 Jan 1970 00:00:00 GMT"}}, 1'000},
        {{{after, "Fri, 31 Dec 9999 23:59:59 GMT"}}, year},
        {{{after, "Tue, 23 May 2023 14:43:01 EST"}}, notUnderstood},
        {{{after, "Tue, 23 May 2023 24:00:00 GMT"}}, notUnderstood},
        {{{after, "Tue, 30 Feb 2023 14:43:01 GMT"}}, notUnderstood},
        {{{after, "Tue, 00 May 2023 14:43:01 GMT"}}, notUnderstood},
        {{{after, "Tue, 23 Mai 2023 14:43:01 GMT"}}, notUnderstood},
        {{{after, "23 May 2023 14:43:01 GMT"}}, notUnderstood},
        {{{after, "Tue, 23 May 2023 14:43:01"}}, notUnderstood},
        {{{after, "Tue, 23 May 2023 14:43:01 GMT "}}, 60'000},
        {{{after, "Tue, 23 May 2023 14:43:01 GMT!"}}, notUnderstood},
        {{{after, "2023-05-23T14:43:01Z"}}, notUnderstood},
        // the server's Date cancels a difference of clocks
        {{{"Date", "Tue, 23 May 2023 20:00:00 GMT"}, {after, "Tue, 23 May 2023 20:00:45 GMT"}},
         45'000},
        {{{"Date", "Mon, 01 Jan 2001 00:00:00 GMT"}, {after, "Mon, 01 Jan 2001 00:01:00 GMT"}},
         60'000},
        {{{"Date", "Tue, 23 May 2023 20:00:00 GMT"}, {after, "Tue, 23 May 2023 14:43:01 GMT"}},
         1'000},
        {{{"Date", "Tue, 23 May 2023 20:00:00 GMT"}, {after, "7"}}, 7'000},
        {{{"Date", "yesterday"}, {after, "Tue, 23 May 2023 14:43:01 GMT"}}, 60'000},
        // a moment: seconds since 1970
        {{{reset, "1684852951"}}, 30'000},
        {{{reset, "1684852951.5"}}, 30'500},
        {{{"X-Rate-Limit-Reset", "1684852951"}}, 30'000},
        {{{reset, "1684852921"}}, 1'000},
        {{{reset, "1684852000"}}, 1'000},
        {{{reset, "1684852951000"}}, 30'000},
        {{{reset, "42"}}, 42'000},
        {{{reset, "0"}}, 1'000},
        {{{reset, "-5"}}, 1'000},
        {{{reset, "99999999999999999999"}}, year},
        {{{reset, "2023-05-23T14:43:01Z"}}, notUnderstood},
        {{{reset, "NaN"}}, notUnderstood},
        {{{"Date", "Tue, 23 May 2023 14:41:31 GMT"}, {reset, "1684852951"}}, 60'000},
        // seconds left
        {{{left, "41"}}, 41'000},
        {{{"ratelimit-reset", "41"}}, 41'000},
        {{{left, "0"}}, 1'000},
        {{{left, "1684852951"}}, 30'000},
        {{{left, "x"}}, notUnderstood},
        // milliseconds
        {{{interval, "10000"}}, 10'000},
        {{{interval, "1500.2"}}, 1'501},
        {{{interval, "250"}}, 1'000},
        {{{interval, "-250"}}, 1'000},
        {{{interval, "ten"}}, notUnderstood},
        // several
        {{{after, "5"}, {reset, "1684852951"}}, 5'000},
        {{{after, "soon"}, {reset, "1684852951"}}, 30'000},
        {{{left, "9"}, {interval, "10000"}}, 9'000},
        {{{after, "5"}, {after, "50"}}, 5'000},
    };
    EXPECT_GE(std::size(cases), 60u);
    for (const WaitCase& wanted : cases) {
        const auto wait = waitAskedFor(withHeaders(wanted.headers), everyWaitHeader, askedAt);
        EXPECT_EQ(wait ? wait->count() : notUnderstood, wanted.milliseconds)
            << testing::PrintToString(wanted.headers);
    }
}

TEST(RetryAfter, onlyTheHeadersThatTheConnectorNamesAreRead)
{
    const Answer answer = withHeaders({{after, "5"}, {reset, "1684852951"}, {left, "9"}});
    constexpr WaitHeader resetFirst[] = {WaitHeader::XRateLimitReset, WaitHeader::RetryAfter};
    constexpr WaitHeader intervalOnly[] = {WaitHeader::HubSpotInterval};
    EXPECT_EQ(waitAskedFor(answer, resetFirst, askedAt), 30s);
    EXPECT_EQ(waitAskedFor(answer, intervalOnly, askedAt), std::nullopt);
    EXPECT_EQ(waitAskedFor(answer, {}, askedAt), std::nullopt);
}

TEST(RetryAfter, headerNamesReadBack)
{
    for (const WaitHeader header : everyWaitHeader)
        EXPECT_EQ(waitHeaderFromName(name(header)), header);
    EXPECT_EQ(waitHeaderFromName("x-ratelimit-reset"), WaitHeader::XRateLimitReset);
    EXPECT_EQ(waitHeaderFromName("X-Other"), std::nullopt);
}

TEST(RetryAfter, aUsedUpQuotaAsksForAPauseBeforeThe429)
{
    const auto wait = [](const char* remaining, const char* value) {
        return waitForQuota(withHeaders({{remaining, value}, {left, "12"}}), everyWaitHeader,
                            askedAt);
    };
    EXPECT_EQ(wait("X-RateLimit-Remaining", "0"), 12s);
    EXPECT_EQ(wait("x-rate-limit-remaining", " 0 "), 12s);
    EXPECT_EQ(wait("RateLimit-Remaining", "-3"), 12s);
    EXPECT_EQ(wait("RateLimit-Remaining", "1"), std::nullopt);
    EXPECT_EQ(wait("RateLimit-Remaining", "none"), std::nullopt);
    EXPECT_EQ(wait("X-Other", "0"), std::nullopt);
    EXPECT_EQ(waitForQuota(withHeaders({{"RateLimit-Remaining", "0"}}), everyWaitHeader, askedAt),
              std::nullopt);
}

TEST(HttpDate, twoDigitYearsAreNeverOverFiftyYearsAhead)
{
    const auto yearOf = [](std::string_view text, WallTime now) {
        const auto date = parseHttpDate(text, now);
        return date ? int(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(*date))
                              .year())
                    : 0;
    };
    EXPECT_EQ(yearOf("Sunday, 06-Nov-94 08:49:37 GMT", askedAt), 1994);
    EXPECT_EQ(yearOf("Sunday, 06-Nov-73 08:49:37 GMT", askedAt), 2073);
    EXPECT_EQ(yearOf("Sunday, 06-Nov-74 08:49:37 GMT", askedAt), 1974);
    EXPECT_EQ(yearOf("Monday, 06-Nov-23 08:49:37 GMT", askedAt), 2023);
    EXPECT_EQ(yearOf("Wednesday, 06-Nov-00 08:49:37 GMT", askedAt), 2000);
}

TEST(HttpDate, everyPrefixAndEveryChangedByteIsNoticed)
{
    struct Form
    {
        std::string whole;
        std::size_t afterDayName;
    };
    for (const Form& form :
         {Form{"Sun, 06 Nov 1994 08:49:37 GMT", 3}, Form{"Sunday, 06-Nov-94 08:49:37 GMT", 6},
          Form{"Sun Nov  6 08:49:37 1994", 3}}) {
        const auto expected = parseHttpDate(form.whole, askedAt);
        ASSERT_TRUE(expected);
        EXPECT_EQ(toIso(*expected), "1994-11-06T08:49:37.000Z");
        for (std::size_t length = 0; length < form.whole.size(); ++length)
            EXPECT_EQ(parseHttpDate(form.whole.substr(0, length), askedAt), std::nullopt) << length;
        for (std::size_t i = form.afterDayName; i < form.whole.size(); ++i) {
            std::string changed = form.whole;
            changed[i] = changed[i] == '*' ? '#' : '*';
            EXPECT_EQ(parseHttpDate(changed, askedAt), std::nullopt) << changed;
        }
    }
}
