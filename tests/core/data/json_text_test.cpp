// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_text.h"

#include "data/json.h"

#include <gtest/gtest.h>

using namespace headgate::data;

TEST(JsonText, escapesAndReadsBack)
{
    std::string every;
    for (int c = 0; c < 128; ++c)
        every += static_cast<char>(c);
    std::string out;
    appendJsonString(out, every);
    const auto parsed = parseJson("[" + out + "]");
    ASSERT_TRUE(parsed);
    EXPECT_EQ((*parsed)[0].get<std::string>(), every);
    EXPECT_NE(out.find("\\u0000\\u0001"), std::string::npos);
    EXPECT_NE(out.find("\\b\\t\\n\\u000b\\f\\r"), std::string::npos);
}

TEST(JsonText, escapesAtEveryPlaceOfAWord)
{
    for (std::size_t length = 0; length <= 50; ++length)
        for (std::size_t at = 0; at < length; ++at)
            for (const char special : {'"', '\\', '\n', '\0', '\x1f', ' ', '!', '#', '\x7f', '\x80',
                                       '\xa2', '\xdc', '\xff'}) {
                std::string text(length, 'a');
                text[at] = special;
                std::string expected = "\"" + std::string(at, 'a');
                if (special == '"' || special == '\\')
                    expected += '\\' + std::string(1, special);
                else if (special == '\n')
                    expected += "\\n";
                else if (special == '\0')
                    expected += "\\u0000";
                else if (special == '\x1f')
                    expected += "\\u001f";
                else
                    expected += special;
                expected += std::string(length - at - 1, 'a') + '"';
                std::string out;
                appendJsonString(out, text);
                EXPECT_EQ(out, expected) << length << ", " << at;
                ByteBuffer buffer;
                appendJsonString(buffer, text);
                EXPECT_EQ(buffer.view(), expected) << length << ", " << at;
            }
}

TEST(JsonText, aBufferGetsTheSameBytes)
{
    ByteBuffer buffer;
    std::string expected;
    for (std::size_t length = 0; length <= 40; ++length)
        for (const ValueKind kind : {ValueKind::Text, ValueKind::Integer, ValueKind::Null}) {
            const std::string text = std::string(length, 'x') + (length % 3 == 0 ? "\"" : "");
            appendJsonValue(buffer, {kind, text});
            appendJsonValue(expected, {kind, text});
        }
    EXPECT_EQ(buffer.view(), expected);
}

TEST(JsonText, valuesByKind)
{
    const auto json = [](ValueKind kind, std::string_view text) {
        std::string out;
        appendJsonValue(out, {kind, text});
        return out;
    };
    EXPECT_EQ(json(ValueKind::Null, ""), "null");
    EXPECT_EQ(json(ValueKind::Integer, "9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(json(ValueKind::Decimal, "0.1000000000"), "0.1000000000");
    EXPECT_EQ(json(ValueKind::Text, "O'Brien"), "\"O'Brien\"");
    EXPECT_EQ(json(ValueKind::Date, "0001-01-01"), "\"0001-01-01\"");
    EXPECT_EQ(json(ValueKind::Json, "[1]"), "[1]");
}

TEST(JsonText, findsInvalidUtf8)
{
    EXPECT_EQ(findInvalidUtf8("aé€😀"), std::string_view::npos);
    EXPECT_EQ(findInvalidUtf8("ab\xC0\x80"), 2u);        // overlong
    EXPECT_EQ(findInvalidUtf8("\xED\xA0\x80"), 0u);      // surrogate
    EXPECT_EQ(findInvalidUtf8("a\xF4\x90\x80\x80"), 1u); // above U+10FFFF
    EXPECT_EQ(findInvalidUtf8("abc\xE2\x82"), 3u);       // cut
    EXPECT_EQ(findInvalidUtf8("\x80"), 0u);
}

TEST(JsonText, numberGrammar)
{
    for (const char* good : {"0", "-0", "10", "1.5", "-1e10", "1E+5", "0.0", "1e-400"})
        EXPECT_TRUE(isJsonNumber(good)) << good;
    for (const char* bad :
         {"", "-", "01", "1.", ".5", "+1", "1e", "1e+", "0x1", "NaN", "1 ", "--1"})
        EXPECT_FALSE(isJsonNumber(bad)) << bad;
}
