// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <optional>

namespace headgate::ui {

enum class SourceReach
{
    NotAsked, ///< since the project was opened
    Answers,
    Fails
};

/// How a source answered last.
struct SourceState
{
    SourceReach reach = SourceReach::NotAsked;
    QString trouble; ///< a sentence, where it fails

    bool operator==(const SourceState&) const = default;
};

/// What an answer says of the source that was asked, null for one without an error. A query that
/// was refused was answered; what never went to the source says nothing.
[[nodiscard]] std::optional<SourceState> stateAfter(const Error* error);

} // namespace headgate::ui
