// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/sql_rows.h"

#include "base/text.h"
#include "shape/sql_condition.h"

#include <algorithm>

namespace headgate::shape {

using data::ValueKind;

std::string joined(const SqlNames& parts, const std::string& between)
{
    std::string all;
    for (const std::string& part : parts)
        all += (all.empty() ? "" : between) + part;
    return all;
}

SqlNames prefixed(const std::string& alias, const SqlNames& names)
{
    SqlNames all;
    for (const std::string& name : names)
        all.push_back(alias + '.' + name);
    return all;
}

SqlRowWriter::SqlRowWriter(const Shape& shape, const ShapeProgram& program, const SqlModels& models,
                           SqlDialect dialect)
    : m_shape(shape), m_program(program), m_models(models),
      m_words(dialect, [this](const QString& why) { note(why); }), m_leaf(m_words)
{}

void SqlRowWriter::note(const QString& why)
{
    const ShapeProgram::Op* op = m_op ? &m_program.ops[*m_op] : nullptr;
    SqlNote said{op ? op->id : 0, op ? op->path : std::string(), why};
    if (std::find(m_notes.begin(), m_notes.end(), said) == m_notes.end())
        m_notes.push_back(std::move(said));
}

const Node& SqlRowWriter::nodeOf(std::size_t op) const
{
    return *m_shape.find(m_program.ops[op].id);
}

ValueKind SqlRowWriter::columnKind(std::size_t model, const std::string& name) const
{
    const data::Schema& schema = m_program.schemaOf(model);
    return schema.columns[schema.indexOf(name).value_or(0)].kind;
}

SqlValue SqlRowWriter::column(const std::string& alias, std::size_t model, std::size_t index) const
{
    const data::Schema& schema = m_program.schemaOf(model);
    return m_words.column(alias, schema.columns[index], schema.columns[index].name,
                          m_models.sources[model].zone);
}

SqlValue SqlRowWriter::named(const std::string& alias, std::size_t model,
                             const std::string& name) const
{
    return column(alias, model, m_program.schemaOf(model).indexOf(name).value_or(0));
}

std::string SqlRowWriter::condition(const Condition& condition, const std::string& alias,
                                    std::size_t model) const
{
    return sqlCondition(m_words, condition,
                        [&](const std::string& name) { return named(alias, model, name); });
}

std::string SqlRowWriter::freshName(const char* what)
{
    return "hg_" + std::string(what) + '_' + std::to_string(++m_count);
}

void SqlRowWriter::add(const std::string& relation, const std::string& query)
{
    m_parts.push_back(relation + " AS (\n" + query + "\n)");
}

SqlScope SqlRowWriter::recordScope()
{
    SqlRows rows{"hg_main", {}, 0, m_program.models.isRowPerRecord()};
    std::string keys;
    std::string notNull;
    for (const std::string& name : m_program.models.recordKey) {
        const SqlValue key = named("m", 0, name);
        rows.keys.push_back("hg_k" + std::to_string(rows.keys.size() + 1));
        keys += ", " + m_words.exact(key) + " AS " + rows.keys.back();
        notNull += (notNull.empty() ? "" : " AND ") + key.text + " IS NOT NULL";
    }
    const std::string filter = condition(m_models.filter, "m", 0);
    const bool filtersRows = rows.single && !filter.empty();
    add("hg_main", "  SELECT m.*" + keys + "\n  FROM (\n" + m_models.sources[0].statement +
                       "\n  ) AS m\n  WHERE " + notNull +
                       (filtersRows ? " AND " + filter : std::string()));
    if (!rows.single)
        add("hg_records", "  SELECT DISTINCT " + joined(rows.keys, ", ") + "\n  FROM hg_main AS m" +
                              (filter.empty() ? "" : "\n  WHERE " + filter));
    return {rows, rows};
}

const std::string& SqlRowWriter::relatedModel(std::size_t model)
{
    std::string& relation = m_related[model];
    if (relation.empty()) {
        relation = "hg_model_" + std::to_string(model);
        add(relation, "  SELECT *\n  FROM (\n" + m_models.sources[model].statement + "\n  ) AS r");
    }
    return relation;
}

/// The rows of a related model that join the scope's main rows, each once.
SqlRows SqlRowWriter::relatedRows(const SqlRows& main, std::size_t model)
{
    SqlRows& rows = m_joined[{main.relation, model}];
    if (!rows.relation.empty())
        return rows;
    const RelatedModel& related = m_program.models.related[model - 1];
    std::string columns;
    SqlNames conditions;
    for (std::size_t i = 0; i < related.columns.size(); ++i) {
        SqlValue left = named("m", 0, related.mainColumns[i]);
        SqlValue right = named("r", model, related.columns[i]);
        const bool differ = left.kind != right.kind && !data::isNumber(left.kind);
        if (differ && m_words.dialect() == SqlDialect::Postgres) {
            left = {m_words.text(left), ValueKind::Text};
            right = {m_words.text(right), ValueKind::Text};
        }
        const std::string name = "hg_j" + std::to_string(i + 1);
        columns += ", " + m_words.exact(left) + " AS " + name;
        conditions.push_back(m_words.exact(right) + " = x." + name);
    }
    rows = {freshName("joined"), main.keys, model, false};
    add(rows.relation, "  SELECT " + joined(prefixed("x", rows.keys), ", ") +
                           ", r.*\n  FROM (SELECT DISTINCT " +
                           joined(prefixed("m", main.keys), ", ") + columns + " FROM " +
                           main.relation + " AS m) AS x\n  JOIN " + relatedModel(model) +
                           " AS r ON " + joined(conditions, " AND "));
    return rows;
}

std::string SqlRowWriter::orderOf(const ShapeProgram::RowOrder& order, const std::string& alias,
                                  std::size_t model, bool turned) const
{
    SqlNames terms;
    for (const ShapeProgram::SortColumn& key : order.keys)
        terms.push_back(m_words.orderTerm(m_words.ordered(column(alias, model, key.column)),
                                          key.descending != turned));
    for (const std::size_t tie : order.ties)
        terms.push_back(m_words.orderTerm(m_words.ordered(column(alias, model, tie)), turned));
    return joined(terms, ", ");
}

/// "(PARTITION BY ... ORDER BY ...)"
std::string SqlRowWriter::windowOf(const SqlNames& partition, const std::string& order)
{
    return "(PARTITION BY " + joined(partition, ", ") +
           (order.empty() ? "" : " ORDER BY " + order) + ')';
}

/// Rows of the elements, numbered hg_nN within the keys of what is around them.
SqlScope SqlRowWriter::elements(std::size_t op, const SqlRows& from, const SqlScope& scope)
{
    const ShapeProgram::List& list = m_program.lists[m_program.ops[op].detail];
    const std::string number = std::to_string(++m_count);
    const std::string position = "hg_n" + number;
    std::string query =
        list.groupBy.empty() ? numberedRows(op, from, number) : numberedGroups(op, from, number);
    if (list.limit)
        query = "  SELECT *\n  FROM (\n" + query + "\n  ) AS l\n  WHERE l." + position +
                " <= " + std::to_string(*list.limit);
    if (list.form == ListForm::DictionaryByKey)
        query = withoutRepeatedKeys(op, from, query, number);
    SqlRows rows{"hg_rows_" + number, from.keys, list.model, list.groupBy.empty()};
    rows.keys.push_back(position);
    add(rows.relation, query);
    return {rows, list.model == 0 ? rows : scope.main};
}

std::string SqlRowWriter::whereOf(std::size_t op) const
{
    const ShapeProgram::List& list = m_program.lists[m_program.ops[op].detail];
    std::string where = condition(nodeOf(op).list.where, "s", list.model);
    SqlNames nulls;
    for (const std::size_t item : list.itemColumns)
        nulls.push_back(column("s", list.model, item).text + " IS NULL");
    if (!nulls.empty())
        where += (where.empty() ? "NOT (" : " AND NOT (") + joined(nulls, " AND ") + ')';
    return where.empty() ? where : "\n    WHERE " + where;
}

std::string SqlRowWriter::listOrder(std::size_t op, const std::string& alias, bool turned)
{
    const ShapeProgram::List& list = m_program.lists[m_program.ops[op].detail];
    if (list.inQueryOrder) {
        note(Text::tr("Rows have no order of the query in SQL."));
        return {};
    }
    return orderOf(list.order, alias, list.model, turned);
}

std::string SqlRowWriter::numberedRows(std::size_t op, const SqlRows& from,
                                       const std::string& number)
{
    const ShapeProgram::List& list = m_program.lists[m_program.ops[op].detail];
    const SqlNames keys = prefixed("s", from.keys);
    const std::string source = "    FROM " + from.relation + " AS s" + whereOf(op);
    const std::string numbered =
        "row_number() OVER " + windowOf(keys, listOrder(op, "s", false)) + " AS ";
    if (list.distinct.empty())
        return "    SELECT s.*, " + numbered + "hg_n" + number + '\n' + source;
    SqlNames same = keys;
    for (const std::size_t distinct : list.distinct)
        same.push_back(m_words.exact(column("s", list.model, distinct)));
    const std::string first = "hg_d" + number;
    return "    SELECT s.*, " + numbered + "hg_n" + number +
           "\n    FROM (\n      SELECT s.*, row_number() OVER " +
           windowOf(same, listOrder(op, "s", false)) + " AS " + first + "\n  " + source +
           "\n    ) AS s\n    WHERE s." + first + " = 1";
}

std::string SqlRowWriter::numberedGroups(std::size_t op, const SqlRows& from,
                                         const std::string& number)
{
    const ShapeProgram::List& list = m_program.lists[m_program.ops[op].detail];
    SqlNames group = prefixed("s", from.keys);
    for (const std::size_t column : list.groupBy)
        group.push_back(m_words.exact(this->column("s", list.model, column)));
    std::string columns;
    SqlNames terms;
    const auto sortBy = [&](std::size_t index, bool descending) {
        const std::string name = "hg_s" + number + '_' + std::to_string(terms.size() + 1);
        columns += ", min(" + m_words.ordered(column("s", list.model, index)) + ") OVER " +
                   windowOf(group, {}) + " AS " + name;
        terms.push_back(m_words.orderTerm("s." + name, descending));
    };
    for (const ShapeProgram::SortColumn& key : list.order.keys)
        sortBy(key.column, key.descending);
    for (const std::size_t tie : list.order.ties)
        sortBy(tie, false);
    if (list.inQueryOrder)
        note(Text::tr("Rows have no order of the query in SQL."));
    return "    SELECT s.*, dense_rank() OVER " +
           windowOf(prefixed("s", from.keys), joined(terms, ", ")) + " AS hg_n" + number +
           "\n    FROM (\n      SELECT s.*" + columns + "\n      FROM " + from.relation + " AS s" +
           whereOf(op) + "\n    ) AS s";
}

/// Rows of one key say the same, or the last one counts.
std::string SqlRowWriter::withoutRepeatedKeys(std::size_t op, const SqlRows& from,
                                              const std::string& query, const std::string& number)
{
    const ShapeProgram::List& list = m_program.lists[m_program.ops[op].detail];
    const bool last = list.repeated == RepeatedKeys::LastBySort;
    if (!list.groupBy.empty()) {
        if (last)
            note(Text::tr("Of groups with one key SQL does not take the last."));
        return query;
    }
    SqlNames same = prefixed("k", from.keys);
    same.push_back(
        m_words.exact({m_leaf.keyText(nodeOf(op).list.key, keyCells(list, "k")), ValueKind::Text}));
    const std::string order =
        last && !list.inQueryOrder ? listOrder(op, "k", true) : "k.hg_n" + number;
    const std::string first = "hg_u" + number;
    return "  SELECT *\n  FROM (\n  SELECT k.*, row_number() OVER " + windowOf(same, order) +
           " AS " + first + "\n  FROM (\n" + query + "\n  ) AS k\n  ) AS u\n  WHERE u." + first +
           " = 1";
}

std::vector<SqlValue> SqlRowWriter::keyCells(const ShapeProgram::List& list,
                                             const std::string& alias) const
{
    std::vector<SqlValue> cells;
    for (const std::size_t cell : list.keyCells)
        cells.push_back(column(alias, list.model, cell));
    return cells;
}

} // namespace headgate::shape
