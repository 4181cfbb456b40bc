// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/format_fields.h"

#include "base/text.h"
#include "shape/function_chain.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace headgate::ui {

namespace {

using shape::Format;

void addFormatText(QFormLayout* form, const QString& label, const QString& hint,
                   const std::string& text, std::string Format::*member, const FormatEdit& edit)
{
    auto* typed = new QLineEdit(toQString(text));
    typed->setAccessibleName(label);
    typed->setPlaceholderText(hint);
    QObject::connect(typed, &QLineEdit::textEdited, typed, [edit, member](const QString& now) {
        edit([&](Format& format) { format.*member = now.toStdString(); });
    });
    form->addRow(label, typed);
}

} // namespace

void addNumberFormat(QFormLayout* form, const Format& format, const FormatEdit& edit)
{
    auto* decimals = new QSpinBox;
    decimals->setRange(-1, 20);
    decimals->setSpecialValueText(FunctionChain::tr("as they are"));
    decimals->setValue(format.decimals.value_or(-1));
    decimals->setAccessibleName(FunctionChain::tr("Decimals"));
    QObject::connect(decimals, &QSpinBox::valueChanged, decimals, [edit](int value) {
        edit([value](Format& changed) {
            changed.decimals = value < 0 ? std::nullopt : std::optional(value);
        });
    });
    form->addRow(FunctionChain::tr("Decimals"), decimals);
    addFormatText(form, FunctionChain::tr("Thousands"), FunctionChain::tr("nothing between them"),
                  format.grouping, &Format::grouping, edit);
    addFormatText(form, FunctionChain::tr("Decimal point"), {}, format.decimalPoint,
                  &Format::decimalPoint, edit);
}

void addDateFormat(QFormLayout* form, const Format& format, const FormatEdit& edit)
{
    addFormatText(form, FunctionChain::tr("Pattern"),
                  FunctionChain::tr("iso, unix_s, unix_ms or yyyy-MM-dd HH:mm"), format.pattern,
                  &Format::pattern, edit);
    addFormatText(form, FunctionChain::tr("Zone"), FunctionChain::tr("UTC, or Europe/Berlin"),
                  format.zone, &Format::zone, edit);
    addFormatText(form, FunctionChain::tr("Times without a zone are of"),
                  FunctionChain::tr("unknown, or Europe/Berlin"), format.sourceZone,
                  &Format::sourceZone, edit);
}

} // namespace headgate::ui
