// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "connector/account_values.h"
#include "project/mode_operations.h"
#include "project/sync_checks.h"

#include <algorithm>
#include <set>

namespace headgate::project {

namespace {

using connector::ObjectSpec;
using connector::Operation;

QString quotedList(const std::vector<std::string>& names)
{
    QString list;
    for (const std::string& name : names)
        list += (list.isEmpty() ? QString() : QStringLiteral(", ")) + toQString(name);
    return list;
}

void checkOperations(const SyncDefinition& sync, const ObjectSpec& object,
                     DefinitionFindings& findings)
{
    const auto can = [&](Operation operation) {
        return object.find(operation, sync.matching.field) != nullptr;
    };
    if (!can(writeOperation(sync.mode))) {
        std::vector<std::string> possible;
        for (const SyncMode mode :
             {SyncMode::Upsert, SyncMode::Update, SyncMode::Insert, SyncMode::Mirror,
              SyncMode::Replace, SyncMode::Append, SyncMode::Delete}) {
            if (can(writeOperation(mode)))
                possible.emplace_back(name(mode));
        }
        findings.error("project.mode.unsupported", "/mode",
                       Text::tr("%1 at this destination cannot do \"%2\".")
                           .arg(object.label, QString::fromUtf8(name(sync.mode))),
                       possible.empty() ? Text::tr("Choose another object or matching field.")
                                        : Text::tr("Choose one of: %1.").arg(quotedList(possible)));
    }
    const auto removal = removeOperation(sync.deleteBehaviour);
    if (sync.mode == SyncMode::Mirror && removal && !can(*removal))
        findings.error("project.delete_behaviour.unsupported", "/deleteBehaviour",
                       Text::tr("%1 at this destination cannot do \"%2\".")
                           .arg(object.label, QString::fromUtf8(name(sync.deleteBehaviour))),
                       Text::tr("Choose another delete behaviour."));
}

void checkMatchField(const SyncDefinition& sync, const ObjectSpec& object,
                     DefinitionFindings& findings)
{
    const std::string& field = sync.matching.field;
    const bool isGiven =
        !field.empty() || !sync.matching.column.empty() || !sync.matching.leaf.empty();
    const bool isFree = object.matchAny && (isGiven || sync.mode != SyncMode::Append);
    if (object.matchFields.empty() && !isFree)
        return;
    if (field.empty())
        findings.error("project.matching.field", "/matching",
                       Text::tr("Nothing says by which field the destination finds a record."),
                       Text::tr("Add \"field\"."));
    else if (!object.matchAny && !object.findMatchField(field)) {
        std::vector<std::string> known;
        for (const connector::MatchField& one : object.matchFields)
            known.push_back(one.name);
        findings.error(
            "project.matching.field", "/matching/field",
            Text::tr("%1 cannot be found by \"%2\".").arg(object.label, toQString(field)),
            Text::tr("Match on one of: %1.").arg(quotedList(known)));
    }
    const bool hasColumn = !sync.matching.column.empty();
    if (hasColumn == !sync.matching.leaf.empty())
        findings.error("project.matching.value", "/matching",
                       hasColumn ? Text::tr("The match value comes from a column and from a leaf.")
                                 : Text::tr("Nothing says where the match value comes from."),
                       Text::tr("Name a column of the model, or a leaf of the shape."));
}

void checkMatchLeaf(const SyncDefinition& sync, DefinitionFindings& findings)
{
    const std::vector<std::string> leaves = sync.shape->leafPaths();
    if (sync.matching.leaf.empty() ||
        std::find(leaves.begin(), leaves.end(), sync.matching.leaf) != leaves.end())
        return;
    findings.error("project.matching.leaf", "/matching/leaf",
                   Text::tr("The shape has no leaf \"%1\" outside of lists.")
                       .arg(toQString(sync.matching.leaf)),
                   Text::tr("Write its path, as in /email."));
}

bool findsFields(const connector::ConnectorSpec& spec, const ObjectSpec& object)
{
    return object.freeFields || object.fieldDiscovery || object.discovered ||
           spec.implementation != connector::Implementation::Declarative;
}

void checkFields(const SyncDefinition& sync, const connector::ConnectorSpec& spec,
                 const ObjectSpec& object, DefinitionFindings& findings)
{
    if (sync.mode == SyncMode::Delete)
        return;
    std::set<std::string> sent{sync.matching.field};
    for (std::size_t i = 0; i < sync.shape->root.children.size(); ++i) {
        const std::string& field = sync.shape->root.children[i].name;
        sent.insert(field);
        const bool known = std::any_of(object.fields.begin(), object.fields.end(),
                                       [&](const auto& one) { return one.name == field; });
        if (!known && !findsFields(spec, object))
            findings.error("project.field.unknown", "/shape/fields/" + std::to_string(i),
                           Text::tr("%1 has no field \"%2\".").arg(object.label, toQString(field)),
                           Text::tr("Rename or remove it."));
    }
    for (const connector::FieldInfo& field : object.fields) {
        if (field.required && sent.count(field.name) == 0)
            findings.error(
                "project.field.missing", "/shape",
                Text::tr("%1 needs the field \"%2\".").arg(object.label, toQString(field.name)),
                Text::tr("Add it to the shape."));
    }
}

void checkSetIfEmpty(const SyncDefinition& sync, const ObjectSpec& object,
                     DefinitionFindings& findings)
{
    std::vector<std::string> paths = sync.shape->setIfEmptyPaths();
    if (object.setIfEmpty)
        paths.erase(std::remove_if(paths.begin(), paths.end(),
                                   [](const auto& path) { return path.rfind('/') == 0; }),
                    paths.end());
    if (paths.empty())
        return;
    findings.error("project.set_if_empty", "/shape",
                   Text::tr("%1 at this destination cannot fill only what is empty, which these "
                            "ask for: %2.")
                       .arg(object.label, quotedList(paths)),
                   Text::tr("Choose another null policy for them."));
}

void checkBatch(const SyncDefinition& sync, const ObjectSpec& object, DefinitionFindings& findings)
{
    const auto* operation = object.find(writeOperation(sync.mode), sync.matching.field);
    if (!operation)
        return;
    const auto check = [&](std::uint64_t asked, std::uint64_t most, const char* pointer) {
        if (asked > most)
            findings.warning("project.batch.limit", pointer,
                             Text::tr("%1 is more than the destination takes in one request (%2); "
                                      "its limit is kept.")
                                 .arg(qulonglong(asked))
                                 .arg(qulonglong(most)),
                             Text::tr("Lower it or remove it."));
    };
    check(sync.batch.records, operation->batch.records, "/batch/records");
    check(sync.batch.bytes, operation->batch.bytes, "/batch/bytes");
}

} // namespace

void checkDelivery(const SyncDefinition& sync, const connector::ConnectorSpec& spec,
                   DefinitionFindings& findings)
{
    if (sync.object.empty()) {
        findings.error("project.object.missing", "/object",
                       Text::tr("Nothing says what to write at the destination."),
                       Text::tr("Add \"object\"."));
        return;
    }
    const ObjectSpec* object = spec.findObject(sync.object);
    if (!object) {
        std::vector<std::string> known;
        for (const ObjectSpec& one : spec.objects)
            known.push_back(one.id);
        findings.error("project.object.unknown", "/object",
                       Text::tr("%1 has no object \"%2\".").arg(spec.name, toQString(sync.object)),
                       Text::tr("Choose one of: %1.").arg(quotedList(known)));
        return;
    }
    checkOperations(sync, *object, findings);
    checkMatchField(sync, *object, findings);
    checkMatchLeaf(sync, findings);
    checkFields(sync, spec, *object, findings);
    checkSetIfEmpty(sync, *object, findings);
    checkBatch(sync, *object, findings);
    for (Issue issue : connector::checkOptions(*object, sync.objectOptions)) {
        issue.place = "/objectOptions" + issue.place;
        findings.add(std::move(issue));
    }
}

} // namespace headgate::project
