// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "base/result.h"
#include "service/found_places.h"
#include "warehouse/found_connection.h"

#include <vector>

namespace headgate::service {

struct FoundConnections
{
    /// As the sources' form takes them; of those in plain text the secrets are left empty.
    std::vector<warehouse::FoundConnection> connections;
    Issues issues; ///< files that are there and cannot be read
};

/// What other programs of this user know of warehouses. Reads files, connects nowhere; blocking.
[[nodiscard]] FoundConnections findConnections(const FoundPlaces& places);

/// A secret that stands in a found connection's file as plain text, to be kept in a better place.
/// Error: Credential "secret.found" if it is no longer there.
[[nodiscard]] Result<secrets::Secret> readFoundSecret(const FoundPlaces& places,
                                                      const warehouse::FoundConnection& connection,
                                                      const std::string& field);

} // namespace headgate::service
