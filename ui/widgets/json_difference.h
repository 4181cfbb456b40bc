// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/json_view.h"

#include <string>
#include <vector>

namespace headgate::ui {

/// What stands only before and only after, as marks for the two views side by side.
struct JsonDifference
{
    std::vector<JsonMark> before;
    std::vector<JsonMark> after;
};

/// Compares line by line as people read them, so that an element that came to the front of a list
/// is the only one marked. Two texts that differ in more than a thousand lines are compared place
/// by place instead.
[[nodiscard]] JsonDifference differenceOf(const JsonLines& before, const JsonLines& after);

} // namespace headgate::ui
