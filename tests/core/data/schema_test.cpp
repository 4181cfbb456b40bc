// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/schema.h"

#include <gtest/gtest.h>

using namespace headgate::data;

TEST(Schema, repeatedAndEmptyNamesAreAddressedByPosition)
{
    Schema schema;
    for (const char* name : {"id", "a", "", "a"})
        schema.columns.push_back({name, ValueKind::Text, "text", ""});
    EXPECT_EQ(schema.addressableNames(), (std::vector<std::string>{"id", "a:2", ":3", "a:4"}));
    EXPECT_EQ(schema.indexOf("id"), 0u);
    EXPECT_EQ(schema.indexOf("a"), std::nullopt);
    EXPECT_EQ(schema.indexOf("a:4"), 3u);
    EXPECT_EQ(schema.indexOf("ID"), std::nullopt);
    for (const char* unknown : {"", ":", "a:", "a:1", "a:04", "a:4 ", "id:1", ":1"})
        EXPECT_EQ(schema.indexOf(unknown), std::nullopt) << unknown;
    const std::vector<std::string> names = schema.addressableNames();
    for (std::size_t i = 0; i < names.size(); ++i)
        EXPECT_EQ(schema.indexOf(names[i]), i) << names[i];
}
