// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_report.h"

#include <QString>

namespace headgate::ui {

/// A run's report as a few sentences for the window.
[[nodiscard]] QString reportText(const run::RunReport& report);

} // namespace headgate::ui
