// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/node_inspector.h"

#include "base/text.h"
#include "shape/enum_choice.h"
#include "shape/function_chain.h"
#include "shape/json_field.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/column_choice.h"
#include "widgets/condition_editor.h"
#include "widgets/elided_label.h"

#include <QApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QRadioButton>
#include <QToolButton>

namespace headgate::ui {

namespace {

using shape::Node;
using shape::NodeKind;

Node withoutChildren(const Node& node)
{
    Node bare = node;
    bare.children.clear();
    return bare;
}

constexpr std::size_t longestFragment = 60; ///< bytes of a value that are shown

enum class FormatKind
{
    None,
    Number,
    Date
};

FormatKind formatKind(shape::LeafType type)
{
    switch (type) {
    case shape::LeafType::Number:
    case shape::LeafType::Integer:
        return FormatKind::Number;
    case shape::LeafType::Date:
    case shape::LeafType::DateTime:
        return FormatKind::Date;
    case shape::LeafType::AsIs:
    case shape::LeafType::Text:
    case shape::LeafType::Boolean:
    case shape::LeafType::Json:
    case shape::LeafType::List:
        return FormatKind::None;
    }
    return FormatKind::None;
}

QLabel* codeLabel(const QString& name)
{
    auto* label = new ElidedLabel;
    label->setAccessibleName(name);
    label->setFont(codeFont(TextSize::Small));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString nullsWord(shape::NullPolicy policy)
{
    switch (policy) {
    case shape::NullPolicy::SendNull:
        return NodeInspector::tr("send null");
    case shape::NullPolicy::LeaveOut:
        return NodeInspector::tr("leave the field out");
    case shape::NullPolicy::SetIfEmpty:
        return NodeInspector::tr("only fill an empty field");
    }
    return {};
}

QString kindWord(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Column:
        return NodeInspector::tr("a column");
    case NodeKind::Constant:
        return NodeInspector::tr("a constant");
    case NodeKind::Text:
        return NodeInspector::tr("a text with columns");
    case NodeKind::Json:
        return NodeInspector::tr("JSON");
    case NodeKind::Object:
    case NodeKind::List:
    case NodeKind::Map:
        break;
    }
    return {};
}

QString pickWord(shape::Pick pick)
{
    switch (pick) {
    case shape::Pick::None:
        return NodeInspector::tr("all rows say the same");
    case shape::Pick::First:
        return NodeInspector::tr("the first by the sort below");
    case shape::Pick::Last:
        return NodeInspector::tr("the last by the sort below");
    case shape::Pick::Min:
        return NodeInspector::tr("the smallest");
    case shape::Pick::Max:
        return NodeInspector::tr("the largest");
    case shape::Pick::Sum:
        return NodeInspector::tr("the sum");
    case shape::Pick::Count:
        return NodeInspector::tr("the number of them");
    }
    return {};
}

} // namespace

NodeInspector::NodeInspector(ShapeEditing& editing, QWidget* parent)
    : QWidget(parent), m_editing(editing), m_content(new QWidget)
{
    auto* close = new QToolButton;
    close->setIcon(themeIcon(Icon::Close));
    close->setAutoRaise(true);
    close->setToolTip(tr("Fold (Esc)"));
    close->setAccessibleName(tr("Close the inspector"));
    connect(close, &QToolButton::clicked, this, &NodeInspector::closed);
    setAttribute(Qt::WA_NoMousePropagation);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::gap, grid::unit, grid::gap);
    layout->setSpacing(grid::unit);
    layout->addWidget(m_content, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    connect(&m_editing, &ShapeEditing::shapeChanged, this, &NodeInspector::follow);
}

void NodeInspector::setNode(shape::NodeId id)
{
    const Node* const node = m_editing.shape().find(id);
    if (node == nullptr)
        return;
    const bool same = m_id == id && withoutChildren(*node) == m_node;
    m_id = id;
    m_node = withoutChildren(*node);
    if (!same)
        build();
}

void NodeInspector::follow()
{
    if (!m_id)
        return;
    if (m_editing.shape().find(*m_id) == nullptr) {
        m_id.reset();
        Q_EMIT closed();
        return;
    }
    setNode(*m_id);
}

void NodeInspector::setLive(const SharedLiveRecord& live)
{
    m_live = live;
    if (m_chain != nullptr && live->traced == m_id)
        m_chain->setTrace(live->trace);
    showFragments();
}

void NodeInspector::change(const QString& step, const std::function<void(Node&)>& edit, bool typing)
{
    const Node* const there = m_editing.shape().find(*m_id);
    if (there == nullptr)
        return;
    Node next = *there;
    edit(next);
    // What is shown is what was typed: the form is not built again under the caret.
    m_node = withoutChildren(next);
    m_editing.replaceNode(step, next,
                          typing ? QStringLiteral("%1 %2").arg(*m_id).arg(step) : QString());
}

const data::Schema& NodeInspector::schemaOf(const std::string& model) const
{
    for (const shape::RelatedModel& related : m_editing.models().related)
        if (related.name == model)
            return related.schema;
    return m_editing.models().main;
}

std::string NodeInspector::modelOfNode() const
{
    if (!m_node.isLeaf() && !m_node.list.source.model.empty())
        return m_node.list.source.model;
    if (m_node.isLeaf() && !m_node.leaf.model.empty())
        return m_node.leaf.model;
    const auto place = shape::placeOf(m_editing.shape(), *m_id);
    return place ? shape::modelAt(m_editing.shape(), place->parent) : std::string(shape::mainModel);
}

void NodeInspector::build()
{
    const QWidget* const focused = QApplication::focusWidget();
    const QString caretAt =
        m_content->isAncestorOf(focused) ? focused->accessibleName() : QString();
    m_chain = nullptr;
    m_now = nullptr;
    m_value = nullptr;
    m_type = nullptr;
    m_fragments.clear();
    m_editors.clear();
    auto* content = new QWidget;
    auto* form = new QFormLayout(content);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(grid::gap);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fill(form);
    delete layout()->replaceWidget(m_content, content);
    m_content->hide();
    m_content->deleteLater();
    m_content = content;
    m_content->show();
    if (m_live)
        setLive(m_live);
    if (!caretAt.isEmpty())
        focusNamed(caretAt);
}

void NodeInspector::fill(QFormLayout* form)
{
    const bool isRoot = *m_id == m_editing.shape().root.id;
    setAccessibleName(isRoot ? tr("Inspector of the whole payload")
                             : tr("Inspector of %1").arg(nameText(m_node)));
    if (!isRoot && !m_node.name.empty())
        addName(form);
    if (m_node.isLeaf())
        addLeaf(form);
    else if (m_node.kind != NodeKind::Object)
        addList(form);
    if (!m_node.isLeaf() && !isRoot)
        addWhenEmpty(form);
}

void NodeInspector::focusNamed(const QString& accessibleName)
{
    for (QWidget* const each : m_content->findChildren<QWidget*>())
        if (each->accessibleName() == accessibleName)
            return each->setFocus(Qt::OtherFocusReason);
}

void NodeInspector::focusFirst()
{
    for (QWidget* const each : m_content->findChildren<QWidget*>())
        if ((each->focusPolicy() & Qt::TabFocus) != 0)
            return each->setFocus(Qt::TabFocusReason);
}

void NodeInspector::focusValue()
{
    if (m_value == nullptr)
        return focusFirst();
    m_value->setFocus(Qt::TabFocusReason);
    if (auto* const line = qobject_cast<QLineEdit*>(m_value))
        line->selectAll();
}

void NodeInspector::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto* const button = qobject_cast<QAbstractButton*>(focusWidget());
    if (enter && button != nullptr && event->modifiers() == Qt::NoModifier)
        return button->click();
    if (event->key() == Qt::Key_Escape || (enter && event->modifiers() == Qt::NoModifier)) {
        Q_EMIT closed();
        return;
    }
    // Not to the tree, for which these keys mean its rows.
    event->accept();
}

void NodeInspector::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& colors = tokens(palette());
    painter.fillRect(rect(), colors.sunken);
    painter.fillRect(0, 0, grid::unit / 2, height(), colors.accent);
    painter.fillRect(0, height() - 1, width(), 1, colors.hairline);
}

QLineEdit* NodeInspector::addText(QFormLayout* form, const QString& label, const QString& text,
                                  std::function<void(Node&, const QString&)> set)
{
    auto* edit = new QLineEdit(text);
    edit->setAccessibleName(label);
    connect(edit, &QLineEdit::textEdited, this, [this, label, set](const QString& typed) {
        change(
            label, [&](Node& node) { set(node, typed); }, true);
    });
    form->addRow(label, edit);
    return edit;
}

void NodeInspector::addName(QFormLayout* form)
{
    auto* name = new QLineEdit(toQString(m_node.name));
    name->setAccessibleName(tr("Name"));
    connect(name, &QLineEdit::editingFinished, this, [this, name] {
        const std::string text = name->text().toStdString();
        if (text == m_node.name)
            return;
        // What is shown is what was typed: the field that the focus goes to stays.
        const std::string before = std::exchange(m_node.name, text);
        if (!m_editing.apply(tr("Rename to %1").arg(name->text()),
                             shape::renameNode(m_editing.shape(), *m_id, text))) {
            m_node.name = before;
            name->setText(toQString(before));
        }
        setAccessibleName(tr("Inspector of %1").arg(nameText(m_node)));
    });
    form->addRow(tr("Name"), name);
}

/// What a leaf is from: what another kind of it says rests until it is chosen again.
void NodeInspector::addKind(QFormLayout* form)
{
    QComboBox* const kind = choice(tr("Value from"));
    for (const NodeKind each : {NodeKind::Column, NodeKind::Constant, NodeKind::Text})
        kind->addItem(kindWord(each), static_cast<int>(each));
    if (m_node.kind == NodeKind::Json)
        kind->addItem(kindWord(NodeKind::Json), static_cast<int>(NodeKind::Json));
    kind->setCurrentIndex(kind->findData(static_cast<int>(m_node.kind)));
    connect(kind, &QComboBox::activated, this, [this, kind](int index) {
        const auto chosen = static_cast<NodeKind>(kind->itemData(index).toInt());
        m_editing.apply(tr("Value from: %1").arg(kind->itemText(index)),
                        m_editing.turnedInto(*m_id, chosen));
    });
    form->addRow(tr("Value from"), kind);
}

void NodeInspector::addSource(QFormLayout* form)
{
    QComboBox* const column = choice(tr("Column"));
    column->setMaxVisibleItems(20);
    const std::string model = modelOfNode();
    column->addItem(tr("(not bound yet)"));
    for (const std::string& name : schemaOf(model).addressableNames())
        column->addItem(toQString(name), toQString(name));
    const int at = column->findData(toQString(m_node.leaf.column));
    column->setCurrentIndex(std::max(at, 0));
    connect(column, &QComboBox::activated, this, [this, column](int index) {
        const std::string name = column->itemData(index).toString().toStdString();
        change(tr("Bind %1").arg(toQString(name)), [&](Node& node) { node.leaf.column = name; });
    });
    form->addRow(model == shape::mainModel ? tr("Column")
                                           : tr("Column of %1").arg(toQString(model)),
                 column);
}

void NodeInspector::addPick(QFormLayout* form)
{
    QComboBox* const pick =
        choiceOf(tr("Of several rows"), shape::picks, static_cast<int>(m_node.leaf.pick), pickWord);
    connect(pick, &QComboBox::activated, this, [this, pick](int index) {
        const auto chosen = static_cast<shape::Pick>(pick->itemData(index).toInt());
        change(tr("Take %1").arg(pickWord(chosen)), [&](Node& node) {
            node.leaf.pick = chosen;
            const bool sorts = chosen == shape::Pick::First || chosen == shape::Pick::Last;
            if (sorts && node.leaf.sortBy.empty() && !node.leaf.column.empty())
                node.leaf.sortBy.push_back({node.leaf.column, true, {}});
        });
        m_node = {};
        follow();
    });
    form->addRow(tr("Of several rows"), pick);
    if (m_node.leaf.pick != shape::Pick::First && m_node.leaf.pick != shape::Pick::Last)
        return;
    auto* sort = new SortChoice;
    sort->setKeys(schemaOf(modelOfNode()), m_node.leaf.sortBy);
    connect(sort, &SortChoice::edited, this, [this, sort] {
        change(tr("Sort"), [&](Node& node) { node.leaf.sortBy = sort->keys(); });
    });
    form->addRow(tr("Sorted by"), sort);
}

void NodeInspector::addLeaf(QFormLayout* form)
{
    addKind(form);
    switch (m_node.kind) {
    case NodeKind::Column:
        addSource(form);
        addPick(form);
        break;
    case NodeKind::Constant: {
        QLineEdit* const value =
            addText(form, tr("Value"), constantText(m_node.leaf),
                    [](Node& node, const QString& text) { sayConstant(node.leaf, text); });
        value->setPlaceholderText(tr("EUR, 5, true; \"5\" is text"));
        connect(value, &QLineEdit::textEdited, this, &NodeInspector::showType);
        m_value = value;
        break;
    }
    case NodeKind::Text: {
        QLineEdit* const text =
            addText(form, tr("Text"), toQString(m_node.leaf.text),
                    [](Node& node, const QString& typed) { node.leaf.text = typed.toStdString(); });
        text->setPlaceholderText(tr("Dear {first_name}"));
        m_value = text;
        break;
    }
    case NodeKind::Json:
        if (!m_node.leaf.column.empty())
            addSource(form);
        else
            addJson(form);
        break;
    case NodeKind::Object:
    case NodeKind::List:
    case NodeKind::Map:
        break;
    }
    m_chain = new FunctionChain;
    m_chain->setSchema(schemaOf(modelOfNode()));
    m_chain->setFunctions(m_node.leaf.functions);
    connect(m_chain, &FunctionChain::edited, this, [this](bool typing) {
        change(
            tr("Functions"), [this](Node& node) { node.leaf.functions = m_chain->functions(); },
            typing);
    });
    form->addRow(tr("Functions"), m_chain);
    addType(form);
    addFormat(form);
    addDefault(form);
    addNulls(form);
}

void NodeInspector::addType(QFormLayout* form)
{
    QComboBox* const type = choiceOf(
        tr("Type"), shape::leafTypes, static_cast<int>(m_node.leaf.type), [](shape::LeafType each) {
            return each == shape::LeafType::AsIs ? tr("as it is")
                                                 : QString::fromLatin1(shape::name(each));
        });
    connect(type, &QComboBox::activated, this, [this, type](int index) {
        const auto chosen = static_cast<shape::LeafType>(type->itemData(index).toInt());
        change(tr("Type %1").arg(type->itemText(index)), [chosen](Node& node) {
            node.leaf.type = chosen;
            if (formatKind(chosen) == FormatKind::None)
                node.leaf.format.reset();
        });
        m_node = {};
        follow();
    });
    form->addRow(tr("Type"), type);
    m_type = type;
}

/// What is typed as a constant can change its type.
void NodeInspector::showType()
{
    m_type->setCurrentIndex(m_type->findData(static_cast<int>(m_node.leaf.type)));
}

void NodeInspector::addJson(QFormLayout* form)
{
    auto* json = new JsonField(m_node.leaf.value);
    connect(json, &JsonField::edited, this, [this](const data::JsonNode& value) {
        change(
            tr("Value"), [&](Node& node) { node.leaf.value = value; }, true);
    });
    form->addRow(tr("Value"), json);
    m_value = json;
}

void NodeInspector::addFormat(QFormLayout* form)
{
    const FormatEdit edit = [this](const std::function<void(shape::Format&)>& make) {
        change(
            tr("Format"),
            [&](Node& node) {
                shape::Format format = node.leaf.format.value_or(shape::Format());
                make(format);
                node.leaf.format = format == shape::Format() ? std::nullopt : std::optional(format);
            },
            true);
    };
    const shape::Format format = m_node.leaf.format.value_or(shape::Format());
    switch (formatKind(m_node.leaf.type)) {
    case FormatKind::Number:
        return addNumberFormat(form, format, edit);
    case FormatKind::Date:
        return addDateFormat(form, format, edit);
    case FormatKind::None:
        return;
    }
}

/// Whether the node sends text, as far as its type and its column say.
bool NodeInspector::sendsText() const
{
    if (m_node.leaf.type != shape::LeafType::AsIs)
        return m_node.leaf.type == shape::LeafType::Text ||
               m_node.leaf.type == shape::LeafType::Date ||
               m_node.leaf.type == shape::LeafType::DateTime;
    for (const data::Column& column : schemaOf(modelOfNode()).columns)
        if (column.name == m_node.leaf.column)
            return column.kind != data::ValueKind::Bool &&
                   column.kind != data::ValueKind::Integer &&
                   column.kind != data::ValueKind::Decimal && column.kind != data::ValueKind::Float;
    return true;
}

void NodeInspector::addDefault(QFormLayout* form)
{
    auto* fallback =
        new QLineEdit(m_node.leaf.whenNull ? literalText(*m_node.leaf.whenNull) : QString());
    fallback->setAccessibleName(tr("If null, send"));
    fallback->setPlaceholderText(tr("nothing in its place"));
    connect(fallback, &QLineEdit::textEdited, this, [this](const QString& text) {
        change(
            tr("If null"),
            [&](Node& node) {
                node.leaf.whenNull.reset();
                if (!text.isEmpty())
                    node.leaf.whenNull =
                        sendsText() ? data::JsonNode(text.toStdString()) : scalarOf(text);
            },
            true);
        showFragments();
    });
    form->addRow(tr("If null, send"), fallback);
}

void NodeInspector::addNulls(QFormLayout* form)
{
    auto* choices = new QVBoxLayout;
    choices->setSpacing(0);
    for (const shape::NullPolicy policy : shape::nullPolicies) {
        auto* choice = new QRadioButton(nullsWord(policy));
        choice->setAccessibleName(tr("When it is null: %1").arg(nullsWord(policy)));
        choice->setChecked(policy == m_node.leaf.nulls);
        connect(choice, &QRadioButton::clicked, this, [this, policy] {
            change(tr("When null: %1").arg(nullsWord(policy)),
                   [policy](Node& node) { node.leaf.nulls = policy; });
        });
        QLabel* const fragment = codeLabel(tr("Sent when null: %1").arg(nullsWord(policy)));
        fragment->setContentsMargins(grid::page, 0, 0, 0);
        choices->addWidget(choice);
        choices->addWidget(fragment);
        m_fragments[policy] = fragment;
    }
    form->addRow(tr("When it is null"), choices);
    m_now = codeLabel(tr("Sent in this record"));
    form->addRow(tr("In this record"), m_now);
    showFragments();
}

void NodeInspector::showFragments()
{
    if (m_now == nullptr || !m_id)
        return;
    const QString member =
        m_node.name.empty() ? QString() : QStringLiteral("\"%1\": ").arg(toQString(m_node.name));
    const LiveRecord::NodeValue* const value = m_live ? m_live->find(*m_id) : nullptr;
    m_now->setText(value && value->values > 0
                       ? member + toQString(m_live->textOf(*value).substr(0, longestFragment))
                       : tr("nothing"));
    for (const auto& [policy, label] : m_fragments) {
        const auto& fallback = m_node.leaf.whenNull;
        label->setText(fallback ? member + toQString(fallback->dump())
                       : policy == shape::NullPolicy::SendNull ? member + QStringLiteral("null")
                                                               : tr("nothing"));
    }
}

void NodeInspector::edit(ListChip chip)
{
    const auto found = m_editors.find(chip);
    if (found == m_editors.end())
        return;
    found->second->setFocus(Qt::OtherFocusReason);
    if (auto* box = qobject_cast<QComboBox*>(found->second))
        box->showPopup();
}

} // namespace headgate::ui
