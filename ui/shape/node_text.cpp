// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/node_text.h"

#include "base/text.h"
#include "data/json_text.h"

#include <QCoreApplication>

namespace headgate::ui {

namespace {

class NodeText
{
    Q_DECLARE_TR_FUNCTIONS(headgate::ui::NodeText)
};

QString joined(const std::vector<std::string>& names)
{
    QStringList texts;
    for (const std::string& name : names)
        texts.append(toQString(name));
    return texts.join(QStringLiteral(", "));
}

QString orderText(const std::vector<shape::SortKey>& keys)
{
    QStringList texts;
    for (const shape::SortKey& key : keys)
        texts.append(toQString(key.column) +
                     (key.descending ? QStringLiteral(" \u2193") : QStringLiteral(" \u2191")));
    return texts.join(QStringLiteral(", "));
}

QString jsonText(const data::JsonNode& value)
{
    return toQString(value.dump(-1, ' ', false, data::JsonNode::error_handler_t::replace));
}

QString pickedText(const shape::Leaf& leaf)
{
    const QString column = toQString(leaf.column);
    const QString order = orderText(leaf.sortBy);
    switch (leaf.pick) {
    case shape::Pick::None:
        return column;
    case shape::Pick::First:
        return order.isEmpty() ? NodeText::tr("first %1").arg(column)
                               : NodeText::tr("first %1 by %2").arg(column, order);
    case shape::Pick::Last:
        return order.isEmpty() ? NodeText::tr("last %1").arg(column)
                               : NodeText::tr("last %1 by %2").arg(column, order);
    case shape::Pick::Min:
        return NodeText::tr("smallest %1").arg(column);
    case shape::Pick::Max:
        return NodeText::tr("largest %1").arg(column);
    case shape::Pick::Sum:
        return NodeText::tr("sum of %1").arg(column);
    case shape::Pick::Count:
        return column.isEmpty() ? NodeText::tr("number of rows")
                                : NodeText::tr("number of %1").arg(column);
    }
    return column;
}

QString functionsText(const shape::Leaf& leaf)
{
    QString text;
    for (const shape::Function& function : leaf.functions)
        text += QStringLiteral(" \u203A ") + QString::fromLatin1(shape::name(function.kind));
    return text;
}

} // namespace

data::JsonNode scalarOf(const QString& text)
{
    const auto json = data::parseJson(text.toStdString());
    const bool scalar =
        json && !json->is_structured() && json->dump() == text.trimmed().toStdString();
    return scalar ? *json : data::JsonNode(text.toStdString());
}

void sayConstant(shape::Leaf& constant, const QString& text)
{
    const std::string digits = text.trimmed().toStdString();
    constant.value = scalarOf(text);
    if (!constant.value.is_string())
        return;
    if (data::isJsonNumber(digits)) {
        constant.value = digits;
        if (constant.type == shape::LeafType::AsIs)
            constant.type = shape::LeafType::Number;
    } else if (constant.type == shape::LeafType::Number && !constant.format) {
        constant.type = shape::LeafType::AsIs;
    }
}

QString constantText(const shape::Leaf& constant)
{
    shape::Leaf typed = constant;
    sayConstant(typed, literalText(constant.value));
    return typed == constant ? literalText(constant.value) : toQString(constant.value.dump());
}

QString conditionText(const shape::Condition& condition)
{
    if (shape::isGroup(condition.op)) {
        QStringList parts;
        for (const shape::Condition& part : condition.parts)
            parts.append(shape::isGroup(part.op)
                             ? QLatin1Char('(') + conditionText(part) + QLatin1Char(')')
                             : conditionText(part));
        return parts.join(condition.op == shape::ConditionOperator::Any ? NodeText::tr(" or ")
                                                                        : NodeText::tr(" and "));
    }
    const QString column = toQString(condition.column);
    const QString op = QString::fromLatin1(shape::name(condition.op));
    const bool unary = condition.op == shape::ConditionOperator::IsNull ||
                       condition.op == shape::ConditionOperator::IsNotNull;
    return unary ? column + QLatin1Char(' ') + op
                 : QStringLiteral("%1 %2 %3").arg(column, op, jsonText(condition.value));
}

QString formName(shape::ListForm form)
{
    switch (form) {
    case shape::ListForm::Dictionaries:
        return NodeText::tr("list of dictionaries");
    case shape::ListForm::DictionaryOfLists:
        return NodeText::tr("dictionary of lists");
    case shape::ListForm::Values:
        return NodeText::tr("list of strings");
    case shape::ListForm::DictionaryByKey:
        return NodeText::tr("dictionary by key");
    }
    return {};
}

std::vector<ListChipText> listChips(const shape::Node& node)
{
    const shape::ListOptions& list = node.list;
    std::vector<ListChipText> chips;
    const auto add = [&](ListChip chip, const QString& text) { chips.push_back({chip, text}); };
    if (!list.source.model.empty())
        add(ListChip::Source, NodeText::tr("from %1").arg(toQString(list.source.model)));
    if (!list.where.holdsAlways())
        add(ListChip::Where, NodeText::tr("where %1").arg(conditionText(list.where)));
    if (!list.groupBy.empty())
        add(ListChip::Groups, NodeText::tr("per %1").arg(joined(list.groupBy)));
    if (!list.sortBy.empty())
        add(ListChip::Order, NodeText::tr("sorted by %1").arg(orderText(list.sortBy)));
    else if (list.order == shape::ListOrder::Query)
        add(ListChip::Order, NodeText::tr("as the query returns them"));
    if (!list.distinct.empty())
        add(ListChip::Distinct, NodeText::tr("one per %1").arg(joined(list.distinct)));
    if (list.limit)
        add(ListChip::Limit, NodeText::tr("max %1").arg(*list.limit));
    if (node.kind == shape::NodeKind::Map || list.form == shape::ListForm::DictionaryByKey)
        add(ListChip::Key, NodeText::tr("key %1").arg(toQString(list.key.column)));
    if (node.kind == shape::NodeKind::List)
        add(ListChip::Form, formName(list.form));
    return chips;
}

QString sourceText(const shape::Node& leaf)
{
    switch (leaf.kind) {
    case shape::NodeKind::Column:
        if (leaf.leaf.column.empty() && leaf.leaf.pick != shape::Pick::Count)
            return {};
        return (leaf.leaf.model.empty() ? QString()
                                        : toQString(leaf.leaf.model) + QLatin1Char('.')) +
               pickedText(leaf.leaf) + functionsText(leaf.leaf);
    case shape::NodeKind::Constant:
        return leaf.leaf.type == shape::LeafType::Number ? literalText(leaf.leaf.value)
                                                         : jsonText(leaf.leaf.value);
    case shape::NodeKind::Text:
        return QLatin1Char('"') + toQString(leaf.leaf.text) + QLatin1Char('"') +
               functionsText(leaf.leaf);
    case shape::NodeKind::Json:
        return leaf.leaf.column.empty()
                   ? jsonText(leaf.leaf.value)
                   : NodeText::tr("JSON in %1").arg(toQString(leaf.leaf.column));
    case shape::NodeKind::Object:
    case shape::NodeKind::List:
    case shape::NodeKind::Map:
        return {};
    }
    return {};
}

QString typeText(const shape::Node& node)
{
    switch (node.kind) {
    case shape::NodeKind::Object:
        return NodeText::tr("object");
    case shape::NodeKind::List:
        return NodeText::tr("list");
    case shape::NodeKind::Map:
        return NodeText::tr("map");
    case shape::NodeKind::Column:
    case shape::NodeKind::Constant:
    case shape::NodeKind::Text:
    case shape::NodeKind::Json:
        return node.leaf.type == shape::LeafType::AsIs
                   ? QString()
                   : QString::fromLatin1(shape::name(node.leaf.type));
    }
    return {};
}

Icon iconOf(shape::ListForm form)
{
    switch (form) {
    case shape::ListForm::Dictionaries:
        return Icon::ListOfDictionaries;
    case shape::ListForm::DictionaryOfLists:
        return Icon::DictionaryOfLists;
    case shape::ListForm::Values:
        return Icon::ListOfValues;
    case shape::ListForm::DictionaryByKey:
        return Icon::DictionaryByKey;
    }
    return Icon::ListOfDictionaries;
}

Icon iconOf(const shape::Node& node)
{
    switch (node.kind) {
    case shape::NodeKind::Object:
        return Icon::TypeJson;
    case shape::NodeKind::List:
        return iconOf(node.list.form);
    case shape::NodeKind::Map:
        return Icon::DictionaryByKey;
    case shape::NodeKind::Column:
        return node.leaf.column.empty() && node.leaf.pick != shape::Pick::Count ? Icon::Unbound
                                                                                : Icon::Bound;
    case shape::NodeKind::Constant:
        return Icon::Pin;
    case shape::NodeKind::Text:
        return Icon::TypeText;
    case shape::NodeKind::Json:
        return Icon::Code;
    }
    return Icon::Bound;
}

QString nameText(const shape::Node& node)
{
    return node.name.empty() ? NodeText::tr("(value)") : toQString(node.name);
}

} // namespace headgate::ui
