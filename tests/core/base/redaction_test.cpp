// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redaction.h"

#include <gtest/gtest.h>

using namespace headgate;

TEST(Redaction, masksASecretInEveryUsualEncoding)
{
    Redaction::registerSecret("s3cr\"t/key");
    for (const std::string form :
         {"s3cr\"t/key", "s3cr\\\"t/key", "s3cr\\\"t\\/key", "s3cr%22t%2Fkey", "s3cr%22t%2fkey",
          "czNjciJ0L2tleQ==", "7333637222742f6b6579", "7333637222742F6B6579"})
        EXPECT_EQ(Redaction::redact("a " + form + " b"), "a ••• b") << form;
    Redaction::registerSecret("schlüssel");
    EXPECT_EQ(Redaction::redact(std::string("{\"key\":\"schl\\u00fcssel\"}")), "{\"key\":\"•••\"}");
}

TEST(Redaction, masksASecretInsideALongerBase64)
{
    Redaction::registerSecret("pass~?~>~?~>word");
    const std::pair<std::string, std::string> cases[] = {
        {"dTpwYXNzfj9+Pn4/fj53b3JkOnQ=", "dTp•••OnQ="},
        {"dTpwYXNzfj9-Pn4_fj53b3JkOnQ=", "dTp•••OnQ="},
        {"dXM6cGFzc34/fj5+P34+d29yZDp0", "dXM6•••Dp0"},
        {"dXM6cGFzc34_fj5-P34-d29yZDp0", "dXM6•••Dp0"},
        {"dXNyOnBhc3N+P34+fj9+PndvcmQ6dA==", "dXNyOn•••Q6dA=="},
        {"dXNyOnBhc3N-P34-fj9-PndvcmQ6dA==", "dXNyOn•••Q6dA=="},
    };
    for (const auto& [text, masked] : cases)
        EXPECT_EQ(Redaction::redact(text), masked);
}

TEST(Redaction, leavesShortWordsAlone)
{
    Redaction::registerSecret("abc");
    EXPECT_EQ(Redaction::redact(std::string("abc")), "abc");
}
