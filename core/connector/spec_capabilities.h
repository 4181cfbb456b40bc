// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/account_values.h"
#include "connector/connector_spec.h"

namespace headgate::connector {

/// How much a request of the operation may carry with this account.
[[nodiscard]] BatchLimits limitsOf(const OperationSpec& operation, const AccountValues& account);

/// What the spec says that the object can do.
/// Error: Config "connector.object" if there is no such object.
[[nodiscard]] Result<Capabilities>
capabilitiesOf(const ConnectorSpec& spec, const std::string& object, const AccountValues& account);

} // namespace headgate::connector
