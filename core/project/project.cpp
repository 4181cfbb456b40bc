// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include <algorithm>

namespace headgate::project {

namespace {

template <typename Definition>
const Definition* findBySlug(const std::vector<Definition>& definitions, std::string_view slug)
{
    const auto found =
        std::find_if(definitions.begin(), definitions.end(),
                     [&](const Definition& definition) { return definition.slug == slug; });
    return found == definitions.end() ? nullptr : &*found;
}

} // namespace

const Target* Project::target(std::string_view slug) const
{
    return findBySlug(targets, slug);
}

const SourceDefinition* Project::source(std::string_view slug) const
{
    return findBySlug(sources, slug);
}

const DestinationDefinition* Project::destination(std::string_view slug) const
{
    return findBySlug(destinations, slug);
}

const ModelDefinition* Project::model(std::string_view slug) const
{
    return findBySlug(models, slug);
}

const SyncDefinition* Project::sync(std::string_view slug) const
{
    return findBySlug(syncs, slug);
}

} // namespace headgate::project
