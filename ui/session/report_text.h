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

/// The requests one after the other; what people are told about them in lines that begin with #.
[[nodiscard]] QString requestText(const service::RequestPreview& preview);

} // namespace headgate::ui
