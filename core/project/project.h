// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/destination_definition.h"
#include "project/model_definition.h"
#include "project/source_definition.h"
#include "project/sync_definition.h"

namespace headgate::project {

/// The format that this program writes; older ones are migrated, newer ones refused.
inline constexpr int projectFormat = 1;

/// Development, production...: one project, several sets of accounts.
struct Target
{
    std::string slug;
    std::string name;
    data::JsonNode extra = data::JsonNode::object(); ///< unknown members, kept

    bool operator==(const Target&) const = default;
};

/// A project folder in memory. Definitions are sorted by slug, targets stand in the file's order.
struct Project
{
    std::string id;
    std::string name;
    std::vector<Target> targets; ///< the first one is used when none is named
    std::vector<SourceDefinition> sources;
    std::vector<DestinationDefinition> destinations;
    std::vector<ModelDefinition> models;
    std::vector<SyncDefinition> syncs;
    data::JsonNode extra = data::JsonNode::object();

    /// Null where there is none with this slug. Valid until the project changes.
    [[nodiscard]] const Target* target(std::string_view slug) const;
    [[nodiscard]] const SourceDefinition* source(std::string_view slug) const;
    [[nodiscard]] const DestinationDefinition* destination(std::string_view slug) const;
    [[nodiscard]] const ModelDefinition* model(std::string_view slug) const;
    [[nodiscard]] const SyncDefinition* sync(std::string_view slug) const;

    bool operator==(const Project&) const = default;
};

} // namespace headgate::project
