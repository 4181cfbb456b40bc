// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/random_shape.h"

#include <QDir>

namespace headgate::shape {

using data::Value;
using data::ValueKind;

namespace {

const std::vector<std::string> mainColumns{"id:integer",   "who:integer", "word:text", "n:decimal",
                                           "at:timestamp", "ok:boolean",  "doc:json"};
const std::vector<std::string> viewColumns{"who:integer", "sku:text", "price:decimal",
                                           "at:timestamp"};
const std::vector<std::string> productColumns{"word:text", "title:text"};

std::string nameOf(const std::string& column)
{
    return column.substr(0, column.find(':'));
}

} // namespace

Value RandomShape::cell(const data::Column& column)
{
    static const char* const words[] = {"a",   "B",       "ab",   "",           "Zoë", "Zoe\u0308",
                                        " x ", "\"q\"\\", "日本", "\U0001F600", "\n",  "1"};
    static const char* const numbers[] = {"0",
                                          "-0.0",
                                          "1",
                                          "1.0",
                                          "1.00",
                                          "10",
                                          "9",
                                          "-3.25",
                                          "1e2",
                                          "100",
                                          "123456789012345678901234567890.5"};
    static const char* const documents[] = {"null", "{\"a\": [1, 2.50]}", "[]", "\"x\"", "1.0"};
    if (chance(20))
        return {};
    switch (column.kind) {
    case ValueKind::Integer:
        return {ValueKind::Integer, std::to_string(below(6))};
    case ValueKind::Decimal:
        return {ValueKind::Decimal, numbers[below(std::size(numbers))]};
    case ValueKind::Timestamp:
        return {ValueKind::Timestamp, "2026-01-0" + std::to_string(1 + below(4)) + "T00:00:00"};
    case ValueKind::Bool:
        return {ValueKind::Bool, chance(50) ? "true" : "false"};
    case ValueKind::Json:
        return {ValueKind::Json, documents[below(std::size(documents))]};
    default:
        return {ValueKind::Text, words[below(std::size(words))]};
    }
}

TableCase RandomShape::table()
{
    TableCase table;
    table.models.main = schemaOf(mainColumns);
    table.models.rowKey = {"id"};
    table.models.recordKey = {"who"};
    table.models.related = {{"views", schemaOf(viewColumns), {"who"}, {"who"}, false, {}},
                            {"products", schemaOf(productColumns), {"word"}, {"word"}, true, {}}};
    const auto rows = [&](const data::Schema& schema, std::size_t count) {
        TableCase::Rows made(count);
        for (auto& row : made)
            for (const data::Column& column : schema.columns)
                row.push_back(cell(column));
        return made;
    };
    table.mainRows = rows(table.models.main, below(30));
    for (std::size_t i = 0; i < table.mainRows.size(); ++i)
        table.mainRows[i][0] = {ValueKind::Integer, std::to_string(i)};
    table.relatedRows = {rows(table.models.related[0].schema, below(40)),
                         rows(table.models.related[1].schema, below(10))};
    table.options.temporaryDirectory = QDir::tempPath().toStdString();
    return table;
}

std::string RandomShape::columnOf(const std::string& model)
{
    const auto& columns = model == "views"      ? viewColumns
                          : model == "products" ? productColumns
                                                : mainColumns;
    return nameOf(columns[below(columns.size())]);
}

Condition RandomShape::condition(const std::string& model)
{
    Condition condition;
    if (chance(60))
        return condition;
    condition.op = chance(50) ? ConditionOperator::All : ConditionOperator::Any;
    for (std::size_t i = 0; i < 1 + below(2); ++i) {
        Condition part;
        part.column = columnOf(model);
        part.op = chance(50) ? ConditionOperator::IsNotNull : ConditionOperator::IsNull;
        if (part.column == "price" || part.column == "n" || part.column == "who") {
            part.op = chance(50) ? ConditionOperator::Greater : ConditionOperator::LessOrEqual;
            part.value = static_cast<int>(below(5));
        }
        condition.parts.push_back(part);
    }
    return condition;
}

std::vector<SortKey> RandomShape::sortBy(const std::string& model)
{
    std::vector<SortKey> keys;
    for (std::size_t i = 0; i < below(3); ++i)
        keys.push_back({columnOf(model), chance(50), {}});
    return keys;
}

Node RandomShape::leaf(const std::string& scope, bool oneRow)
{
    Node node;
    node.kind = NodeKind::Column;
    std::string model = scope;
    if (chance(15)) {
        model = chance(50) ? "products" : "views";
        node.leaf.model = model;
    }
    node.leaf.column = columnOf(model);
    const bool several = !oneRow || model == "views";
    if (model == "views" && scope != "views")
        node.leaf.pick = Pick::Count;
    if (several && chance(60))
        node.leaf.pick = chance(50) ? Pick::Min : Pick::Max;
    if (several && chance(20)) {
        node.leaf.pick = chance(50) ? Pick::First : Pick::Last;
        node.leaf.sortBy = {{columnOf(model), chance(50), {}}};
    }
    if (node.leaf.pick != Pick::None)
        node.leaf.where = condition(model);
    node.leaf.nulls = chance(20) ? NullPolicy::LeaveOut : NullPolicy::SendNull;
    if (chance(10))
        node.leaf.whenNull = "none";
    if (chance(10))
        node.leaf.type = LeafType::Text;
    return node;
}

void RandomShape::addMembers(Node& to, const std::string& scope, bool oneRow, int depth)
{
    for (std::size_t i = 0; i < 1 + below(4); ++i) {
        Node child = depth > 0 && chance(30)   ? list(scope, depth - 1)
                     : depth > 0 && chance(10) ? object(scope, oneRow, depth - 1)
                                               : leaf(scope, oneRow);
        child.name = "m" + std::to_string(i);
        to.children.push_back(std::move(child));
    }
}

Node RandomShape::object(const std::string& scope, bool oneRow, int depth)
{
    Node node;
    node.whenEmpty = whenEmpties[below(whenEmpties.size())];
    addMembers(node, scope, oneRow, depth);
    return node;
}

Node RandomShape::list(const std::string& scope, int depth)
{
    Node node;
    node.kind = NodeKind::List;
    node.list.form = listForms[below(listForms.size())];
    std::string model = scope;
    if (chance(40))
        model = node.list.source.model = "views";
    node.list.where = condition(model);
    node.whenEmpty = whenEmpties[below(whenEmpties.size())];
    const bool groups = chance(30);
    if (groups) {
        node.list.groupBy = {columnOf(model)};
        if (chance(50))
            node.list.sortBy = {{node.list.groupBy.front(), chance(50), {}}};
    } else {
        node.list.sortBy = sortBy(model);
        if (chance(20))
            node.list.distinct = {columnOf(model)};
    }
    if (chance(40))
        node.list.limit = below(4);
    node.list.key.column = groups ? node.list.groupBy.front() : columnOf(model);
    if (node.list.key.column == "doc")
        node.list.key.column = "id";
    node.list.repeated = RepeatedKeys::LastBySort;
    addMembers(node, model, !groups, depth);
    return node;
}

Shape RandomShape::shape()
{
    Shape shape{object("main", false, 3)};
    shape.numberNodes();
    return shape;
}

} // namespace headgate::shape
