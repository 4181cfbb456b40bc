// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "service/cursor_text.h"
#include "service/first_rows.h"
#include "service/local_workspace.h"
#include "service/sync_reader.h"
#include "service/zoned_rows.h"
#include "shape/date_time.h"

namespace headgate::service {

namespace {

using data::RowStream;
using project::ModelDefinition;
using warehouse::Source;

constexpr std::uint64_t mostRepeatedKeys = 5;

/// Its own, and no value for a cursor: a preview begins at the beginning.
std::map<std::string, data::Value> parametersOf(const ModelDefinition& model)
{
    std::map<std::string, data::Value> parameters = model.parameters;
    if (mentionsSince(model.sql))
        parameters.try_emplace("since");
    return parameters;
}

Result<std::unique_ptr<RowStream>> inZone(std::unique_ptr<RowStream> rows, const std::string& name)
{
    if (name.empty())
        return rows;
    auto zone = shape::zoneNamed(name);
    if (!zone)
        return propagate(std::move(zone));
    return std::make_unique<ZonedRows>(std::move(rows), *zone);
}

std::uint64_t countAt(const Rows& rows, std::size_t column)
{
    return toQString(rows.block.at(0, column).text).toULongLong();
}

/// The statements that count how often a row key repeats.
class RowKeyQueries
{
public:
    RowKeyQueries(Source& source, const ModelDefinition& model)
        : m_source(source), m_parameters(parametersOf(model)),
          m_from(" from (" + statementOf(model, source) + "\n) hg_model")
    {
        for (const std::string& column : model.rowKey) {
            const std::string name = source.quoted(column);
            m_columns += (m_columns.empty() ? "" : ", ") + name;
            m_null += (m_null.empty() ? "" : " or ") + name + " is null";
        }
    }

    Result<RowKeyCheck> run()
    {
        RowKeyCheck check;
        const auto all =
            ask("select count(*), count(case when " + m_null + " then 1 end)" + m_from, 1);
        if (!all)
            return Failure(all.error());
        check.rows = countAt(*all, 0);
        check.withoutKey = countAt(*all, 1);
        const std::string grouped =
            m_from + " where not (" + m_null + ") group by " + m_columns + " having count(*) > 1";
        const auto repeated = ask("select count(*), sum(hg_rows) from (select count(*) as hg_rows" +
                                      grouped + ") hg_repeated",
                                  1);
        if (!repeated)
            return Failure(repeated.error());
        check.repeatedKeys = countAt(*repeated, 0);
        check.repeatingRows = countAt(*repeated, 1);
        if (check.repeatedKeys == 0)
            return check;
        const auto examples = ask("select " + m_columns + ", count(*) as hg_rows" + grouped +
                                      " order by count(*) desc",
                                  mostRepeatedKeys);
        if (!examples)
            return Failure(examples.error());
        for (std::size_t row = 0; row < examples->block.rowCount(); ++row)
            check.examples.push_back(repeatedAt(*examples, row));
        return check;
    }

private:
    [[nodiscard]] Result<Rows> ask(const std::string& sql, std::uint64_t rows)
    {
        auto stream = m_source.query(sql, m_parameters, rows);
        if (!stream)
            return propagate(std::move(stream));
        return readFirst(**stream, rows);
    }
    static RowKeyCheck::Repeated repeatedAt(const Rows& rows, std::size_t row)
    {
        RowKeyCheck::Repeated repeated;
        const std::size_t last = rows.block.columnCount() - 1;
        for (std::size_t column = 0; column < last; ++column)
            repeated.key.emplace_back(rows.block.at(row, column));
        repeated.rows = toQString(rows.block.at(row, last).text).toULongLong();
        return repeated;
    }

    Source& m_source;
    std::map<std::string, data::Value> m_parameters;
    std::string m_from;
    std::string m_columns;
    std::string m_null;
};

} // namespace

Result<Rows> LocalWorkspace::previewModel(const std::string& slug, std::uint64_t rows,
                                          const StopToken& stop)
{
    const ModelDefinition* model = m_project.model(slug);
    if (!model)
        return fail(ErrorKind::Usage, "model.unknown",
                    Text::tr("There is no model '%1' in this project.").arg(toQString(slug)));
    const project::SourceDefinition* const source = m_project.source(model->source);
    if (!source)
        return fail(
            ErrorKind::Usage, "source.unknown",
            Text::tr("There is no source '%1' in this project.").arg(toQString(model->source)));
    return previewQuery(*source, *model, rows, stop);
}

Result<Rows> LocalWorkspace::previewQuery(const project::SourceDefinition& at,
                                          const ModelDefinition& draft, std::uint64_t rows,
                                          const StopToken& stop)
{
    auto source = opened(at, stop);
    if (!source)
        return propagate(std::move(source));
    const StopCallback cancel(stop, [&] { (*source)->cancel(); });
    auto stream = (*source)->query(statementOf(draft, **source), parametersOf(draft), rows + 1);
    if (!stream)
        return propagate(std::move(stream));
    auto zoned = inZone(*std::move(stream), draft.zone);
    if (!zoned)
        return propagate(std::move(zoned));
    return readFirst(**zoned, rows);
}

Result<RowKeyCheck> LocalWorkspace::checkRowKey(const project::SourceDefinition& at,
                                                const ModelDefinition& draft, const StopToken& stop)
{
    if (draft.rowKey.empty())
        return fail(ErrorKind::Config, "model.key.empty",
                    Text::tr("The model has no row key. Choose the columns that tell its rows "
                             "apart."));
    auto source = opened(at, stop);
    if (!source)
        return propagate(std::move(source));
    const StopCallback cancel(stop, [&] { (*source)->cancel(); });
    HEADGATE_TRY((*source)->beginSnapshot());
    return RowKeyQueries(**source, draft).run();
}

Result<data::Schema> LocalWorkspace::columns(const project::SourceDefinition& at,
                                             const warehouse::TableInfo& table,
                                             const StopToken& stop)
{
    auto source = opened(at, stop);
    if (!source)
        return propagate(std::move(source));
    const StopCallback cancel(stop, [&] { (*source)->cancel(); });
    return (*source)->columns(table);
}

Result<std::vector<std::string>> LocalWorkspace::primaryKey(const project::SourceDefinition& at,
                                                            const warehouse::TableInfo& table,
                                                            const StopToken& stop)
{
    auto source = opened(at, stop);
    if (!source)
        return propagate(std::move(source));
    const StopCallback cancel(stop, [&] { (*source)->cancel(); });
    return (*source)->primaryKey(table);
}

} // namespace headgate::service
