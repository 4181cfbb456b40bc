// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace headgate::ui {

/// The shop of the story in the throw-away PostgreSQL, in a schema that is there as long as this
/// lives: 40 customers with keys beyond 2^53 and names in several scripts, their views of products
/// a microsecond apart, and customers without any.
class StoryWarehouse
{
public:
    StoryWarehouse();
    ~StoryWarehouse();
    StoryWarehouse(const StoryWarehouse&) = delete;
    StoryWarehouse& operator=(const StoryWarehouse&) = delete;

    static constexpr int customers = 40;

    void run(const std::string& sql);
    /// The first column of every row, as text.
    [[nodiscard]] std::vector<std::string> ask(const std::string& sql);
};

/// The same JSON without white space between its tokens; digits stay as they are.
[[nodiscard]] std::string compactJson(const std::string& json);

} // namespace headgate::ui
