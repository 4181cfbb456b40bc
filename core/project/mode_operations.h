// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "project/sync_definition.h"

#include <optional>

namespace headgate::project {

/// What writes a record in this mode.
[[nodiscard]] connector::Operation writeOperation(SyncMode mode);
/// What removes one; empty for DeleteBehaviour::Nothing.
[[nodiscard]] std::optional<connector::Operation> removeOperation(DeleteBehaviour behaviour);

/// Whether a record whose match value changed is renamed, where the destination can.
[[nodiscard]] bool mayRename(SyncMode mode);

} // namespace headgate::project
