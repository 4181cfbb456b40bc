// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/model_reads.h"

#include "base/text.h"
#include "service/cursor_text.h"
#include "service/held_rows.h"
#include "service/zoned_rows.h"
#include "shape/date_time.h"
#include "warehouse/sql_text.h"

namespace headgate::service {

namespace {

/// A related model of the main model, as the shape knows it.
shape::RelatedModel relatedModel(const project::RelatedModel& definition,
                                 const project::ModelDefinition& model, const data::Schema& schema)
{
    shape::RelatedModel related;
    related.name = definition.name;
    related.schema = schema;
    related.toOne = definition.kind == project::RelatedKind::ToOne;
    related.eventTime = model.eventTime;
    for (const project::JoinColumns& join : definition.join) {
        related.mainColumns.push_back(join.left);
        related.columns.push_back(join.right);
    }
    return related;
}

} // namespace

Result<std::unique_ptr<warehouse::Source>> openSource(const project::SourceDefinition& source,
                                                      const std::string& target,
                                                      const std::string& projectDirectory,
                                                      secrets::SecretStore& secrets,
                                                      const StopToken& stop)
{
    const project::AccountSettings settings = source.settings.resolved(target);
    warehouse::SourceOptions options;
    options.warehouse = source.warehouse;
    options.fields = settings.fields;
    options.baseDirectory = projectDirectory;
    const QString where = Text::tr("source '%1'").arg(toQString(source.slug));
    for (const auto& [field, text] : settings.secrets) {
        const auto ref = secrets::SecretRef::parse(text);
        if (!ref)
            return Failure(ref.error().within(where));
        auto secret = secrets.read(*ref);
        if (!secret)
            return propagate(std::move(secret), where);
        options.secrets.emplace(field, std::move(*secret));
    }
    auto opened = warehouse::Source::open(options, stop);
    if (!opened)
        return propagate(std::move(opened), where);
    return opened;
}

std::string statementOf(const project::ModelDefinition& model, const warehouse::Source& source)
{
    if (!model.table) {
        const auto scanned = warehouse::scanSql(model.sql, {});
        return scanned ? scanned->text : model.sql;
    }
    const std::string name = source.quoted(model.table->name);
    return "select * from " +
           (model.table->schema.empty() ? name : source.quoted(model.table->schema) + '.' + name);
}

data::Schema ModelRead::shapedSchema() const
{
    return zone ? zonedSchema(schema) : schema;
}

Result<std::unique_ptr<data::RowStream>> ModelRead::open(std::uint64_t rowLimit) const
{
    auto rows = source->query(sql, parameters, rowLimit);
    if (!rows || !zone)
        return rows;
    return std::make_unique<ZonedRows>(std::move(*rows), *zone);
}

ModelRead ModelRead::ofKeys(const std::vector<std::size_t>& columns,
                            std::vector<std::vector<data::Value>> keys) const
{
    std::vector<HeldColumn> held;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const data::Column& column = schema.columns[columns[i]];
        held.push_back({source->quoted(column.name), column.kind});
        if (column.kind == data::ValueKind::Timestamp && zone)
            for (std::vector<data::Value>& key : keys)
                key[i] = withoutZone(key[i], *zone);
    }
    ModelRead read = *this;
    HeldCondition condition = heldCondition(held, keys);
    read.sql = "select * from (" + read.sql + "\n) hg_held where " + condition.sql;
    read.parameters.merge(condition.parameters);
    return read;
}

ModelReads::ModelReads(const project::Project& project, std::string target,
                       std::string projectDirectory, secrets::SecretStore& secrets, StopToken stop)
    : m_project(project), m_target(std::move(target)),
      m_projectDirectory(std::move(projectDirectory)), m_secrets(secrets), m_stop(std::move(stop))
{}

Result<warehouse::Source*> ModelReads::sourceOf(const project::ModelDefinition& model)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_sources.find(model.source); known != m_sources.end())
            return known->second.get();
    }
    const project::SourceDefinition* definition = m_project.source(model.source);
    if (!definition)
        return fail(ErrorKind::Config, "model.source",
                    Text::tr("The model '%1' reads from the source '%2', which is not defined.")
                        .arg(toQString(model.slug), toQString(model.source)));
    auto source = openSource(*definition, m_target, m_projectDirectory, m_secrets, m_stop);
    if (!source)
        return propagate(std::move(source));
    auto report = (*source)->test();
    if (!report)
        return propagate(std::move(report));
    if (!report->streams)
        m_notes.push_back(Text::tr("The driver of the source '%1' buffers whole results by itself: "
                                   "it held all rows in memory before the first one was read.")
                              .arg(toQString(model.source)));
    HEADGATE_TRY((*source)->beginSnapshot());
    const std::lock_guard lock(m_mutex);
    return m_sources.emplace(model.source, std::move(*source)).first->second.get();
}

Result<ModelRead> ModelReads::prepare(const std::string& slug)
{
    ModelRead read;
    read.model = m_project.model(slug);
    const QString where = Text::tr("model '%1'").arg(toQString(slug));
    if (!read.model)
        return fail(ErrorKind::Config, "sync.model",
                    Text::tr("The model '%1' is not defined.").arg(toQString(slug)));
    auto source = sourceOf(*read.model);
    if (!source)
        return propagate(std::move(source));
    read.source = *source;
    read.sql = statementOf(*read.model, *read.source);
    read.parameters = read.model->parameters;
    if (read.model->cursor && mentionsSince(read.sql) && !read.parameters.contains("since"))
        read.parameters["since"] = {};
    auto stream = read.source->query(read.sql, read.parameters, 1);
    if (!stream)
        return propagate(std::move(stream), where);
    read.schema = (*stream)->schema();
    if (read.model->zone.empty())
        return read;
    auto zone = shape::zoneNamed(read.model->zone);
    if (!zone)
        return propagate(std::move(zone), where);
    read.zone = *zone;
    return read;
}

Result<ModelReads::Sync> ModelReads::prepareSync(const project::SyncDefinition& definition)
{
    auto main = prepare(definition.model);
    if (!main)
        return propagate(std::move(main));
    Sync sync;
    sync.models.main = main->shapedSchema();
    sync.models.rowKey = main->model->rowKey;
    sync.models.recordKey =
        definition.recordKey.empty() ? sync.models.rowKey : definition.recordKey;
    sync.models.eventTime = main->model->eventTime;
    sync.reads.push_back(std::move(*main));
    for (const project::RelatedModel& related : definition.related) {
        auto read = prepare(related.model);
        if (!read)
            return propagate(std::move(read));
        sync.models.related.push_back(relatedModel(related, *read->model, read->shapedSchema()));
        sync.reads.push_back(std::move(*read));
    }
    return sync;
}

void ModelReads::cancel()
{
    const std::lock_guard lock(m_mutex);
    for (const auto& entry : m_sources)
        entry.second->cancel();
}

} // namespace headgate::service
