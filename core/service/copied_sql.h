// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "service/record_sample.h"
#include "shape/shape_sql.h"

namespace headgate::service {

/// A sync's shape as its warehouse's own aggregation, for people to paste into a console. Without
/// text where SQL cannot say it at all; the one note then says why. `sample` is one of the sync.
/// Pure. Error: Usage "sync.unknown"; Config "sync.unshaped", "sync.model", "model.source",
/// "source.options.warehouse", "shape.check".
[[nodiscard]] Result<shape::ShapeSql>
copiedSql(const project::Project& project, const std::string& sync, const RecordSample& sample);

} // namespace headgate::service
