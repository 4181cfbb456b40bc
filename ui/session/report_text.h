// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_report.h"
#include "service/workspace.h"

#include <QString>

namespace headgate::ui {

/// A run's report as a few sentences for the window.
[[nodiscard]] QString reportText(const run::RunReport& report);
/// "2 keys are in no record: 7, 8"; the first few are named.
[[nodiscard]] QString absentText(const std::vector<std::string>& keys);

/// What became of `count` records by a person's decision.
[[nodiscard]] QString resolutionText(service::Resolution resolution, std::uint64_t count);

/// JSON over lines, with the bytes of its numbers and texts and in its order; anything else as it
/// is.
[[nodiscard]] QString indentedIfJson(std::string_view text);
/// A request for people: its body indented where it is JSON.
[[nodiscard]] QString shownRequest(const std::string& request);

enum class RequestForm
{
    ForReading, ///< bodies indented
    AsSent
};
/// The requests one after the other; what people are told about them in lines that begin with #.
[[nodiscard]] QString requestText(const service::RequestPreview& preview,
                                  RequestForm form = RequestForm::ForReading);

} // namespace headgate::ui
