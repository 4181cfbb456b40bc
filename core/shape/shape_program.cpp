// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_program.h"

#include "base/text.h"
#include "data/json_text.h"
#include "shape/shape_check.h"

#include <algorithm>
#include <map>
#include <set>

namespace headgate::shape {

namespace {

/// The columns of each model that a subtree reads, and those of them that make an element.
struct ReadColumns
{
    std::map<std::size_t, std::set<std::size_t>> read;
    std::map<std::size_t, std::set<std::size_t>> items;

    void addItem(std::size_t model, std::size_t column)
    {
        read[model].insert(column);
        items[model].insert(column);
    }
    void add(const ReadColumns& other)
    {
        for (const auto& [model, columns] : other.read)
            read[model].insert(columns.begin(), columns.end());
        for (const auto& [model, columns] : other.items)
            items[model].insert(columns.begin(), columns.end());
    }
};

/// Compiles a shape that checkShape found no error in.
class ShapeCompiler
{
public:
    ShapeCompiler(const Shape& shape, const ShapeModels& models, ShapeProgram& into)
        : m_shape(shape), m_into(into)
    {
        m_into.models = models;
        m_into.leafPaths = shape.leafPaths();
        for (const RelatedModel& related : models.related)
            addRelated(related);
    }

    Result<void> run()
    {
        auto columns = compile(m_shape.root, 0, false);
        if (!columns)
            return propagate(std::move(columns));
        return {};
    }

private:
    void addRelated(const RelatedModel& related)
    {
        ShapeProgram::Related compiled;
        for (const std::string& name : related.mainColumns)
            compiled.mainColumns.push_back(m_into.models.main.indexOf(name).value_or(0));
        for (const std::string& name : related.columns)
            compiled.columns.push_back(related.schema.indexOf(name).value_or(0));
        compiled.byRecordKey = related.mainColumns == m_into.models.recordKey;
        compiled.toOne = related.toOne;
        m_into.related.push_back(std::move(compiled));
    }

    [[nodiscard]] std::size_t modelNamed(const std::string& name, std::size_t scope) const
    {
        if (name.empty())
            return scope;
        for (std::size_t i = 0; i < m_into.models.related.size(); ++i)
            if (m_into.models.related[i].name == name)
                return i + 1;
        return 0;
    }

    [[nodiscard]] std::size_t column(std::size_t model, const std::string& name) const
    {
        return m_into.schemaOf(model).indexOf(name).value_or(ShapeProgram::noColumn);
    }

    [[nodiscard]] std::vector<std::size_t> columns(std::size_t model,
                                                   const std::vector<std::string>& names) const
    {
        std::vector<std::size_t> indexes;
        indexes.reserve(names.size());
        for (const std::string& name : names)
            indexes.push_back(column(model, name));
        return indexes;
    }

    /// Every name counts once: an order by "a" and "a" is one by "a".
    [[nodiscard]] ShapeProgram::RowOrder rowOrder(std::size_t model,
                                                  const std::vector<SortKey>& sortBy,
                                                  const std::set<std::size_t>& ties) const
    {
        ShapeProgram::RowOrder order;
        std::set<std::size_t> used;
        for (const SortKey& key : sortBy)
            if (const std::size_t index = column(model, key.column); used.insert(index).second)
                order.keys.push_back({index, key.descending});
        for (const std::size_t tie : ties)
            if (tie != ShapeProgram::noColumn && used.insert(tie).second)
                order.ties.push_back(tie);
        if (order.ties.size() < 2)
            return order;
        // By name, so that neither the query's nor the shape's order of columns counts.
        const std::vector<std::string> names = m_into.schemaOf(model).addressableNames();
        std::sort(order.ties.begin(), order.ties.end(),
                  [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
        return order;
    }

    Result<ReadColumns> compile(const Node& node, std::size_t scope, bool insideList)
    {
        const std::size_t index = m_into.ops.size();
        ShapeProgram::Op op;
        op.kind = node.kind;
        op.id = node.id;
        if (!node.name.empty() || index > 0) {
            data::appendJsonString(op.member, node.name);
            op.member += ':';
        }
        op.path = m_paths.at(node.id);
        op.whenEmpty = node.whenEmpty;
        if (!insideList && node.kind != NodeKind::Object)
            op.leafPath = m_nextLeafPath++;
        m_into.ops.push_back(std::move(op));
        auto columns = node.isLeaf()                   ? compileLeaf(node, scope, index)
                       : node.kind == NodeKind::Object ? compileChildren(node, scope, insideList)
                                                       : compileList(node, scope, index);
        m_into.ops[index].end = m_into.ops.size();
        return columns;
    }

    Result<ReadColumns> compileChildren(const Node& node, std::size_t scope, bool insideList)
    {
        ReadColumns all;
        const bool single = node.kind == NodeKind::Map ||
                            (node.kind == NodeKind::List && node.list.form == ListForm::Values);
        for (const Node& child : node.children) {
            auto columns = compile(child, scope, insideList);
            if (!columns)
                return columns;
            all.add(*columns);
            if (single)
                break;
        }
        return all;
    }

    Result<ReadColumns> compileLeaf(const Node& node, std::size_t scope, std::size_t op)
    {
        auto program = ValueProgram::compile(node);
        if (!program)
            return propagate(std::move(program), toQString(m_into.ops[op].path));
        ShapeProgram::Leaf leaf;
        leaf.model = modelNamed(node.leaf.model, scope);
        leaf.isLookup = leaf.model != scope && leaf.model != 0;
        leaf.program = std::move(*program);
        leaf.cells = columns(leaf.model, leaf.program.cells());
        leaf.pick = node.leaf.pick;
        leaf.where = ConditionProgram(node.leaf.where, m_into.schemaOf(leaf.model));
        const std::set<std::size_t> cells(leaf.cells.begin(), leaf.cells.end());
        leaf.order = rowOrder(leaf.model, node.leaf.sortBy, cells);
        leaf.type = node.leaf.type;
        leaf.constant = constantOf(leaf.program);
        leaf.isPlain =
            leaf.program.isPlainCell() && leaf.pick == Pick::None && leaf.cells.size() == 1;
        leaf.whenInvalid = literal(node.leaf.whenInvalid, node.leaf);
        leaf.whenNull = literal(node.leaf.whenNull, node.leaf);
        leaf.nulls = node.leaf.nulls;
        leaf.missing = node.leaf.missing;
        if (leaf.pick != Pick::None && leaf.model == 0)
            m_into.takesSeveralRows = true;
        ReadColumns read = readOf(leaf);
        m_into.ops[op].detail = m_into.leaves.size();
        m_into.leaves.push_back(std::move(leaf));
        return read;
    }

    [[nodiscard]] ReadColumns readOf(const ShapeProgram::Leaf& leaf) const
    {
        ReadColumns read;
        for (const std::size_t cell : leaf.cells)
            if (cell != ShapeProgram::noColumn)
                read.addItem(leaf.model, cell);
        for (const ShapeProgram::SortColumn& key : leaf.order.keys)
            read.read[leaf.model].insert(key.column);
        leaf.where.addColumns(read.read[leaf.model]);
        if (leaf.isLookup)
            addJoin(leaf.model, read);
        return read;
    }

    /// What is looked up depends on the main row's join columns.
    void addJoin(std::size_t model, ReadColumns& read) const
    {
        for (const std::size_t column : m_into.related[model - 1].mainColumns)
            read.addItem(0, column);
    }

    [[nodiscard]] static std::optional<ShapeProgram::Literal>
    constantOf(const ValueProgram& program)
    {
        if (!program.isConstant())
            return std::nullopt;
        ValueProgram::Scratch scratch;
        ShapeProgram::Literal literal{data::Value(program.run({}, scratch)), {}};
        data::appendJsonValue(literal.json, literal.value.view());
        return literal;
    }

    [[nodiscard]] static std::optional<ShapeProgram::Literal>
    literal(const std::optional<data::JsonNode>& json, const Leaf& leaf)
    {
        if (!json)
            return std::nullopt;
        ShapeProgram::Literal literal{literalValue(*json), {}};
        std::string out;
        if (const auto step = makeTypeStep(leaf.type, leaf.format);
            step && *step && !literal.value.isNull())
            literal.value = data::Value((*step)->apply(literal.value.view(), {}, out));
        data::appendJsonValue(literal.json, literal.value.view());
        return literal;
    }

    Result<ReadColumns> compileList(const Node& node, std::size_t scope, std::size_t op)
    {
        const ListOptions& options = node.list;
        ShapeProgram::List list;
        list.model = modelNamed(options.source.model, scope);
        list.isRelated = list.model != 0 && !options.source.model.empty();
        list.isMap = node.kind == NodeKind::Map;
        list.form = list.isMap ? ListForm::DictionaryByKey : options.form;
        list.where = ConditionProgram(options.where, m_into.schemaOf(list.model));
        list.groupBy = columns(list.model, options.groupBy);
        list.inQueryOrder = options.order == ListOrder::Query;
        list.distinct = columns(list.model, options.distinct);
        list.limit = options.limit;
        list.repeated = options.repeated;
        if (list.form == ListForm::DictionaryByKey)
            HEADGATE_TRY(compileKey(options.key, list));
        if (list.model == 0)
            m_into.takesSeveralRows = true;
        auto read = compileChildren(node, list.model, true);
        if (!read)
            return read;
        finishList(options, *read, list);
        m_into.ops[op].detail = m_into.lists.size();
        m_into.lists.push_back(std::move(list));
        return read;
    }

    Result<void> compileKey(const ListKey& key, ShapeProgram::List& into)
    {
        auto program = ValueProgram::compile(key);
        if (!program)
            return propagate(std::move(program));
        into.key = std::move(*program);
        into.keyCells = columns(into.model, into.key.cells());
        return {};
    }

    /// `read` comes in with what the elements read and goes out with what the list does.
    void finishList(const ListOptions& options, ReadColumns& read, ShapeProgram::List& into)
    {
        for (const std::size_t column : into.keyCells)
            read.addItem(into.model, column);
        for (const std::size_t column : into.groupBy)
            read.addItem(into.model, column);
        const auto& items = read.items[into.model];
        into.itemColumns.assign(items.begin(), items.end());
        std::set<std::size_t>& columnsRead = read.read[into.model];
        into.where.addColumns(columnsRead);
        columnsRead.insert(into.distinct.begin(), into.distinct.end());
        for (const SortKey& key : options.sortBy)
            columnsRead.insert(column(into.model, key.column));
        // Groups differ in their groupBy columns; other columns may vary within one.
        const std::set<std::size_t> ties =
            into.groupBy.empty() ? columnsRead : std::set(into.groupBy.begin(), into.groupBy.end());
        into.order = rowOrder(into.model, options.sortBy, ties);
        if (into.isRelated)
            addJoin(into.model, read);
    }

    const Shape& m_shape;
    ShapeProgram& m_into;
    const std::map<NodeId, std::string> m_paths = m_shape.paths();
    std::uint32_t m_nextLeafPath = 0;
};

} // namespace

Result<std::shared_ptr<const ShapeProgram>> ShapeProgram::compile(const Shape& shape,
                                                                  const ShapeModels& models)
{
    Issues errors;
    for (const ShapeFinding& finding : checkShape(shape, models))
        if (finding.issue.severity == Severity::Error)
            errors.push_back(finding.issue);
    if (!errors.empty())
        return fail(ErrorKind::Config, "shape.check",
                    Text::tr("The shape does not fit its models: %1").arg(toString(errors)));
    Shape numbered = shape;
    numbered.numberNodes();
    auto program = std::make_shared<ShapeProgram>();
    HEADGATE_TRY(ShapeCompiler(numbered, models, *program).run());
    return program;
}

const data::Schema& ShapeProgram::schemaOf(std::size_t model) const
{
    return model == 0 ? models.main : models.related[model - 1].schema;
}

std::string_view ShapeProgram::nameOf(std::size_t model) const
{
    return model == 0 ? mainModel : std::string_view(models.related[model - 1].name);
}

} // namespace headgate::shape
