// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "session/page.h"

namespace headgate::ui {

/// The names of the definitions that cannot do without this one: models of a source, syncs of a
/// model or of a destination.
[[nodiscard]] QStringList definitionUsers(const project::Project& project, const PageId& id);

} // namespace headgate::ui
