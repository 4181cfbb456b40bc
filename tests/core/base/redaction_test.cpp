// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redaction.h"

#include <gtest/gtest.h>

using namespace headgate;

TEST(Redaction, masksASecretInEveryUsualEncoding)
{
    Redaction::registerSecret("s3cr\"t/key");
    for (const std::string form :
         {"s3cr\"t/key", "s3cr\\\"t/key", "s3cr%22t%2Fkey", "czNjciJ0L2tleQ=="})
        EXPECT_EQ(Redaction::redact("a " + form + " b"), "a ••• b") << form;
}

TEST(Redaction, leavesShortWordsAlone)
{
    Redaction::registerSecret("abc");
    EXPECT_EQ(Redaction::redact(std::string("abc")), "abc");
}
