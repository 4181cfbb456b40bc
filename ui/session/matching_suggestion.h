// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/schema.h"
#include "project/project.h"

namespace headgate::ui {

/// `sync` with what it does not yet say of its matching: of the destination's fields that can be
/// matched by, the first that a column is named after ("email", "E_Mail", "contact_email"), else
/// the record key. What was chosen already stays; with several key columns and no such name nothing
/// is suggested.
[[nodiscard]] project::Matching suggestedMatching(const project::SyncDefinition& sync,
                                                  const data::Schema& columns,
                                                  const std::vector<std::string>& matchFields);

} // namespace headgate::ui
