// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/copied_sql.h"

#include "base/text.h"
#include "service/cursor_text.h"
#include "warehouse/sql_text.h"
#include "warehouse/warehouse_spec.h"

#include <optional>

namespace headgate::service {

namespace {

shape::ShapeSql unsaid(const QString& why)
{
    return {{}, {{0, {}, why}}};
}

std::optional<shape::SqlDialect> dialectOf(const std::string& warehouse)
{
    if (warehouse == "postgresql")
        return shape::SqlDialect::Postgres;
    if (warehouse == "mariadb")
        return shape::SqlDialect::MariaDb;
    if (warehouse == "sqlite")
        return shape::SqlDialect::Sqlite;
    return std::nullopt;
}

/// Why the others are not among them.
QString whyNot(const warehouse::WarehouseSpec& spec)
{
    if (spec.id == "mysql")
        return Text::tr("SQL cannot say this: MySQL makes JSON lists without an order.");
    if (spec.id == "redshift" || spec.id == "sqlserver")
        return Text::tr("SQL cannot say this: %1 does not gather rows into JSON.")
            .arg(toQString(spec.name));
    return Text::tr("The shape is not written in the SQL of %1.").arg(toQString(spec.name));
}

std::string statementText(const project::ModelDefinition& model,
                          const warehouse::WarehouseSpec& spec)
{
    if (!model.table) {
        const auto scanned = warehouse::scanSql(model.sql, {});
        return scanned ? scanned->text : model.sql;
    }
    const std::string name = spec.quoted(model.table->name);
    return "SELECT * FROM " +
           (model.table->schema.empty() ? name : spec.quoted(model.table->schema) + '.' + name);
}

Failure unknownModel(const std::string& slug)
{
    return fail(ErrorKind::Config, "sync.model",
                Text::tr("The model '%1' is not defined.").arg(toQString(slug)));
}

} // namespace

Result<shape::ShapeSql> copiedSql(const project::Project& project, const std::string& slug,
                                  const RecordSample& sample)
{
    const project::SyncDefinition* sync = project.sync(slug);
    if (!sync)
        return fail(ErrorKind::Usage, "sync.unknown",
                    Text::tr("There is no sync '%1' in this project.").arg(toQString(slug)));
    if (!sync->shape)
        return fail(ErrorKind::Config, "sync.unshaped",
                    Text::tr("The sync '%1' has no shape yet.").arg(toQString(slug)));
    std::vector<std::string> slugs{sync->model};
    for (const project::RelatedModel& related : sync->related)
        slugs.push_back(related.model);
    shape::SqlModels models{sample.models, {}, sync->filter};
    std::optional<warehouse::WarehouseSpec> spec;
    std::string source;
    bool asks = false;
    for (const std::string& name : slugs) {
        const project::ModelDefinition* model = project.model(name);
        if (!model)
            return unknownModel(name);
        if (spec && model->source != source)
            return unsaid(Text::tr("SQL cannot say this: its models are of several sources."));
        source = model->source;
        const project::SourceDefinition* definition = project.source(source);
        if (!definition)
            return fail(ErrorKind::Config, "model.source",
                        Text::tr("The model '%1' reads from the source '%2', which is not defined.")
                            .arg(toQString(name), toQString(source)));
        auto loaded = warehouse::loadWarehouseSpec(definition->warehouse);
        if (!loaded)
            return propagate(std::move(loaded));
        spec = std::move(*loaded);
        models.sources.push_back({statementText(*model, *spec), model->zone});
        asks = asks || !model->parameters.empty() || mentionsSince(models.sources.back().statement);
    }
    const auto dialect = dialectOf(spec->id);
    if (!dialect)
        return unsaid(whyNot(*spec));
    auto written = shape::sqlOf(*sync->shape, models, *dialect);
    if (written && asks)
        written->notes.push_back(
            {0, {}, Text::tr("The queries have parameters (:name): put their values in.")});
    return written;
}

} // namespace headgate::service
