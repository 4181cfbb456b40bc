// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

#include <QString>

namespace headgate::ui {

/// How far it is: "Sending: 120 of 4,000".
[[nodiscard]] QString liveRunText(const service::LiveRun& run);
/// "Process 4711 on laptop, since 14:05"
[[nodiscard]] QString liveRunPlace(const service::LiveRun& run);

} // namespace headgate::ui
