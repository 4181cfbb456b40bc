// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/definition_users.h"

#include "base/text.h"

#include <algorithm>

namespace headgate::ui {

namespace {

template <typename Definition, typename Uses>
QStringList namesOf(const std::vector<Definition>& definitions, Uses uses)
{
    QStringList names;
    for (const Definition& each : definitions)
        if (uses(each))
            names.append(toQString(each.name.empty() ? each.slug : each.name));
    return names;
}

bool reads(const project::SyncDefinition& sync, const std::string& model)
{
    return sync.model == model ||
           std::any_of(sync.related.begin(), sync.related.end(),
                       [&](const auto& related) { return related.model == model; });
}

} // namespace

QStringList definitionUsers(const project::Project& project, const PageId& id)
{
    switch (id.kind) {
    case PageKind::Source:
        return namesOf(project.models, [&](const auto& model) { return model.source == id.slug; });
    case PageKind::Model:
        return namesOf(project.syncs, [&](const auto& sync) { return reads(sync, id.slug); });
    case PageKind::Destination:
        return namesOf(project.syncs,
                       [&](const auto& sync) { return sync.destination == id.slug; });
    case PageKind::Sync:
    case PageKind::Shape:
    case PageKind::Overview:
    case PageKind::Runs:
    case PageKind::Inbox:
    case PageKind::Settings:
        return {};
    }
    return {};
}

} // namespace headgate::ui
