// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "service/record_sample.h"

#include <memory>

namespace headgate::ui {

/// Two customers with what they viewed: Zoë three products (one twice), Ada none that is known.
[[nodiscard]] std::shared_ptr<const service::RecordSample> viewsSample();
/// Of the sample: key customer_id, shaped as first_name and the last two views.
[[nodiscard]] project::SyncDefinition viewsSync();
[[nodiscard]] project::ModelDefinition viewsModel();
/// A shape of the JSON that sync files hold.
[[nodiscard]] shape::Shape shapeOf(const char* json);

} // namespace headgate::ui
