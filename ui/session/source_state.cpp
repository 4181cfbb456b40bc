// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/source_state.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace headgate::ui {

std::optional<SourceState> stateAfter(const Error* error)
{
    if (error == nullptr)
        return SourceState{SourceReach::Answers, {}};
    const auto begins = [error](std::string_view prefix) {
        return std::string_view(error->code).substr(0, prefix.size()) == prefix;
    };
    constexpr std::array<std::string_view, 4> failing{"source.connect.", "source.connection.",
                                                      "source.tunnel.", "secret."};
    if (std::any_of(failing.begin(), failing.end(), begins))
        return SourceState{SourceReach::Fails, error->message};
    if (begins("source.query."))
        return SourceState{SourceReach::Answers, {}};
    return std::nullopt;
}

} // namespace headgate::ui
