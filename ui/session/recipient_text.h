// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace headgate::ui {

class ProjectSession;

/// What a run of the sync reaches now, said before anything is sent: "Iterable (user, upsert)", or
/// that a stand-in on this machine is in its place. Empty: there is no such sync, or it has no
/// destination.
[[nodiscard]] QString recipientText(ProjectSession& session, const std::string& sync);

} // namespace headgate::ui
