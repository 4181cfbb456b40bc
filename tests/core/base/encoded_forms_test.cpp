// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoded_forms.h"

#include <gtest/gtest.h>

using namespace headgate;

TEST(EncodedForms, AreThoseOfJsonAndUrls)
{
    using Forms = std::vector<std::string>;
    const std::pair<std::string, Forms> cases[] = {
        {"plain-1", {"plain-1"}},
        {"", {""}},
        {"a/b", {"a/b", "a\\/b", "a%2Fb", "a%2fb"}},
        {"\"\\", {"\"\\", "\\\"\\\\", "%22%5C", "%22%5c"}},
        {"a b", {"a b", "a%20b", "a+b"}},
        {"\n\x1F", {"\n\x1F", "\\n\\u001f", "\\n\\u001F", "%0A%1F", "%0a%1f"}},
        {"j\u00F6", {"j\u00F6", "j\\u00f6", "j\\u00F6", "j%C3%B6", "j%c3%b6"}},
        {"\U0001F600",
         {"\U0001F600", "\\ud83d\\ude00", "\\uD83D\\uDE00", "%F0%9F%98%80", "%f0%9f%98%80"}},
    };
    for (const auto& [text, forms] : cases)
        EXPECT_EQ(encodedForms(text), forms) << text;
}
