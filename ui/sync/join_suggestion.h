// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/schema.h"
#include "project/project.h"

namespace headgate::ui {

/// How `other` is most likely joined to `main`, by the names of columns: a column of one that is
/// named after the other and its key ("customer_id" of views for "id" of customers), else one that
/// both have and that tells the rows of one apart. Nothing is guessed beyond that: then it has no
/// join. One row where the column of `other` is its whole row key, else many.
[[nodiscard]] project::RelatedModel suggestedJoin(const project::ModelDefinition& main,
                                                  const data::Schema& mainColumns,
                                                  const project::ModelDefinition& other,
                                                  const data::Schema& otherColumns);

} // namespace headgate::ui
