// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/sync_reader.h"

#include "base/text.h"
#include "data/canonical_key.h"
#include "service/cursor_text.h"
#include "service/held_rows.h"
#include "service/zoned_rows.h"
#include "shape/date_time.h"

namespace headgate::service {

SyncReader::SyncReader(SyncReaderOptions options, secrets::SecretStore& secrets, StopToken stop)
    : m_options(std::move(options)), m_reads(m_options.project, m_options.target,
                                             m_options.projectDirectory, secrets, std::move(stop))
{}

SyncReader::~SyncReader() = default;

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
    const ModelRead all = main;
    HEADGATE_TRY(limitToNews(main, models));
    const auto open = [](const ModelRead& read) { return [read] { return read.open(); }; };
    if (m_options.since.empty() || m_options.heldKeys.empty())
        return open(main);
    std::vector<std::size_t> positions;
    std::vector<data::ValueKind> kinds;
    const data::Schema shaped = main.shapedSchema();
    for (const std::string& key : models.recordKey) {
        const auto position = main.schema.indexOf(key);
        if (!position)
            return open(main);
        positions.push_back(*position);
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
        if (valid && canonical.insert(std::move(form)).second)
            keys.push_back(std::move(*values));
    }
    if (keys.empty())
        return open(main);
    const ModelRead held = all.ofKeys(positions, std::move(keys));
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
    auto sync = m_reads.prepareSync(m_options.sync);
    if (!sync)
        return propagate(std::move(sync));
    const shape::ShapeModels& models = sync->models;
    for (const shape::RelatedModel& related : models.related)
        m_relatedNames.push_back(related.name);
    auto openRows = openMain(std::move(sync->reads.front()), models);
    if (!openRows)
        return propagate(std::move(openRows));
    auto options = recordOptions(models);
    if (!options)
        return propagate(std::move(options));
    std::vector<shape::OpenRows> rows = {std::move(*openRows)};
    for (std::size_t i = 1; i < sync->reads.size(); ++i)
        rows.push_back([read = std::move(sync->reads[i])] { return read.open(); });
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

} // namespace headgate::service
