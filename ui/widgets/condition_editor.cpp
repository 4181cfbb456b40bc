// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/condition_editor.h"

#include "base/text.h"
#include "theme/icon.h"
#include "theme/tokens.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

using shape::Condition;
using shape::ConditionOperator;

bool takesValue(ConditionOperator op)
{
    return op != ConditionOperator::IsNull && op != ConditionOperator::IsNotNull;
}

QString wordOf(ConditionOperator op)
{
    switch (op) {
    case ConditionOperator::Equal:
        return QStringLiteral("=");
    case ConditionOperator::NotEqual:
        return QStringLiteral("\u2260");
    case ConditionOperator::Less:
        return QStringLiteral("<");
    case ConditionOperator::LessOrEqual:
        return QStringLiteral("\u2264");
    case ConditionOperator::Greater:
        return QStringLiteral(">");
    case ConditionOperator::GreaterOrEqual:
        return QStringLiteral("\u2265");
    case ConditionOperator::IsNull:
        return ConditionEditor::tr("is null");
    case ConditionOperator::IsNotNull:
        return ConditionEditor::tr("is not null");
    case ConditionOperator::In:
        return ConditionEditor::tr("is one of");
    case ConditionOperator::Contains:
        return ConditionEditor::tr("contains");
    case ConditionOperator::StartsWith:
        return ConditionEditor::tr("starts with");
    case ConditionOperator::All:
    case ConditionOperator::Any:
        return {};
    }
    return {};
}

bool isNumeric(data::ValueKind kind)
{
    return kind == data::ValueKind::Integer || kind == data::ValueKind::Decimal ||
           kind == data::ValueKind::Float;
}

} // namespace

data::JsonNode literalOf(const QString& text, data::ValueKind kind)
{
    const std::string utf8 = text.trimmed().toStdString();
    if (kind == data::ValueKind::Bool && (utf8 == "true" || utf8 == "false"))
        return utf8 == "true";
    // A number that JSON's reader would round stays text: it is compared digit by digit.
    if (isNumeric(kind)) {
        const auto number = data::parseJson(utf8);
        if (number && number->is_number() && number->dump() == utf8)
            return *number;
    }
    return isNumeric(kind) ? data::JsonNode(utf8) : data::JsonNode(text.toStdString());
}

QString literalText(const data::JsonNode& value)
{
    return value.is_string() ? toQString(value.get<std::string>()) : toQString(value.dump());
}

ConditionEditor::ConditionEditor(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout)
{
    m_all = new QComboBox;
    m_all->addItem(tr("all of these hold"));
    m_all->addItem(tr("any of these holds"));
    m_all->setAccessibleName(tr("All or any"));
    auto* add = new QPushButton(themeIcon(Icon::Add), tr("Add a condition"));
    add->setAccessibleName(tr("Add a condition"));
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(add);
    bottom->addWidget(m_all);
    bottom->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    m_rows->setSpacing(grid::unit);
    layout->addLayout(m_rows);
    layout->addLayout(bottom);
    connect(add, &QPushButton::clicked, this, [this] {
        Condition part;
        part.op = ConditionOperator::IsNotNull;
        const auto names = m_schema.addressableNames();
        part.column = names.empty() ? std::string() : names.front();
        m_condition.parts.push_back(part);
        rebuild();
        Q_EMIT edited(false);
    });
    connect(m_all, &QComboBox::activated, this, [this](int index) {
        m_condition.op = index == 0 ? ConditionOperator::All : ConditionOperator::Any;
        Q_EMIT edited(false);
    });
    rebuild();
}

void ConditionEditor::setSchema(const data::Schema& schema)
{
    if (schema == m_schema)
        return;
    m_schema = schema;
    rebuild();
}

void ConditionEditor::setCondition(const Condition& condition)
{
    Condition group = condition;
    if (!shape::isGroup(condition.op)) {
        group = Condition();
        group.parts.push_back(condition);
    }
    if (group == m_condition)
        return;
    m_condition = std::move(group);
    rebuild();
}

data::ValueKind ConditionEditor::kindOf(const std::string& column) const
{
    const auto index = m_schema.indexOf(column);
    return index ? m_schema.columns[*index].kind : data::ValueKind::Text;
}

void ConditionEditor::change(std::size_t part, const Condition& to, bool typing)
{
    m_condition.parts[part] = to;
    Q_EMIT edited(typing);
}

void ConditionEditor::rebuild()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    for (std::size_t part = 0; part < m_condition.parts.size(); ++part)
        addRow(part);
    m_all->setCurrentIndex(m_condition.op == ConditionOperator::Any ? 1 : 0);
    m_all->setVisible(m_condition.parts.size() > 1);
}

QWidget* ConditionEditor::valueEdit(std::size_t part)
{
    const Condition& condition = m_condition.parts[part];
    auto* edit = new QLineEdit;
    edit->setAccessibleName(tr("Value"));
    if (condition.op == ConditionOperator::In && condition.value.is_array()) {
        QStringList texts;
        for (const auto& each : condition.value)
            texts.append(literalText(each));
        edit->setText(texts.join(QStringLiteral(", ")));
    } else if (!condition.value.is_null()) {
        edit->setText(literalText(condition.value));
    }
    edit->setPlaceholderText(condition.op == ConditionOperator::In ? tr("a, b, c") : tr("value"));
    connect(edit, &QLineEdit::textEdited, this, [this, part](const QString& text) {
        Condition next = m_condition.parts[part];
        const data::ValueKind kind = kindOf(next.column);
        if (next.op == ConditionOperator::In) {
            next.value = data::JsonNode::array();
            for (const QString& each : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
                next.value.push_back(literalOf(each.trimmed(), kind));
        } else {
            next.value = literalOf(text, kind);
        }
        change(part, next, true);
    });
    return edit;
}

void ConditionEditor::addRow(std::size_t part)
{
    const Condition& condition = m_condition.parts[part];
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    if (shape::isGroup(condition.op)) {
        layout->addWidget(new QLabel(tr("%n conditions together", nullptr,
                                        static_cast<int>(condition.parts.size()))),
                          1);
    } else {
        auto* column = new QComboBox;
        column->setAccessibleName(tr("Column"));
        for (const std::string& name : m_schema.addressableNames())
            column->addItem(toQString(name));
        if (column->findText(toQString(condition.column)) < 0)
            column->addItem(toQString(condition.column));
        column->setCurrentText(toQString(condition.column));
        auto* op = new QComboBox;
        op->setAccessibleName(tr("Comparison"));
        for (const ConditionOperator each : shape::conditionOperators)
            if (!shape::isGroup(each))
                op->addItem(wordOf(each), static_cast<int>(each));
        op->setCurrentIndex(op->findData(static_cast<int>(condition.op)));
        layout->addWidget(column, 2);
        layout->addWidget(op, 1);
        if (takesValue(condition.op))
            layout->addWidget(valueEdit(part), 2);
        connect(column, &QComboBox::textActivated, this, [this, part](const QString& name) {
            Condition next = m_condition.parts[part];
            next.column = name.toStdString();
            change(part, next, false);
        });
        connect(op, &QComboBox::activated, this, [this, part, op](int index) {
            Condition next = m_condition.parts[part];
            next.op = static_cast<ConditionOperator>(op->itemData(index).toInt());
            if (!takesValue(next.op))
                next.value = nullptr;
            else if (next.op == ConditionOperator::In && !next.value.is_array())
                next.value = data::JsonNode::array();
            else if (next.op != ConditionOperator::In &&
                     (next.value.is_array() || next.value.is_null()))
                next.value = literalOf({}, kindOf(next.column));
            m_condition.parts[part] = next;
            rebuild();
            Q_EMIT edited(false);
        });
    }
    auto* remove = new QToolButton;
    remove->setIcon(themeIcon(Icon::Close));
    remove->setAccessibleName(tr("Remove the condition"));
    remove->setAutoRaise(true);
    layout->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, part] {
        m_condition.parts.erase(m_condition.parts.begin() + static_cast<std::ptrdiff_t>(part));
        rebuild();
        Q_EMIT edited(false);
    });
    m_rows->addWidget(row);
}

} // namespace headgate::ui
