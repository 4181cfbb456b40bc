// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "project/file_issues.h"
#include "project/sync_checks.h"

#include <QTimeZone>

namespace headgate::project {

namespace {

void checkModelColumns(const ModelDefinition& model, const data::Schema& schema,
                       DefinitionFindings& findings)
{
    const auto check = [&](const std::string& column, const std::string& pointer) {
        if (!column.empty() && !schema.indexOf(column))
            findings.error("project.column.unknown", pointer,
                           Text::tr("The model has no column \"%1\".").arg(toQString(column)),
                           Text::tr("Check its spelling, or add it to the query."));
    };
    for (std::size_t i = 0; i < model.rowKey.size(); ++i)
        check(model.rowKey[i], childPointer("/rowKey", std::to_string(i)));
    check(model.eventTime, "/eventTime");
    if (model.cursor)
        check(model.cursor->column, "/cursor/column");
    for (const auto& [column, unused] : model.columns) {
        if (!schema.indexOf(column))
            findings.warning("project.column.unknown", childPointer("/columns", column),
                             Text::tr("The model has no column \"%1\".").arg(toQString(column)),
                             Text::tr("Remove the description."));
    }
}

void checkModelCursor(const ModelDefinition& model, DefinitionFindings& findings)
{
    if (model.parameters.count("since") != 0)
        findings.error("project.parameter.since", "/parameters/since",
                       Text::tr("\"since\" is the cursor's own parameter."),
                       Text::tr("Rename the parameter."));
    const bool mentioned = model.sql.find(":since") != std::string::npos;
    if (!model.cursor && mentioned)
        findings.error("project.cursor.missing", "",
                       Text::tr("The query uses :since, but the model has no cursor."),
                       Text::tr("Add \"cursor\", or remove :since from the query."));
}

} // namespace

void checkModel(const Project& project, const ModelDefinition& model,
                const ValidationKnowledge& knowledge, Issues& into)
{
    DefinitionFindings findings("models/" + model.slug + ".json", into);
    if (!project.source(model.source))
        findings.error(
            "project.source.unknown", "/source",
            Text::tr("There is no source \"%1\".").arg(toQString(model.source)),
            Text::tr("Add sources/%1.json or name another source.").arg(toQString(model.source)));
    if (model.rowKey.empty())
        findings.error("project.row_key.missing", "/rowKey",
                       Text::tr("The model does not say which columns tell its rows apart, so a "
                                "repeated row could not be noticed."),
                       Text::tr("Add \"rowKey\"."));
    if (!model.zone.empty() &&
        !QTimeZone::isTimeZoneIdAvailable(QByteArray::fromStdString(model.zone)))
        findings.error("project.zone.unknown", "/zone",
                       Text::tr("The time zone \"%1\" is not known.").arg(toQString(model.zone)),
                       Text::tr("Write an IANA name, as in Europe/Berlin or UTC."));
    checkModelCursor(model, findings);
    const auto schema = knowledge.columns.find(model.slug);
    if (schema != knowledge.columns.end())
        checkModelColumns(model, schema->second, findings);
}

} // namespace headgate::project
