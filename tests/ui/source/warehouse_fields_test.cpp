// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/warehouse_fields.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace headgate::ui {

TEST(WarehouseFields, everyWarehouseHasAFormOfItsFields)
{
    for (const std::string& id : warehouse::warehouseIds()) {
        const auto spec = warehouse::loadWarehouseSpec(id);
        ASSERT_TRUE(spec) << id;
        const auto fields = fieldsOf(*spec);
        ASSERT_EQ(fields.size(), spec->fields.size()) << id;
        for (const SettingsField& field : fields) {
            EXPECT_FALSE(field.label.isEmpty()) << id << ' ' << field.key;
            EXPECT_EQ(field.kind == SettingsKind::Choice, !field.choices.empty())
                << id << ' ' << field.key;
        }
    }
}

TEST(WarehouseFields, whatIsMissingIsWrongOnlyWhenItIsWanted)
{
    const auto spec = warehouse::loadWarehouseSpec("postgresql");
    ASSERT_TRUE(spec);
    project::AccountSettings settings;
    settings.fields = {{"port", "x"}};
    EXPECT_EQ(problemsOf(*spec, settings, false).size(), 1U);
    EXPECT_EQ(problemsOf(*spec, settings, true).size(), 3U);
}

TEST(WarehouseFields, anAddressIsWhatIsKnownOfIt)
{
    using Fields = std::map<std::string, std::string>;
    const std::pair<Fields, const char*> cases[] = {
        {{}, ""},
        {{{"host", "h"}, {"port", "1"}, {"database", "d"}, {"user", "u"}}, "u@h:1/d"},
        {{{"port", "1"}}, ""},
        {{{"file", "shop.db"}}, "shop.db"},
        {{{"account", "a"}, {"user", "u"}}, "u@a"},
        {{{"dsn", "shop"}}, "shop"},
    };
    for (const auto& [fields, address] : cases)
        EXPECT_EQ(addressOf(fields).toStdString(), address);
}

} // namespace headgate::ui
