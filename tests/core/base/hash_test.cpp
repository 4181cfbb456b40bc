// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.h"

#include <gtest/gtest.h>

using namespace headgate;

TEST(Hash, sha256KnownAnswers)
{
    EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, hmacKnownAnswer) // RFC 4231, case 2
{
    EXPECT_EQ(toHex(hmacSha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Hash, keyedHashKnownAnswers) // of the authors of SipHash, for an output of 128 bits
{
    HashKey key{};
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<std::uint8_t>(i);
    EXPECT_EQ(keyedHash(key, "").hex(), "a3817f04ba25a8e66df67214c7550293");
    EXPECT_EQ(keyedHash(key, std::string_view("\0", 1)).hex(), "da87c1d86b99af44347659119b22fc45");
    EXPECT_EQ(keyedHash(key, std::string_view("\0\1", 2)).hex(),
              "8177228da4a45dc7fca38bdef60affe4");
}

TEST(Hash, keyedHashDependsOnKeyAndBytes)
{
    HashKey a{};
    HashKey b{};
    b[0] = 1;
    EXPECT_EQ(keyedHash(a, "x"), keyedHash(a, "x"));
    EXPECT_NE(keyedHash(a, "x"), keyedHash(b, "x"));
    EXPECT_NE(keyedHash(a, "x"), keyedHash(a, "y"));
}

TEST(Hash, orderIsTheOrderOfBytes)
{
    Hash128 low;
    Hash128 high;
    high.bytes[0] = 0x80;
    EXPECT_LT(low, high);
    EXPECT_EQ(Hash128::fromBytes(high.view()), high);
    EXPECT_EQ(high.hex(), "80000000000000000000000000000000");
}
