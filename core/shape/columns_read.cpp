// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/columns_read.h"

#include "shape/text_template.h"

#include <algorithm>

namespace headgate::shape {

namespace {

/// Columns of the rows of one model.
class ColumnReads
{
public:
    ColumnReads(const std::string& model, std::vector<ColumnRef>& into)
        : m_model(model == mainModel ? std::string() : model), m_into(into)
    {}

    void add(const std::string& column)
    {
        ColumnRef read{m_model, column};
        if (!column.empty() && std::find(m_into.begin(), m_into.end(), read) == m_into.end())
            m_into.push_back(std::move(read));
    }
    void add(const std::vector<std::string>& columns)
    {
        for (const std::string& column : columns)
            add(column);
    }
    void add(const std::vector<SortKey>& keys)
    {
        for (const SortKey& key : keys)
            add(key.column);
    }
    void add(const Condition& condition)
    {
        add(condition.column);
        for (const Condition& part : condition.parts)
            add(part);
    }
    void add(const std::vector<Function>& functions)
    {
        for (const Function& function : functions)
            for (const Operand& operand : function.operands)
                add(operand.column);
    }
    void addText(const std::string& text)
    {
        const auto parsed = TextTemplate::parse(text);
        if (!parsed)
            return;
        for (const TextTemplate::Piece& piece : parsed->pieces)
            if (piece.isColumn)
                add(piece.text);
    }

private:
    std::string m_model;
    std::vector<ColumnRef>& m_into;
};

void addLeafReads(const Node& node, const std::string& rows, std::vector<ColumnRef>& into)
{
    const Leaf& leaf = node.leaf;
    ColumnReads reads(leaf.model.empty() ? rows : leaf.model, into);
    if (node.kind == NodeKind::Text)
        reads.addText(leaf.text);
    if (node.kind == NodeKind::Column || node.kind == NodeKind::Json)
        reads.add(leaf.column);
    if (leaf.pick != Pick::None) {
        reads.add(leaf.sortBy);
        reads.add(leaf.where);
    }
    reads.add(leaf.functions);
}

bool isKeyed(const Node& node)
{
    return node.kind == NodeKind::Map || node.list.form == ListForm::DictionaryByKey;
}

void addListReads(const Node& node, const std::string& rows, std::vector<ColumnRef>& into)
{
    ColumnReads reads(node.list.source.model.empty() ? rows : node.list.source.model, into);
    reads.add(node.list.where);
    reads.add(node.list.groupBy);
    reads.add(node.list.sortBy);
    reads.add(node.list.distinct);
    if (isKeyed(node))
        reads.add(node.list.key.column);
}

/// `rows`: the model whose rows the node stands among.
void addReads(const Node& node, const std::string& rows, std::vector<ColumnRef>& into)
{
    if (node.isLeaf())
        addLeafReads(node, rows, into);
    else if (node.kind != NodeKind::Object)
        addListReads(node, rows, into);
}

void addReadsWithin(const Shape& shape, const Node& node, const std::string& rows,
                    std::vector<ColumnRef>& into)
{
    addReads(node, rows, into);
    if (node.children.empty())
        return;
    const std::string inside = modelAt(shape, node.id);
    for (const Node& child : node.children)
        addReadsWithin(shape, child, inside, into);
}

std::string rowsAround(const Shape& shape, NodeId node)
{
    const auto place = placeOf(shape, node);
    return place ? modelAt(shape, place->parent) : std::string(mainModel);
}

} // namespace

std::vector<ColumnRef> columnsRead(const Shape& shape, NodeId node)
{
    std::vector<ColumnRef> columns;
    if (const Node* const found = shape.find(node))
        addReads(*found, rowsAround(shape, node), columns);
    return columns;
}

std::vector<ColumnRef> columnsReadWithin(const Shape& shape, NodeId node)
{
    std::vector<ColumnRef> columns;
    if (const Node* const found = shape.find(node))
        addReadsWithin(shape, *found, rowsAround(shape, node), columns);
    return columns;
}

} // namespace headgate::shape
