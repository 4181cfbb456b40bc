// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_sql.h"

#include "base/text.h"
#include "data/json_text.h"
#include "shape/shape_program.h"
#include "shape/sql_rows.h"

#include <algorithm>
#include <map>
#include <set>

namespace headgate::shape {

using data::ValueKind;

namespace {

/// A query with one row for each element of a scope: alias e, and what it joins. The values that
/// are aggregated over a scope's rows are collected while its nodes are written.
struct SqlFrame
{
    struct Values
    {
        SqlRows rows;
        std::string relation;
        std::string alias;
        SqlNames columns;
    };
    std::string base;
    std::string joins;
    std::map<std::string, Values> values; ///< by relation
};

class SqlShapeWriter
{
public:
    SqlShapeWriter(const Shape& shape, const ShapeProgram& program, const SqlModels& models,
                   SqlDialect dialect)
        : m_program(program), m_rows(shape, program, models, dialect), m_words(m_rows.words())
    {}

    ShapeSql write()
    {
        SqlScope scope = m_rows.recordScope();
        SqlFrame frame{scope.rows.single ? scope.rows.relation : "hg_records", {}, {}};
        const std::string payload = object(0, scope, frame).json;
        finish(frame);
        std::string keys;
        const SqlNames& recordKey = m_program.models.recordKey;
        for (std::size_t i = 0; i < recordKey.size(); ++i) {
            std::string key = "e." + scope.rows.keys[i];
            if (m_words.dialect() == SqlDialect::MariaDb &&
                m_rows.columnKind(0, recordKey[i]) == ValueKind::Text)
                key = "CONVERT(" + key + " USING utf8mb4)";
            keys += "  " + key + " AS " + m_words.quoted(recordKey[i]) + ",\n";
        }
        ShapeSql written;
        for (const std::string& part : m_rows.parts())
            written.sql += (written.sql.empty() ? "WITH " : ",\n") + part;
        written.sql += "\nSELECT\n" + keys + "  " + payload + " AS payload\nFROM " + frame.base +
                       " AS e" + frame.joins + '\n';
        written.notes = m_rows.takeNotes();
        return written;
    }

private:
    // Values.

    [[nodiscard]] static std::string joinOn(const std::string& relation, const std::string& alias,
                                            const SqlNames& keys)
    {
        SqlNames conditions;
        for (const std::string& key : keys)
            conditions.push_back(alias + '.' + key + " = e." + key);
        return "\n  LEFT JOIN " + relation + " AS " + alias + " ON " + joined(conditions, " AND ");
    }

    SqlFrame::Values& valuesOf(const SqlRows& rows, SqlFrame& frame)
    {
        SqlFrame::Values& values = frame.values[rows.relation];
        if (values.relation.empty()) {
            values.rows = rows;
            values.relation = m_rows.freshName("values");
            values.alias = 'v' + m_rows.lastNumber();
            frame.joins += joinOn(values.relation, values.alias, rows.keys);
        }
        return values;
    }

    /// A value that is aggregated over the rows; `s` is their alias.
    SqlValue aggregated(const SqlRows& rows, const std::string& expression, ValueKind kind,
                        SqlFrame& frame)
    {
        SqlFrame::Values& values = valuesOf(rows, frame);
        auto known = std::find(values.columns.begin(), values.columns.end(), expression);
        if (known == values.columns.end())
            known = values.columns.insert(values.columns.end(), expression);
        return {values.alias + ".c" + std::to_string(known - values.columns.begin() + 1), kind};
    }

    void finish(SqlFrame& frame)
    {
        for (const auto& [relation, values] : frame.values) {
            std::string columns = joined(prefixed("s", values.rows.keys), ", ");
            for (std::size_t i = 0; i < values.columns.size(); ++i)
                columns += ",\n    " + values.columns[i] + " AS c" + std::to_string(i + 1);
            m_rows.add(values.relation, "  SELECT " + columns + "\n  FROM " + relation +
                                            " AS s\n  GROUP BY " +
                                            joined(prefixed("s", values.rows.keys), ", "));
        }
    }

    std::vector<SqlValue> cellsOf(std::size_t op, const SqlRows& rows, const SqlScope& scope,
                                  SqlFrame& frame)
    {
        const ShapeProgram::Leaf& leaf = m_program.leaves[m_program.ops[op].detail];
        std::vector<SqlValue> cells;
        if (leaf.pick == Pick::First || leaf.pick == Pick::Last) {
            const std::string alias = picked(op, rows, frame);
            for (const std::size_t cell : leaf.cells)
                cells.push_back(m_rows.column(alias, leaf.model, cell));
            return cells;
        }
        const std::string where = m_rows.condition(m_rows.nodeOf(op).leaf.where, "s", leaf.model);
        if (leaf.pick != Pick::None)
            cells.push_back(summed(leaf, where, rows, frame));
        const bool isElement = rows.single && rows.relation == scope.rows.relation;
        for (std::size_t i = cells.size(); i < leaf.cells.size(); ++i) {
            if (isElement && leaf.pick == Pick::None) {
                cells.push_back(m_rows.column("e", leaf.model, leaf.cells[i]));
                continue;
            }
            SqlValue cell = m_rows.column("s", leaf.model, leaf.cells[i]);
            if (!where.empty())
                cell.text = "CASE WHEN " + where + " THEN " + cell.text + " END";
            cells.push_back(aggregated(rows, m_words.agreed(cell), cell.kind, frame));
        }
        return cells;
    }

    SqlValue summed(const ShapeProgram::Leaf& leaf, const std::string& where, const SqlRows& rows,
                    SqlFrame& frame)
    {
        const bool isCount = leaf.pick == Pick::Count;
        SqlValue cell{"1", ValueKind::Integer};
        if (leaf.cells.front() != ShapeProgram::noColumn)
            cell = m_rows.column("s", leaf.model, leaf.cells.front());
        ValueKind kind = cell.kind;
        if (leaf.pick == Pick::Sum &&
            (kind == ValueKind::Float ||
             (kind != ValueKind::Integer && m_words.dialect() == SqlDialect::Sqlite)))
            m_rows.note(Text::tr("SQL sums these up as floating-point numbers."));
        if ((leaf.pick == Pick::Min || leaf.pick == Pick::Max) && kind == ValueKind::Text) {
            cell.text = m_words.ordered(cell);
        } else if (!isCount && (kind == ValueKind::Bool || kind == ValueKind::Json ||
                                kind == ValueKind::Uuid || kind == ValueKind::Bytes)) {
            cell = {m_words.text(cell), ValueKind::Text};
            m_rows.note(Text::tr("Values of such a kind have no least or greatest one in SQL."));
        }
        if (!where.empty())
            cell.text = "CASE WHEN " + where + " THEN " + cell.text + " END";
        const char* const function = isCount                  ? "count("
                                     : leaf.pick == Pick::Sum ? "sum("
                                     : leaf.pick == Pick::Min ? "min("
                                                              : "max(";
        if (isCount)
            kind = ValueKind::Integer;
        SqlValue value = aggregated(rows, function + cell.text + ')', kind, frame);
        if (isCount)
            value.text = "coalesce(" + value.text + ", 0)";
        const bool wasBinary =
            m_words.dialect() == SqlDialect::MariaDb && kind == ValueKind::Text && !isCount;
        if (wasBinary)
            value.text = "CONVERT(" + value.text + " USING utf8mb4)";
        return value;
    }

    /// The alias of the one row of each element.
    std::string picked(std::size_t op, const SqlRows& rows, SqlFrame& frame)
    {
        const ShapeProgram::Leaf& leaf = m_program.leaves[m_program.ops[op].detail];
        const std::string where = m_rows.condition(m_rows.nodeOf(op).leaf.where, "s", leaf.model);
        const std::string order =
            m_rows.orderOf(leaf.order, "s", leaf.model, leaf.pick == Pick::Last);
        const std::string relation = m_rows.freshName("picked");
        const std::string alias = 'p' + m_rows.lastNumber();
        m_rows.add(relation, "  SELECT *\n  FROM (\n    SELECT s.*, row_number() OVER " +
                                 m_rows.windowOf(prefixed("s", rows.keys), order) +
                                 " AS hg_p\n    FROM " + rows.relation + " AS s" +
                                 (where.empty() ? "" : "\n    WHERE " + where) +
                                 "\n  ) AS t\n  WHERE t.hg_p = 1");
        frame.joins += joinOn(relation, alias, rows.keys);
        return alias;
    }

    // Nodes.

    SqlMember node(std::size_t op, const SqlScope& scope, SqlFrame& frame)
    {
        const auto before = m_rows.enter(op);
        SqlMember member;
        switch (m_program.ops[op].kind) {
        case NodeKind::Object:
            member = object(op, scope, frame);
            break;
        case NodeKind::List:
        case NodeKind::Map:
            member = list(op, scope, frame);
            break;
        case NodeKind::Column:
        case NodeKind::Constant:
        case NodeKind::Text:
        case NodeKind::Json:
            member = leaf(op, scope, frame);
            break;
        }
        m_rows.enter(before);
        member.name = m_rows.nodeOf(op).name;
        return member;
    }

    std::vector<SqlMember> members(std::size_t op, const SqlScope& scope, SqlFrame& frame)
    {
        std::vector<SqlMember> all;
        const std::size_t end = m_program.ops[op].end;
        for (std::size_t child = op + 1; child < end; child = m_program.ops[child].end)
            all.push_back(node(child, scope, frame));
        return all;
    }

    SqlMember object(std::size_t op, const SqlScope& scope, SqlFrame& frame)
    {
        const std::vector<SqlMember> all = members(op, scope, frame);
        SqlMember member{{}, m_words.object(all), {}};
        const WhenEmpty whenEmpty = m_program.ops[op].whenEmpty;
        const bool mayBeEmpty = std::all_of(
            all.begin(), all.end(), [](const SqlMember& one) { return !one.missing.empty(); });
        if (whenEmpty == WhenEmpty::Send || !mayBeEmpty)
            return member;
        SqlNames missing;
        for (const SqlMember& one : all)
            missing.push_back('(' + one.missing + ')');
        const std::string empty = missing.empty() ? "1 = 1" : joined(missing, " AND ");
        if (whenEmpty == WhenEmpty::LeaveOut)
            member.missing = empty;
        else
            member.json =
                m_words.embedded("CASE WHEN NOT (" + empty + ") THEN " + member.json + " END");
        return member;
    }

    SqlMember leaf(std::size_t op, const SqlScope& scope, SqlFrame& frame)
    {
        const ShapeProgram::Leaf& leaf = m_program.leaves[m_program.ops[op].detail];
        if (leaf.constant)
            return m_rows.leaf().member(m_rows.nodeOf(op), leaf, {});
        const SqlRows rows = leaf.isLookup ? m_rows.relatedRows(scope.main, leaf.model)
                             : leaf.model == scope.rows.model ? scope.rows
                                                              : scope.main;
        SqlMember member =
            m_rows.leaf().member(m_rows.nodeOf(op), leaf, cellsOf(op, rows, scope, frame));
        if (leaf.isLookup && leaf.pick == Pick::None && leaf.missing == Missing::LeaveOut) {
            const std::string none =
                valuesOf(rows, frame).alias + '.' + rows.keys.front() + " IS NULL";
            member.missing = member.missing.empty() ? none : none + " OR " + member.missing;
            member.nullWhenMissing = false;
        }
        return member;
    }

    // Lists.

    SqlMember list(std::size_t op, const SqlScope& scope, SqlFrame& outer)
    {
        const ShapeProgram::List& list = m_program.lists[m_program.ops[op].detail];
        const SqlRows from = list.isRelated ? m_rows.relatedRows(scope.main, list.model)
                             : list.model == scope.rows.model ? scope.rows
                                                              : scope.main;
        const SqlScope inner = m_rows.elements(op, from, scope);
        SqlFrame frame{inner.rows.relation, {}, {}};
        if (!inner.rows.single) {
            frame.base = m_rows.freshName("groups");
            m_rows.add(frame.base, "  SELECT DISTINCT " + joined(inner.rows.keys, ", ") +
                                       "\n  FROM " + inner.rows.relation);
        }
        const SqlNames keys = prefixed("e", from.keys);
        const std::string position = "e." + inner.rows.keys.back();
        const std::string window = "(PARTITION BY " + joined(keys, ", ") + " ORDER BY " + position +
                                   " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)";
        std::string where;
        const std::string json = aggregate(op, inner, frame, {position, window}, where);
        finish(frame);
        const std::string relation = m_rows.freshName("list");
        const std::string alias = 'l' + m_rows.lastNumber();
        const std::string all = joined(keys, ", ");
        const bool byWindow = m_words.aggregatesByWindow();
        m_rows.add(relation, std::string(byWindow ? "  SELECT DISTINCT " : "  SELECT ") + all +
                                 ",\n    " + json + " AS v\n  FROM " + frame.base + " AS e" +
                                 frame.joins + (where.empty() ? "" : "\n  WHERE " + where) +
                                 (byWindow ? "" : "\n  GROUP BY " + all));
        outer.joins += joinOn(relation, alias, from.keys);
        return whenEmpty(op, alias + ".v");
    }

    struct Ordering
    {
        std::string position;
        std::string window;
    };

    /// `where`: which elements there are.
    std::string aggregate(std::size_t op, const SqlScope& inner, SqlFrame& frame,
                          const Ordering& order, std::string& where)
    {
        const ShapeProgram::List& list = m_program.lists[m_program.ops[op].detail];
        const auto listOf = [&](const std::string& json) {
            return m_words.listOf(json, order.position, order.window);
        };
        switch (list.form) {
        case ListForm::Dictionaries:
            return listOf(m_words.object(members(op, inner, frame)));
        case ListForm::Values: {
            const SqlMember value = node(op + 1, inner, frame);
            if (!value.missing.empty())
                where = "NOT (" + value.missing + ')';
            return listOf(value.json);
        }
        case ListForm::DictionaryOfLists: {
            std::vector<SqlMember> lists = members(op, inner, frame);
            for (SqlMember& member : lists)
                member = {member.name, listOf(orNull(member)), {}, false};
            return m_words.object(lists);
        }
        case ListForm::DictionaryByKey:
            break;
        }
        std::vector<SqlValue> cells = m_rows.keyCells(list, "e");
        if (!inner.rows.single)
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const SqlValue cell = m_rows.column("s", list.model, list.keyCells[i]);
                cells[i] = aggregated(inner.rows, m_words.agreed(cell), cell.kind, frame);
            }
        const std::string json = list.isMap ? orNull(node(op + 1, inner, frame))
                                            : m_words.object(members(op, inner, frame));
        return m_words.objectOf(m_rows.leaf().keyText(m_rows.nodeOf(op).list.key, cells), json,
                                order.position, order.window);
    }

    /// What a policy would leave out stays in its place.
    [[nodiscard]] std::string orNull(const SqlMember& member) const
    {
        if (member.missing.empty() || member.nullWhenMissing)
            return member.json;
        return m_words.embedded("CASE WHEN NOT (" + member.missing + ") THEN " + member.json +
                                " END");
    }

    [[nodiscard]] SqlMember whenEmpty(std::size_t op, const std::string& value) const
    {
        const Node& node = m_rows.nodeOf(op);
        std::string empty = "[]";
        const ListForm form = m_program.lists[m_program.ops[op].detail].form;
        if (form == ListForm::DictionaryByKey)
            empty = "{}";
        if (form == ListForm::DictionaryOfLists) {
            empty = "{";
            for (const Node& child : node.children) {
                empty += empty.size() > 1 ? "," : "";
                data::appendJsonString(empty, child.name);
                empty += ":[]";
            }
            empty += '}';
        }
        switch (m_program.ops[op].whenEmpty) {
        case WhenEmpty::Send:
            return {{}, m_words.embeddedOr(value, empty), {}};
        case WhenEmpty::SendNull:
            return {{}, m_words.embedded(value), {}};
        case WhenEmpty::LeaveOut:
            return {{}, m_words.embedded(value), value + " IS NULL", true};
        }
        return {};
    }

    const ShapeProgram& m_program;
    SqlRowWriter m_rows;
    const SqlWords& m_words;
};

bool hasPlainNames(const data::Schema& schema)
{
    std::set<std::string> names;
    return std::all_of(schema.columns.begin(), schema.columns.end(),
                       [&](const data::Column& column) {
                           return !column.name.empty() && names.insert(column.name).second;
                       });
}

} // namespace

Result<ShapeSql> sqlOf(const Shape& shape, const SqlModels& models, SqlDialect dialect)
{
    Shape numbered = shape;
    numbered.numberNodes();
    const auto program = ShapeProgram::compile(numbered, models.models);
    if (!program)
        return Failure(program.error());
    bool plain = hasPlainNames(models.models.main);
    for (const RelatedModel& related : models.models.related)
        plain = plain && hasPlainNames(related.schema);
    if (!plain)
        return ShapeSql{{},
                        {{0,
                          {},
                          Text::tr("A model has several columns of one name, or one without: SQL "
                                   "cannot say which is meant. Name them in the query.")}}};
    return SqlShapeWriter(numbered, **program, models, dialect).write();
}

} // namespace headgate::shape
