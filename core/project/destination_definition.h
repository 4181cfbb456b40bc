// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/account_settings.h"

namespace headgate::project {

/// An account at a business tool: destinations/SLUG.json.
struct DestinationDefinition
{
    std::string id;
    std::string slug;
    std::string name;
    std::string connector; ///< id of resources/connectors/<id> or of the project's connectors/<id>
    TargetedSettings settings;
    data::JsonNode extra = data::JsonNode::object(); ///< unknown members, kept

    bool operator==(const DestinationDefinition&) const = default;
};

} // namespace headgate::project
