// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/canonical_key.h"

#include "fakes/print_to.h"

#include <gtest/gtest.h>

using namespace headgate::data;

namespace {
std::optional<std::string> key(ValueKind kind, std::string_view text)
{
    const ValueView value{kind, text};
    return canonicalKey({&value, 1});
}
} // namespace

TEST(CanonicalKey, numbersAreComparedByValue)
{
    const auto one = key(ValueKind::Integer, "1");
    EXPECT_EQ(one, key(ValueKind::Decimal, "1.000"));
    EXPECT_EQ(one, key(ValueKind::Float, "1e0"));
    EXPECT_NE(one, key(ValueKind::Text, "1"));
    EXPECT_NE(one, key(ValueKind::Decimal, "1.0000000001"));
}

TEST(CanonicalKey, textIsUntouched)
{
    EXPECT_NE(key(ValueKind::Text, "ann"), key(ValueKind::Text, "Ann"));
    EXPECT_NE(key(ValueKind::Text, "ann"), key(ValueKind::Text, "ann "));
    EXPECT_NE(key(ValueKind::Text, "\xC3\xA4"), key(ValueKind::Text, "a\xCC\x88"));
    EXPECT_EQ(key(ValueKind::Uuid, "6e1c2f9c-0000-4000-8000-000000000001"),
              key(ValueKind::Text, "6e1c2f9c-0000-4000-8000-000000000001"));
}

TEST(CanonicalKey, partsCannotRunIntoEachOther)
{
    const ValueView left[] = {{ValueKind::Text, "a"}, {ValueKind::Text, "bc"}};
    const ValueView right[] = {{ValueKind::Text, "ab"}, {ValueKind::Text, "c"}};
    EXPECT_NE(canonicalKey(left), canonicalKey(right));
}

TEST(CanonicalKey, nullAndInvalidHaveNone)
{
    EXPECT_EQ(key(ValueKind::Null, ""), std::nullopt);
    EXPECT_EQ(key(ValueKind::Invalid, "nan"), std::nullopt);
}

TEST(CanonicalKey, versionOneBytes)
{
    ASSERT_EQ(canonicalKeyVersion, 1);
    EXPECT_EQ(key(ValueKind::Decimal, "10.50"), std::string("n\0\0\0\4"
                                                            "10.5",
                                                            9));
    EXPECT_EQ(key(ValueKind::Bool, "true"), std::string("b\0\0\0\4true", 9));
    EXPECT_EQ(key(ValueKind::TimestampTz, "2024-01-02T03:04:05+00:00"),
              std::string("z\0\0\0\31"
                          "2024-01-02T03:04:05+00:00",
                          30));
}

TEST(KeyText, isWhatPeopleType)
{
    const ValueView one{ValueKind::Integer, "42"};
    EXPECT_EQ(keyText({&one, 1}), "42");
    const ValueView two[] = {{ValueKind::Text, "a\"b"}, {ValueKind::Integer, "7"}};
    EXPECT_EQ(keyText(two), R"(["a\"b",7])");
}
