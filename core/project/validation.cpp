// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/validation.h"

#include "base/text.h"
#include "project/account_checks.h"
#include "project/sync_checks.h"

#include <algorithm>
#include <set>

namespace headgate::project {

namespace {

/// Checks definitions, each once, however many syncs use it.
class Validator
{
public:
    Validator(const Project& project, const std::string& target,
              const ValidationKnowledge& knowledge)
        : m_project(project), m_target(target), m_knowledge(knowledge)
    {
        if (!project.target(target))
            m_issues.push_back(
                {Severity::Error, "project.target.unknown", "headgate.json#/targets",
                 Text::tr("The project has no target \"%1\".").arg(toQString(target)),
                 Text::tr("Name one of its targets, or add it.")});
    }

    void source(const SourceDefinition& source)
    {
        if (m_done.insert("sources/" + source.slug).second)
            checkSource(m_project, source, m_target, m_issues);
    }
    void destination(const DestinationDefinition& destination)
    {
        if (m_done.insert("destinations/" + destination.slug).second)
            checkDestination(m_project, destination, m_target, m_knowledge.connectors, m_issues);
    }
    void model(const ModelDefinition& model)
    {
        if (!m_done.insert("models/" + model.slug).second)
            return;
        if (const SourceDefinition* used = m_project.source(model.source))
            source(*used);
        checkModel(m_project, model, m_knowledge, m_issues);
    }
    void sync(const SyncDefinition& sync)
    {
        DefinitionFindings findings("syncs/" + sync.slug + ".json", m_issues);
        if (const ModelDefinition* used = m_project.model(sync.model))
            model(*used);
        else
            findings.error("project.model.unknown", "/model",
                           Text::tr("There is no model \"%1\".").arg(toQString(sync.model)),
                           Text::tr("Add it to models or name another."));
        for (const RelatedModel& related : sync.related) {
            if (const ModelDefinition* used = m_project.model(related.model))
                model(*used);
        }
        if (const DestinationDefinition* used = m_project.destination(sync.destination))
            destination(*used);
        else
            findings.error(
                "project.destination.unknown", "/destination",
                Text::tr("There is no destination \"%1\".").arg(toQString(sync.destination)),
                Text::tr("Add it to destinations or name another."));
        if (sync.shape)
            checkSync(m_project, sync, m_knowledge, findings);
        else
            findings.warning("project.sync.unshaped", "",
                             Text::tr("This sync is not shaped yet and cannot run."),
                             Text::tr("Open it and drag columns into its payload."));
    }

    [[nodiscard]] Issues take() { return std::move(m_issues); }

private:
    const Project& m_project;
    const std::string& m_target;
    const ValidationKnowledge& m_knowledge;
    Issues m_issues;
    std::set<std::string> m_done;
};

} // namespace

Issues validate(const Project& project, const std::string& target,
                const ValidationKnowledge& knowledge)
{
    Validator validator(project, target, knowledge);
    for (const SourceDefinition& source : project.sources)
        validator.source(source);
    for (const DestinationDefinition& destination : project.destinations)
        validator.destination(destination);
    for (const ModelDefinition& model : project.models)
        validator.model(model);
    for (const SyncDefinition& sync : project.syncs)
        validator.sync(sync);
    return validator.take();
}

Issues validateSync(const Project& project, const std::string& target, const std::string& sync,
                    const ValidationKnowledge& knowledge)
{
    Validator validator(project, target, knowledge);
    if (const SyncDefinition* found = project.sync(sync)) {
        validator.sync(*found);
        return validator.take();
    }
    return {{Severity::Error, "project.sync.unknown", "syncs/" + sync + ".json",
             Text::tr("There is no sync \"%1\".").arg(toQString(sync)),
             Text::tr("Name one of the project's syncs.")}};
}

} // namespace headgate::project
