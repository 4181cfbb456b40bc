// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/account_settings.h"

namespace headgate::project {

/// A warehouse connection: sources/SLUG.json.
struct SourceDefinition
{
    std::string id;
    std::string slug;
    std::string name;
    std::string warehouse; ///< id of resources/warehouses/<id>.json
    TargetedSettings settings;
    data::JsonNode extra = data::JsonNode::object(); ///< unknown members, kept

    bool operator==(const SourceDefinition&) const = default;
};

} // namespace headgate::project
