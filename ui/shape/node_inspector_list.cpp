// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/node_inspector.h"

#include "base/text.h"
#include "shape/enum_choice.h"
#include "widgets/column_choice.h"
#include "widgets/condition_editor.h"

#include <QFormLayout>
#include <QSpinBox>

namespace headgate::ui {

namespace {

using shape::Node;
using shape::NodeKind;

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

} // namespace

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
            m_editing.apply(formName(chosen), shape::setListForm(m_editing.shape(), *m_id, chosen,
                                                                 &m_editing.models()));
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
        if (m_node.list.key.column.empty())
            key->addItem(tr("(not chosen yet)"));
        for (const std::string& name : schemaOf(modelOfNode()).addressableNames())
            key->addItem(toQString(name), toQString(name));
        key->setCurrentIndex(std::max(key->findData(toQString(m_node.list.key.column)), 0));
        connect(key, &QComboBox::activated, this, [this, key](int index) {
            const QString name = key->itemData(index).toString();
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

} // namespace headgate::ui
