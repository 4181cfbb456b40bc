// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/sync_checks.h"

#include "base/text.h"
#include "project/file_issues.h"
#include "shape/shape_check.h"

#include <algorithm>
#include <set>

namespace headgate::project {

namespace {

const data::Schema* knownColumns(const ValidationKnowledge& knowledge, const std::string& model)
{
    const auto found = knowledge.columns.find(model);
    return found == knowledge.columns.end() ? nullptr : &found->second;
}

void requireColumn(const data::Schema* schema, const std::string& model, const std::string& column,
                   const std::string& pointer, DefinitionFindings& findings)
{
    if (schema && !schema->indexOf(column))
        findings.error("project.column.unknown", pointer,
                       Text::tr("The model \"%1\" has no column \"%2\".")
                           .arg(toQString(model), toQString(column)),
                       Text::tr("Check its spelling, or add it to the model's query."));
}

void checkRelated(const Project& project, const SyncDefinition& sync,
                  const ValidationKnowledge& knowledge, DefinitionFindings& findings)
{
    std::set<std::string> names{std::string(shape::mainModel)};
    for (std::size_t i = 0; i < sync.related.size(); ++i) {
        const RelatedModel& related = sync.related[i];
        const std::string pointer = childPointer("/related", std::to_string(i));
        if (!names.insert(related.name).second)
            findings.error("project.related.name", pointer + "/name",
                           Text::tr("\"%1\" is the name of another model of this sync.")
                               .arg(toQString(related.name)),
                           Text::tr("Rename it."));
        if (!project.model(related.model))
            findings.error("project.model.unknown", pointer + "/model",
                           Text::tr("There is no model \"%1\".").arg(toQString(related.model)),
                           Text::tr("Add it to models or name another."));
        if (related.join.empty())
            findings.error("project.join.missing", pointer + "/join",
                           Text::tr("Nothing says which rows of \"%1\" belong to a record.")
                               .arg(toQString(related.name)),
                           Text::tr("Name the columns that are equal on both sides."));
        for (std::size_t j = 0; j < related.join.size(); ++j) {
            const std::string join = childPointer(pointer + "/join", std::to_string(j));
            requireColumn(knownColumns(knowledge, sync.model), sync.model, related.join[j].left,
                          join + "/left", findings);
            requireColumn(knownColumns(knowledge, related.model), related.model,
                          related.join[j].right, join + "/right", findings);
        }
    }
}

bool walksOwnRows(const shape::Node& node)
{
    const bool repeats = node.kind == shape::NodeKind::List || node.kind == shape::NodeKind::Map;
    if (repeats)
        return node.list.source.model.empty() || node.list.source.model == shape::mainModel;
    return std::any_of(node.children.begin(), node.children.end(), walksOwnRows);
}

void checkKeys(const SyncDefinition& sync, const ModelDefinition& model,
               const ValidationKnowledge& knowledge, DefinitionFindings& findings)
{
    if (sync.recordKey.empty())
        findings.error("project.record_key.missing", "/recordKey",
                       Text::tr("Nothing says which rows are one record."),
                       Text::tr("Name the columns of the model that tell records apart."));
    for (std::size_t i = 0; i < sync.recordKey.size(); ++i)
        requireColumn(knownColumns(knowledge, sync.model), sync.model, sync.recordKey[i],
                      childPointer("/recordKey", std::to_string(i)), findings);
    const std::set<std::string> recordKey(sync.recordKey.begin(), sync.recordKey.end());
    const bool rowPerRecord =
        std::all_of(model.rowKey.begin(), model.rowKey.end(),
                    [&](const std::string& column) { return recordKey.count(column) != 0; });
    if (!rowPerRecord && !recordKey.empty() && !walksOwnRows(sync.shape->root))
        findings.warning(
            "project.record_key.grain", "/recordKey",
            Text::tr("Several rows may have one record key, and the shape has no list "
                     "over them: such records will be invalid."),
            Text::tr("Add a list of the model's own rows, or use the model's row key."));
}

void checkCursorMode(const SyncDefinition& sync, const ModelDefinition& model,
                     DefinitionFindings& findings)
{
    const bool allowed = sync.mode == SyncMode::Append || sync.mode == SyncMode::Insert ||
                         sync.mode == SyncMode::Upsert;
    if (model.cursor && !allowed)
        findings.error(
            "project.cursor.mode", "/mode",
            Text::tr("The model \"%1\" reads only what is new, and the mode \"%2\" needs "
                     "all of it.")
                .arg(toQString(model.slug), QString::fromUtf8(name(sync.mode))),
            Text::tr("Use a model without cursor, or append, insert or upsert."));
    if (sync.deleteBehaviour != DeleteBehaviour::Nothing && sync.mode != SyncMode::Mirror)
        findings.warning("project.delete_behaviour.unused", "/deleteBehaviour",
                         Text::tr("Only the mode \"mirror\" removes what left the model."),
                         Text::tr("Use mirror or remove this line."));
    if (sync.deleteBehaviour == DeleteBehaviour::Nothing && sync.mode == SyncMode::Mirror)
        findings.warning("project.delete_behaviour.nothing", "/mode",
                         Text::tr("Without a delete behaviour, mirror does what upsert does."),
                         Text::tr("Add \"deleteBehaviour\": clear, archive or delete."));
}

/// All models' columns, as the shape is compiled against them; nothing unless all are known.
std::optional<shape::ShapeModels> shapeModels(const Project& project, const SyncDefinition& sync,
                                              const ModelDefinition& model,
                                              const ValidationKnowledge& knowledge)
{
    const data::Schema* main = knownColumns(knowledge, sync.model);
    if (!main)
        return std::nullopt;
    shape::ShapeModels models;
    models.main = *main;
    models.rowKey = model.rowKey;
    models.recordKey = sync.recordKey;
    for (const RelatedModel& related : sync.related) {
        const data::Schema* schema = knownColumns(knowledge, related.model);
        const ModelDefinition* definition = project.model(related.model);
        if (!schema || !definition)
            return std::nullopt;
        shape::RelatedModel one;
        one.name = related.name;
        one.schema = *schema;
        for (const JoinColumns& columns : related.join) {
            one.mainColumns.push_back(columns.left);
            one.columns.push_back(columns.right);
        }
        one.toOne = related.kind == RelatedKind::ToOne;
        one.eventTime = definition->eventTime;
        models.related.push_back(std::move(one));
    }
    return models;
}

void checkShapeOf(const Project& project, const SyncDefinition& sync, const ModelDefinition& model,
                  const ValidationKnowledge& knowledge, DefinitionFindings& findings)
{
    if (const auto models = shapeModels(project, sync, model, knowledge)) {
        for (Issue& issue : shape::issuesOf(shape::checkShape(*sync.shape, *models, "/shape")))
            findings.add(std::move(issue));
        Issues filter;
        shape::checkCondition(sync.filter, models->main, "/filter", filter);
        for (Issue& issue : filter)
            findings.add(std::move(issue));
        return;
    }
    for (const auto& [node, path] : sync.shape->paths())
        if (sync.shape->find(node)->isUnbound())
            findings.error("shape.leaf.unbound", "/shape",
                           Text::tr("\"%1\" has no column yet.").arg(toQString(path)),
                           Text::tr("Choose one, or remove the field."));
    for (const std::string& used : sync.shape->models()) {
        const bool known = std::any_of(sync.related.begin(), sync.related.end(),
                                       [&](const RelatedModel& one) { return one.name == used; });
        if (!known && used != shape::mainModel)
            findings.error(
                "project.related.missing", "/shape",
                Text::tr("The shape uses \"%1\", which is no related model of this sync.")
                    .arg(toQString(used)),
                Text::tr("Add it to \"related\"."));
    }
}

} // namespace

void checkSync(const Project& project, const SyncDefinition& sync,
               const ValidationKnowledge& knowledge, DefinitionFindings& findings)
{
    checkRelated(project, sync, knowledge, findings);
    const ModelDefinition* model = project.model(sync.model);
    if (model) {
        checkKeys(sync, *model, knowledge, findings);
        checkCursorMode(sync, *model, findings);
        checkShapeOf(project, sync, *model, knowledge, findings);
        if (!sync.matching.column.empty())
            requireColumn(knownColumns(knowledge, sync.model), sync.model, sync.matching.column,
                          "/matching/column", findings);
    }
    const DestinationDefinition* destination = project.destination(sync.destination);
    const connector::SharedSpec spec =
        destination ? knowledge.connectors.find(destination->connector) : nullptr;
    if (spec)
        checkDelivery(sync, *spec, findings);
}

} // namespace headgate::project
