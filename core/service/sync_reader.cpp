// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/sync_reader.h"

#include "base/text.h"
#include "data/canonical_key.h"
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

SyncReader::SyncReader(SyncReaderOptions options, secrets::SecretStore& secrets, StopToken stop)
    : m_options(std::move(options)), m_secrets(secrets), m_stop(std::move(stop))
{}

SyncReader::~SyncReader() = default;

Result<warehouse::Source*> SyncReader::sourceOf(const project::ModelDefinition& model)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_sources.find(model.source); known != m_sources.end())
            return known->second.get();
    }
    const project::SourceDefinition* definition = m_options.project.source(model.source);
    if (!definition)
        return fail(ErrorKind::Config, "model.source",
                    Text::tr("The model '%1' reads from the source '%2', which is not defined.")
                        .arg(toQString(model.slug), toQString(model.source)));
    auto source =
        openSource(*definition, m_options.target, m_options.projectDirectory, m_secrets, m_stop);
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

Result<SyncReader::ModelRead> SyncReader::prepare(const std::string& slug)
{
    ModelRead read;
    read.model = m_options.project.model(slug);
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

data::Schema SyncReader::ModelRead::shapedSchema() const
{
    return zone ? zonedSchema(schema) : schema;
}

Result<std::unique_ptr<data::RowStream>> SyncReader::ModelRead::open() const
{
    auto rows = source->query(sql, parameters, 0);
    if (!rows || !zone)
        return rows;
    return std::make_unique<ZonedRows>(std::move(*rows), *zone);
}

/// By cursor: the news only; where a record has several rows, all rows of the keys that have news.
Result<void> SyncReader::limitToNews(ModelRead& main, const shape::ShapeModels& models) const
{
    if (m_options.since.empty() || !main.model->cursor)
        return {};
    const project::ModelCursor& cursor = *main.model->cursor;
    const auto column = main.schema.indexOf(cursor.column);
    if (!column)
        return fail(ErrorKind::Config, "model.cursor",
                    Text::tr("The cursor column '%1' is not in the model '%2'.")
                        .arg(toQString(cursor.column), toQString(main.model->slug)));
    const data::Value since =
        withLookback({main.shapedSchema().columns[*column].kind, m_options.since}, cursor.lookback);
    const bool naive = main.schema.columns[*column].kind == data::ValueKind::Timestamp;
    main.parameters["since"] = naive && main.zone ? withoutZone(since, *main.zone) : since;
    if (mentionsSince(main.sql))
        return {};
    const auto quoted = [&](const std::string& name) { return main.source->quoted(name); };
    const std::string news = "hg_news." + quoted(cursor.column) + " >= :since";
    if (models.isRowPerRecord()) {
        main.sql = "select * from (" + main.sql + "\n) hg_news where " + news;
        return {};
    }
    std::string same;
    for (const std::string& key : models.recordKey)
        same += " and hg_news." + quoted(key) + " = hg_rows." + quoted(key);
    main.sql = "select * from (" + main.sql + "\n) hg_rows where exists (select 1 from (" +
               main.sql + "\n) hg_news where " + news + same + ')';
    return {};
}

Result<shape::OpenRows> SyncReader::openMain(ModelRead main, const shape::ShapeModels& models) const
{
    ModelRead held = main;
    HEADGATE_TRY(limitToNews(main, models));
    const auto open = [](const ModelRead& read) { return [read] { return read.open(); }; };
    if (m_options.since.empty() || m_options.heldKeys.empty())
        return open(main);
    std::vector<std::size_t> positions;
    std::vector<std::string> columns;
    std::vector<data::ValueKind> kinds;
    const data::Schema shaped = main.shapedSchema();
    for (const std::string& key : models.recordKey) {
        const auto position = main.schema.indexOf(key);
        if (!position)
            return open(main);
        positions.push_back(*position);
        columns.push_back(main.source->quoted(key));
        kinds.push_back(shaped.columns[*position].kind);
    }
    std::vector<std::vector<data::Value>> keys;
    std::set<std::string> canonical;
    for (const std::string& text : m_options.heldKeys) {
        auto values = keyValues(text, kinds);
        if (!values)
            continue;
        std::string form;
        bool valid = true;
        for (const data::Value& value : *values)
            valid = valid && data::appendCanonical(form, value.view());
        if (!valid || !canonical.insert(std::move(form)).second)
            continue;
        for (std::size_t i = 0; i < values->size(); ++i)
            if (main.schema.columns[positions[i]].kind != kinds[i])
                (*values)[i] = withoutZone((*values)[i], *main.zone);
        keys.push_back(std::move(*values));
    }
    if (keys.empty())
        return open(main);
    HeldCondition condition = heldCondition(columns, keys);
    held.sql = "select * from (" + held.sql + "\n) hg_held where " + condition.sql;
    held.parameters.merge(condition.parameters);
    return [news = open(main), again = open(held), positions,
            canonical]() -> Result<std::unique_ptr<data::RowStream>> {
        auto stream = news();
        if (!stream)
            return stream;
        return std::make_unique<HeldRows>(std::move(*stream), again, positions, canonical);
    };
}

Result<shape::RecordOptions> SyncReader::recordOptions(const shape::ShapeModels& models) const
{
    const project::SyncDefinition& sync = m_options.sync;
    if (!sync.shape)
        return fail(ErrorKind::Config, "sync.unshaped",
                    Text::tr("The sync '%1' has no shape yet.").arg(toQString(sync.slug)));
    shape::RecordOptions options;
    options.filter = sync.filter;
    auto program = shape::ShapeProgram::compile(*sync.shape, models);
    if (!program)
        return propagate(std::move(program), Text::tr("sync '%1'").arg(toQString(sync.slug)));
    const project::ModelDefinition* model = m_options.project.model(sync.model);
    options.shape = *program;
    options.matchColumn = sync.matching.column;
    options.matchLeaf = sync.matching.leaf;
    options.eventTime = model->eventTime;
    if (model->cursor)
        options.cursor = model->cursor->column;
    options.keepRows = m_options.keepRows;
    options.temporaryDirectory = m_options.scratchDirectory;
    return options;
}

Result<std::unique_ptr<shape::RecordStream>> SyncReader::open()
{
    auto main = prepare(m_options.sync.model);
    if (!main)
        return propagate(std::move(main));
    shape::ShapeModels models;
    models.main = main->shapedSchema();
    models.rowKey = main->model->rowKey;
    models.recordKey = m_options.sync.recordKey.empty() ? models.rowKey : m_options.sync.recordKey;
    std::vector<ModelRead> reads;
    for (const project::RelatedModel& definition : m_options.sync.related) {
        auto read = prepare(definition.model);
        if (!read)
            return propagate(std::move(read));
        models.related.push_back(relatedModel(definition, *read->model, read->shapedSchema()));
        m_relatedNames.push_back(definition.name);
        reads.push_back(std::move(*read));
    }
    auto openRows = openMain(std::move(*main), models);
    if (!openRows)
        return propagate(std::move(openRows));
    auto options = recordOptions(models);
    if (!options)
        return propagate(std::move(options));
    std::vector<shape::OpenRows> rows = {std::move(*openRows)};
    for (ModelRead& read : reads)
        rows.push_back([read = std::move(read)] { return read.open(); });
    auto builder = shape::RecordBuilder::create(*options, std::move(rows));
    if (!builder)
        return propagate(std::move(builder));
    m_builder = builder->get();
    return std::unique_ptr<shape::RecordStream>(std::move(*builder));
}

std::map<std::string, std::uint64_t> SyncReader::relatedRows() const
{
    std::map<std::string, std::uint64_t> rows;
    for (std::size_t i = 0; m_builder && i < m_relatedNames.size(); ++i)
        rows[m_relatedNames[i]] = m_builder->relatedRowsRead(i);
    return rows;
}

void SyncReader::cancel()
{
    const std::lock_guard lock(m_mutex);
    for (const auto& entry : m_sources)
        entry.second->cancel();
}

} // namespace headgate::service
