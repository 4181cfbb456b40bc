// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/definition_hash.h"

#include "base/hash.h"
#include "project/definition_json.h"

namespace headgate::service {

namespace {

std::string modelText(const project::Project& project, const std::string& slug)
{
    const project::ModelDefinition* model = project.model(slug);
    return model ? project::toJson(*model).dump() + '\n' + model->sql : std::string();
}

} // namespace

std::string definitionHash(const project::Project& project, const project::SyncDefinition& sync,
                           const std::string& target, const std::string& account,
                           const std::string& specHash)
{
    project::SyncDefinition essential = sync;
    essential.name.clear();
    essential.description.clear();
    essential.gates = {};
    essential.history = {};
    essential.batch = {};
    essential.schedule = nullptr;
    essential.sla = nullptr;
    data::JsonNode parts = {project::toJson(essential).dump(), modelText(project, sync.model),
                            target, account, specHash};
    for (const project::RelatedModel& related : sync.related)
        parts.push_back(modelText(project, related.model));
    if (const project::DestinationDefinition* destination = project.destination(sync.destination))
        parts.push_back(project::toJson(*destination).dump());
    return sha256Hex(parts.dump());
}

} // namespace headgate::service
