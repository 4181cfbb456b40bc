// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/definition_slug.h"

#include "project/project_path.h"

#include <gtest/gtest.h>
#include <set>

namespace headgate::project {

TEST(DefinitionSlug, isMadeOfTheName)
{
    const std::set<std::string> taken{"shop", "shop-2"};
    const auto isTaken = [&](const std::string& slug) { return taken.count(slug) != 0; };
    const std::pair<const char*, const char*> cases[] = {
        {"Outdoor shop", "outdoor-shop"},
        {"  Ünïcödé -- Näme  ", "unicode-name"},
        {"Shop", "shop-3"},
        {"a_b", "a_b"},
        {"日本", "source"},
        {"", "source"},
        {"con", "con-2"},
        {"prod / eu.west (1)", "prod-eu-west-1"},
    };
    for (const auto& [name, slug] : cases)
        EXPECT_EQ(proposeSlug(name, "source", isTaken), slug) << name;
    const std::string longest = proposeSlug(std::string(200, 'x'), "source", isTaken);
    EXPECT_TRUE(isFileSlug(longest));
}

} // namespace headgate::project
