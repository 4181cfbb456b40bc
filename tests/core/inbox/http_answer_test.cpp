// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/http_answer.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::inbox;

TEST(HttpAnswer, bytes)
{
    const WallTime now{std::chrono::milliseconds(784'111'777'999)};
    EXPECT_EQ(toBytes(jsonAnswer(200, "{}"), true, now),
              "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
              "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_EQ(toBytes({204, {}, {}}, false, now),
              "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
              "Connection: close\r\n\r\n");
}

TEST(HttpAnswer, datesInAllThreeForms)
{
    const WallTime time{std::chrono::milliseconds(784'111'777'000)};
    EXPECT_EQ(toHttpDate(time), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(toRfc850Date(time), "Sunday, 06-Nov-94 08:49:37 GMT");
    EXPECT_EQ(toAsctimeDate(time), "Sun Nov  6 08:49:37 1994");
    EXPECT_EQ(toHttpDate(WallTime{}), "Thu, 01 Jan 1970 00:00:00 GMT");
}
