// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/function_chain.h"

#include "base/text.h"
#include "shape/format_fields.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/condition_editor.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

namespace headgate::ui {

namespace {

constexpr std::size_t longestTrace = 60; ///< bytes of a value that are shown

using shape::Function;
using shape::FunctionKind;

/// "a => b" a line; the last line "* => c" is what others become.
QString casesText(const Function& function)
{
    QStringList lines;
    for (const Function::Mapping& mapping : function.cases)
        lines.append(literalText(mapping.when) + QStringLiteral(" => ") +
                     literalText(mapping.then));
    if (function.otherwise)
        lines.append(QStringLiteral("* => ") + literalText(*function.otherwise));
    return lines.join(QLatin1Char('\n'));
}

void setCases(Function& function, const QString& text)
{
    function.cases.clear();
    function.otherwise.reset();
    for (const QString& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QStringList sides = line.split(QStringLiteral("=>"));
        if (sides.size() != 2)
            continue;
        const data::JsonNode then = sides[1].trimmed().toStdString();
        if (sides[0].trimmed() == QLatin1String("*"))
            function.otherwise = then;
        else
            function.cases.push_back({sides[0].trimmed().toStdString(), then});
    }
}

/// "first_name, 'Mr'": columns and constants in quotes.
QString operandsText(const Function& function)
{
    QStringList texts;
    for (const shape::Operand& operand : function.operands)
        texts.append(operand.column.empty()
                         ? QLatin1Char('\'') + literalText(operand.value) + QLatin1Char('\'')
                         : toQString(operand.column));
    return texts.join(QStringLiteral(", "));
}

void setOperands(Function& function, const QString& text, const data::Schema& schema)
{
    function.operands.clear();
    for (const QString& each : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        QString operand = each.trimmed();
        if (schema.indexOf(operand.toStdString())) {
            function.operands.push_back({operand.toStdString(), {}});
            continue;
        }
        if (operand.size() > 1 && operand.startsWith(QLatin1Char('\'')) &&
            operand.endsWith(QLatin1Char('\'')))
            operand = operand.mid(1, operand.size() - 2);
        function.operands.push_back({{}, operand.toStdString()});
    }
}

} // namespace

QString functionName(FunctionKind kind)
{
    switch (kind) {
    case FunctionKind::Trim:
        return FunctionChain::tr("trim");
    case FunctionKind::Lower:
        return FunctionChain::tr("lower case");
    case FunctionKind::Upper:
        return FunctionChain::tr("upper case");
    case FunctionKind::Case:
        return FunctionChain::tr("map values");
    case FunctionKind::Concat:
        return FunctionChain::tr("join with");
    case FunctionKind::Coalesce:
        return FunctionChain::tr("if null, take");
    case FunctionKind::NumberFormat:
        return FunctionChain::tr("number format");
    case FunctionKind::DateFormat:
        return FunctionChain::tr("date format");
    case FunctionKind::RegexReplace:
        return FunctionChain::tr("replace a pattern");
    case FunctionKind::Sha256:
        return FunctionChain::tr("SHA-256");
    }
    return {};
}

FunctionChain::FunctionChain(QWidget* parent)
    : QWidget(parent), m_steps(new QVBoxLayout), m_add(new QPushButton(tr("Add a function")))
{
    m_add->setIcon(themeIcon(Icon::Add));
    m_add->setAccessibleName(tr("Add a function"));
    auto* menu = new QMenu(m_add);
    for (const FunctionKind kind : shape::functionKinds)
        connect(menu->addAction(functionName(kind)), &QAction::triggered, this, [this, kind] {
            Function function;
            function.kind = kind;
            m_functions.push_back(function);
            rebuild();
            focusLastStep();
            Q_EMIT edited(false);
        });
    m_add->setMenu(menu);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    m_steps->setSpacing(grid::unit);
    layout->addLayout(m_steps);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    rebuild();
}

void FunctionChain::setFunctions(const std::vector<Function>& functions)
{
    if (functions == m_functions)
        return;
    m_functions = functions;
    rebuild();
}

void FunctionChain::setTrace(const std::vector<std::string>& values)
{
    m_trace = values;
    showTrace();
}

void FunctionChain::showTrace()
{
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        const bool known = i < m_trace.size();
        m_values[i]->setText(known ? toQString(m_trace[i].substr(0, longestTrace)) : QString());
    }
}

void FunctionChain::change(std::size_t step, const std::function<void(Function&)>& edit,
                           bool typing)
{
    edit(m_functions[step]);
    Q_EMIT edited(typing);
}

void FunctionChain::rebuild()
{
    while (QLayoutItem* item = m_steps->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_values.clear();
    auto* first = new QLabel;
    first->setFont(codeFont(TextSize::Small));
    first->setTextFormat(Qt::PlainText);
    first->setAccessibleName(tr("Value before the functions"));
    first->setVisible(!m_functions.empty());
    m_steps->addWidget(first);
    m_values.push_back(first);
    for (std::size_t step = 0; step < m_functions.size(); ++step)
        addStep(step);
    showTrace();
}

/// Where the caret goes on: what the new step asks for first.
void FunctionChain::focusLastStep()
{
    const QWidget* const box = m_steps->itemAt(m_steps->count() - 1)->widget();
    for (QWidget* const field : box->findChildren<QWidget*>())
        if ((field->focusPolicy() & Qt::TabFocus) != 0 &&
            qobject_cast<QToolButton*>(field) == nullptr)
            return field->setFocus(Qt::OtherFocusReason);
    m_add->setFocus(Qt::OtherFocusReason);
}

void FunctionChain::addStep(std::size_t step)
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::unit);
    auto* name = new QLabel(QStringLiteral("\u203A ") + functionName(m_functions[step].kind));
    name->setFont(textFont(TextSize::Body, QFont::DemiBold));
    auto* value = new QLabel;
    value->setFont(codeFont(TextSize::Small));
    value->setTextFormat(Qt::PlainText);
    value->setAccessibleName(tr("Value after %1").arg(functionName(m_functions[step].kind)));
    auto* remove = new QToolButton;
    remove->setIcon(themeIcon(Icon::Close));
    remove->setAutoRaise(true);
    remove->setAccessibleName(tr("Remove %1").arg(functionName(m_functions[step].kind)));
    connect(remove, &QToolButton::clicked, this, [this, step] {
        m_functions.erase(m_functions.begin() + static_cast<std::ptrdiff_t>(step));
        rebuild();
        m_add->setFocus(Qt::OtherFocusReason);
        Q_EMIT edited(false);
    });
    auto* head = new QHBoxLayout;
    head->addWidget(name);
    head->addWidget(value, 1);
    head->addWidget(remove);
    column->addLayout(head);
    auto* form = new QFormLayout;
    form->setContentsMargins(grid::section, 0, 0, 0);
    addSettings(step, form);
    column->addLayout(form);
    m_steps->addWidget(box);
    m_values.push_back(value);
}

void FunctionChain::addText(std::size_t step, QFormLayout* form, const QString& label,
                            const QString& text, std::function<void(Function&, const QString&)> set)
{
    auto* edit = new QLineEdit(text);
    edit->setAccessibleName(label);
    connect(edit, &QLineEdit::textEdited, this, [this, step, set](const QString& typed) {
        change(
            step, [&](Function& function) { set(function, typed); }, true);
    });
    form->addRow(label, edit);
}

FormatEdit FunctionChain::formatEdit(std::size_t step)
{
    return [this, step](const std::function<void(shape::Format&)>& edit) {
        change(
            step, [&](Function& function) { edit(function.format); }, true);
    };
}

void FunctionChain::addSettings(std::size_t step, QFormLayout* form)
{
    const Function& function = m_functions[step];
    switch (function.kind) {
    case FunctionKind::Trim:
    case FunctionKind::Lower:
    case FunctionKind::Upper:
        return;
    case FunctionKind::Case: {
        auto* edit = new QPlainTextEdit(casesText(function));
        edit->setAccessibleName(tr("Values, one 'from => to' a line"));
        edit->setPlaceholderText(tr("A => active\n* => other"));
        edit->setMaximumHeight(4 * rowHeight());
        connect(edit, &QPlainTextEdit::textChanged, this, [this, step, edit] {
            change(
                step, [&](Function& f) { setCases(f, edit->toPlainText()); }, true);
        });
        return form->addRow(tr("Values"), edit);
    }
    case FunctionKind::Concat:
        addText(step, form, tr("Between"), toQString(function.separator),
                [](Function& f, const QString& text) { f.separator = text.toStdString(); });
        [[fallthrough]];
    case FunctionKind::Coalesce:
        return addText(
            step, form, tr("Columns or 'texts'"), operandsText(function),
            [this](Function& f, const QString& text) { setOperands(f, text, m_schema); });
    case FunctionKind::NumberFormat:
        return addNumberFormat(form, function.format, formatEdit(step));
    case FunctionKind::DateFormat:
        return addDateFormat(form, function.format, formatEdit(step));
    case FunctionKind::RegexReplace:
        addText(step, form, tr("Pattern"), toQString(function.pattern),
                [](Function& f, const QString& text) { f.pattern = text.toStdString(); });
        return addText(
            step, form, tr("Becomes"), toQString(function.replacement),
            [](Function& f, const QString& text) { f.replacement = text.toStdString(); });
    case FunctionKind::Sha256: {
        auto* normalise = new QComboBox;
        normalise->setAccessibleName(tr("Normalised as"));
        for (const shape::MatchingKey key : shape::matchingKeys)
            normalise->addItem(QString::fromLatin1(shape::name(key)), static_cast<int>(key));
        normalise->setCurrentIndex(normalise->findData(static_cast<int>(function.normalise)));
        connect(normalise, &QComboBox::activated, this, [this, step, normalise](int index) {
            const auto key = static_cast<shape::MatchingKey>(normalise->itemData(index).toInt());
            change(
                step, [key](Function& f) { f.normalise = key; }, false);
        });
        return form->addRow(tr("Normalised as"), normalise);
    }
    }
}

} // namespace headgate::ui
