// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "connector/account_values.h"
#include "connector/connector_spec.h"

#include <memory>

namespace headgate::connector {

/// Opens an account of any connector, declarative or coded. Nothing is sent and no file touched.
/// `clock` outlives the destination.
/// Error: Config "connector.account.*" naming the field, Credential "connector.secret.missing".
[[nodiscard]] Result<std::unique_ptr<Destination>>
openDestination(SharedSpec spec, DestinationConfig config, const Clock& clock);

} // namespace headgate::connector
