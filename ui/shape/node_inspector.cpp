// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/node_inspector.h"

#include "base/text.h"
#include "shape/function_chain.h"
#include "theme/fonts.h"
#include "widgets/column_choice.h"
#include "widgets/condition_editor.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QToolButton>

namespace headgate::ui {

namespace {

using shape::Node;
using shape::NodeKind;

QComboBox* choice(const QString& name)
{
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    return box;
}

/// A combo box over an enum whose values have words.
template <typename Values, typename Word>
QComboBox* choiceOf(const QString& name, const Values& values, int current, Word word)
{
    QComboBox* const box = choice(name);
    for (const auto value : values)
        box->addItem(word(value), static_cast<int>(value));
    box->setCurrentIndex(box->findData(current));
    return box;
}

Node withoutChildren(const Node& node)
{
    Node bare = node;
    bare.children.clear();
    return bare;
}

QString nullsWord(shape::NullPolicy policy)
{
    switch (policy) {
    case shape::NullPolicy::SendNull:
        return NodeInspector::tr("send null");
    case shape::NullPolicy::LeaveOut:
        return NodeInspector::tr("leave the field out");
    case shape::NullPolicy::SetIfEmpty:
        return NodeInspector::tr("leave it out, and only fill an empty field");
    }
    return {};
}

QString emptyWord(shape::WhenEmpty empty)
{
    switch (empty) {
    case shape::WhenEmpty::Send:
        return NodeInspector::tr("send it empty");
    case shape::WhenEmpty::SendNull:
        return NodeInspector::tr("send null");
    case shape::WhenEmpty::LeaveOut:
        return NodeInspector::tr("leave the field out");
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
    : QWidget(parent), m_editing(editing), m_title(new QLabel), m_scroll(new QScrollArea)
{
    m_title->setFont(textFont(TextSize::Small, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    auto* close = new QToolButton;
    close->setIcon(themeIcon(Icon::Close));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the inspector"));
    connect(close, &QToolButton::clicked, this, &NodeInspector::closed);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::section, grid::unit, grid::unit, grid::unit);
    head->addWidget(m_title, 1);
    head->addWidget(close);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_scroll, 1);
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
    m_chain = nullptr;
    m_fragment = nullptr;
    m_editors.clear();
    const bool isRoot = *m_id == m_editing.shape().root.id;
    m_title->setText(isRoot ? tr("The whole payload") : toQString(m_editing.shape().pathOf(*m_id)));
    auto* content = new QWidget;
    auto* form = new QFormLayout(content);
    form->setContentsMargins(grid::section, 0, grid::section, grid::gap);
    form->setSpacing(grid::gap);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (!isRoot && !m_node.name.empty())
        addName(form);
    if (m_node.isLeaf())
        addLeaf(form);
    else if (m_node.kind != NodeKind::Object)
        addList(form);
    if (!m_node.isLeaf() && !isRoot)
        addWhenEmpty(form);
    m_scroll->setWidget(content);
    if (m_live)
        setLive(m_live);
}

void NodeInspector::addText(QFormLayout* form, const QString& label, const QString& text,
                            std::function<void(Node&, const QString&)> set)
{
    auto* edit = new QLineEdit(text);
    edit->setAccessibleName(label);
    connect(edit, &QLineEdit::textEdited, this, [this, label, set](const QString& typed) {
        change(
            label, [&](Node& node) { set(node, typed); }, true);
    });
    form->addRow(label, edit);
}

void NodeInspector::addName(QFormLayout* form)
{
    auto* name = new QLineEdit(toQString(m_node.name));
    name->setAccessibleName(tr("Name"));
    connect(name, &QLineEdit::editingFinished, this, [this, name] {
        const std::string text = name->text().toStdString();
        if (text == m_node.name)
            return;
        if (!m_editing.apply(tr("Rename to %1").arg(name->text()),
                             shape::renameNode(m_editing.shape(), *m_id, text)))
            name->setText(toQString(m_node.name));
    });
    form->addRow(tr("Name"), name);
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
    switch (m_node.kind) {
    case NodeKind::Column:
        addSource(form);
        addPick(form);
        break;
    case NodeKind::Constant:
        addText(form, tr("Value"), literalText(m_node.leaf.value),
                [](Node& node, const QString& text) {
                    const auto json = data::parseJson(text.toStdString());
                    const bool scalar = json && !json->is_structured() &&
                                        json->dump() == text.trimmed().toStdString();
                    node.leaf.value = scalar ? *json : data::JsonNode(text.toStdString());
                });
        break;
    case NodeKind::Text:
        addText(form, tr("Text"), toQString(m_node.leaf.text),
                [](Node& node, const QString& text) { node.leaf.text = text.toStdString(); });
        break;
    case NodeKind::Json:
        if (!m_node.leaf.column.empty())
            addSource(form);
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
    QComboBox* const type = choiceOf(
        tr("Type"), shape::leafTypes, static_cast<int>(m_node.leaf.type), [](shape::LeafType each) {
            return each == shape::LeafType::AsIs ? tr("as it is")
                                                 : QString::fromLatin1(shape::name(each));
        });
    connect(type, &QComboBox::activated, this, [this, type](int index) {
        const auto chosen = static_cast<shape::LeafType>(type->itemData(index).toInt());
        change(tr("Type %1").arg(type->itemText(index)),
               [chosen](Node& node) { node.leaf.type = chosen; });
    });
    form->addRow(tr("Type"), type);
    addNulls(form);
}

void NodeInspector::addNulls(QFormLayout* form)
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
                    node.leaf.whenNull = data::JsonNode(text.toStdString());
            },
            true);
    });
    form->addRow(tr("If null, send"), fallback);
    QComboBox* const nulls = choiceOf(tr("When it is null"), shape::nullPolicies,
                                      static_cast<int>(m_node.leaf.nulls), nullsWord);
    connect(nulls, &QComboBox::activated, this, [this, nulls](int index) {
        const auto chosen = static_cast<shape::NullPolicy>(nulls->itemData(index).toInt());
        change(tr("When null: %1").arg(nullsWord(chosen)),
               [chosen](Node& node) { node.leaf.nulls = chosen; });
        showFragments();
    });
    form->addRow(tr("When it is null"), nulls);
    m_fragment = new QLabel;
    m_fragment->setFont(codeFont(TextSize::Small));
    m_fragment->setTextFormat(Qt::PlainText);
    m_fragment->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(QString(), m_fragment);
    showFragments();
}

void NodeInspector::showFragments()
{
    if (m_fragment == nullptr || !m_id)
        return;
    const QString name = nameText(m_node);
    const LiveRecord::NodeValue* const value = m_live ? m_live->find(*m_id) : nullptr;
    const QString now = value && value->values > 0
                            ? QStringLiteral("\"%1\": %2")
                                  .arg(name, toQString(m_live->textOf(*value).substr(0, 60)))
                            : tr("nothing");
    const bool fallback = m_node.leaf.whenNull.has_value();
    const QString whenNull =
        fallback ? QStringLiteral("\"%1\": \"%2\"").arg(name, literalText(*m_node.leaf.whenNull))
        : m_node.leaf.nulls == shape::NullPolicy::SendNull
            ? QStringLiteral("\"%1\": null").arg(name)
            : tr("nothing");
    m_fragment->setText(tr("here %1   \u00B7   when null %2").arg(now, whenNull));
}

void NodeInspector::addListRows(QFormLayout* form)
{
    QComboBox* const source = choice(tr("Rows of"));
    source->addItem(tr("the record"), QString());
    for (const shape::RelatedModel& related : m_editing.models().related)
        if (!related.toOne)
            source->addItem(toQString(related.name), toQString(related.name));
    source->setCurrentIndex(std::max(source->findData(toQString(m_node.list.source.model)), 0));
    connect(source, &QComboBox::activated, this, [this, source](int index) {
        const std::string model = source->itemData(index).toString().toStdString();
        change(tr("Rows of %1").arg(source->itemText(index)),
               [&](Node& node) { node.list.source.model = model; });
        m_node = {};
        follow();
    });
    form->addRow(tr("Rows of"), source);
    m_editors[ListChip::Source] = source;

    const data::Schema& schema = schemaOf(modelOfNode());
    auto* where = new ConditionEditor;
    where->setSchema(schema);
    where->setCondition(m_node.list.where);
    connect(where, &ConditionEditor::edited, this, [this, where](bool typing) {
        change(
            tr("Where"), [where](Node& node) { node.list.where = where->condition(); }, typing);
    });
    form->addRow(tr("Where"), where);
    m_editors[ListChip::Where] = where;

    auto* sort = new SortChoice;
    sort->setKeys(schema, m_node.list.sortBy);
    connect(sort, &SortChoice::edited, this, [this, sort] {
        change(tr("Sort"), [sort](Node& node) { node.list.sortBy = sort->keys(); });
    });
    form->addRow(tr("Sorted by"), sort);
    m_editors[ListChip::Order] = sort;

    const auto columns = [&](const QString& label, ListChip chip,
                             std::vector<std::string> shape::ListOptions::*member) {
        auto* chosen = new ColumnChoice;
        chosen->setAccessibleName(label);
        chosen->setColumns(schema, m_node.list.*member);
        connect(chosen, &ColumnChoice::edited, this, [this, chosen, label, member] {
            change(label, [&](Node& node) { node.list.*member = chosen->chosen(); });
        });
        form->addRow(label, chosen);
        m_editors[chip] = chosen;
    };
    columns(tr("One per"), ListChip::Distinct, &shape::ListOptions::distinct);
    columns(tr("Grouped by"), ListChip::Groups, &shape::ListOptions::groupBy);
}

void NodeInspector::addList(QFormLayout* form)
{
    if (m_node.kind == NodeKind::List) {
        QComboBox* const form_ =
            choiceOf(tr("Form"), shape::listForms, static_cast<int>(m_node.list.form), formName);
        connect(form_, &QComboBox::activated, this, [this, form_](int index) {
            const auto chosen = static_cast<shape::ListForm>(form_->itemData(index).toInt());
            m_editing.apply(formName(chosen), shape::setListForm(m_editing.shape(), *m_id, chosen));
        });
        form->addRow(tr("Form"), form_);
        m_editors[ListChip::Form] = form_;
    }
    addListRows(form);
    auto* limit = new QSpinBox;
    limit->setAccessibleName(tr("At most"));
    limit->setRange(0, 100000);
    limit->setSpecialValueText(tr("all"));
    limit->setValue(static_cast<int>(m_node.list.limit.value_or(0)));
    connect(limit, &QSpinBox::valueChanged, this, [this](int value) {
        change(
            tr("At most %1").arg(value),
            [value](Node& node) {
                node.list.limit.reset();
                if (value > 0)
                    node.list.limit = static_cast<std::uint64_t>(value);
            },
            true);
    });
    form->addRow(tr("At most"), limit);
    m_editors[ListChip::Limit] = limit;
    if (m_node.kind == NodeKind::Map || m_node.list.form == shape::ListForm::DictionaryByKey) {
        QComboBox* const key = choice(tr("Key"));
        for (const std::string& name : schemaOf(modelOfNode()).addressableNames())
            key->addItem(toQString(name));
        key->setCurrentText(toQString(m_node.list.key.column));
        connect(key, &QComboBox::textActivated, this, [this](const QString& name) {
            change(tr("Key %1").arg(name),
                   [&](Node& node) { node.list.key.column = name.toStdString(); });
        });
        form->addRow(tr("Key"), key);
        m_editors[ListChip::Key] = key;
    }
}

void NodeInspector::addWhenEmpty(QFormLayout* form)
{
    QComboBox* const empty = choiceOf(tr("When it is empty"), shape::whenEmpties,
                                      static_cast<int>(m_node.whenEmpty), emptyWord);
    connect(empty, &QComboBox::activated, this, [this, empty](int index) {
        const auto chosen = static_cast<shape::WhenEmpty>(empty->itemData(index).toInt());
        change(tr("When empty: %1").arg(emptyWord(chosen)),
               [chosen](Node& node) { node.whenEmpty = chosen; });
    });
    form->addRow(tr("When it is empty"), empty);
}

void NodeInspector::edit(ListChip chip)
{
    const auto found = m_editors.find(chip);
    if (found == m_editors.end())
        return;
    m_scroll->ensureWidgetVisible(found->second);
    found->second->setFocus(Qt::OtherFocusReason);
    if (auto* box = qobject_cast<QComboBox*>(found->second))
        box->showPopup();
}

} // namespace headgate::ui
