// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/node_reader.h"
#include "project/project.h"

namespace headgate::project {

/// The files' contents, as resources/schema/*.schema.json describe them. Members stand in a fixed
/// order, unknown ones last; members that are empty or have their default are not written.
/// Reading gives what could be read; the issues tell what could not.

/// headgate.json: everything of a project but its definitions.
[[nodiscard]] data::JsonNode headerToJson(const Project& project, int format);
[[nodiscard]] Project headerFromJson(NodeReader reader);

[[nodiscard]] data::JsonNode toJson(const SourceDefinition& source);
[[nodiscard]] data::JsonNode toJson(const DestinationDefinition& destination);
/// Without the query, which has a file of its own.
[[nodiscard]] data::JsonNode toJson(const ModelDefinition& model);
[[nodiscard]] data::JsonNode toJson(const SyncDefinition& sync);

[[nodiscard]] SourceDefinition sourceFromJson(NodeReader reader, const std::string& slug);
[[nodiscard]] DestinationDefinition destinationFromJson(NodeReader reader, const std::string& slug);
[[nodiscard]] ModelDefinition modelFromJson(NodeReader reader, const std::string& slug);
[[nodiscard]] SyncDefinition syncFromJson(NodeReader reader, const std::string& slug);

} // namespace headgate::project
