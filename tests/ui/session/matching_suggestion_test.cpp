// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/matching_suggestion.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

data::Schema columnsOf(const std::vector<std::string>& names)
{
    data::Schema schema;
    for (const std::string& name : names) {
        schema.columns.emplace_back();
        schema.columns.back().name = name;
    }
    return schema;
}

} // namespace

TEST(MatchingSuggestion, takesTheColumnThatIsNamedAfterAField)
{
    struct Case
    {
        const char* name;
        std::vector<std::string> key;
        std::vector<std::string> columns;
        std::vector<std::string> fields;
        const char* column;
        const char* field;
    };
    const Case cases[] = {
        {"of the same name", {"id"}, {"id", "email"}, {"email", "userId"}, "email", "email"},
        {"written otherwise", {"id"}, {"id", "User_ID"}, {"email", "userId"}, "User_ID", "userId"},
        {"the exact name first", {"id"}, {"old_email", "email"}, {"email"}, "email", "email"},
        {"as a part", {"id"}, {"id", "contact_email"}, {"email"}, "contact_email", "email"},
        {"the fields' order counts",
         {"id"},
         {"userId", "email"},
         {"email", "userId"},
         "email",
         "email"},
        {"else the key", {"sku"}, {"sku", "price"}, {"email", "userId"}, "sku", "email"},
        {"not one of several keys", {"a", "b"}, {"a", "b"}, {"email"}, "", ""},
        {"nothing to match by", {"id"}, {"id"}, {}, "id", ""},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        project::SyncDefinition sync;
        sync.recordKey = each.key;
        const auto matching = suggestedMatching(sync, columnsOf(each.columns), each.fields);
        EXPECT_EQ(matching.column, each.column);
        EXPECT_EQ(matching.field, each.field);
    }
}

TEST(MatchingSuggestion, whatWasChosenStays)
{
    project::SyncDefinition sync;
    sync.recordKey = {"id"};
    const data::Schema columns = columnsOf({"id", "email", "account"});
    sync.matching.column = "account";
    EXPECT_EQ(suggestedMatching(sync, columns, {"email", "userId"}).column, "account");
    sync.matching = {};
    sync.matching.field = "userId";
    EXPECT_EQ(suggestedMatching(sync, columns, {"email", "userId"}).column, "id");
    EXPECT_EQ(suggestedMatching(sync, columns, {"email", "userId"}).field, "userId");
    sync.matching = {};
    sync.matching.leaf = "/email";
    EXPECT_EQ(suggestedMatching(sync, columns, {"email"}), sync.matching);
}

} // namespace headgate::ui
