// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/button_kind.h"

#include <QAbstractButton>
#include <QString>
#include <QVariant>

namespace headgate::ui {
namespace {

constexpr const char* kindProperty = "headgateButtonKind";
constexpr const char* errorProperty = "headgateInputError";

} // namespace

void setButtonKind(QAbstractButton* button, ButtonKind kind)
{
    button->setProperty(kindProperty, static_cast<int>(kind));
    button->update();
}

ButtonKind buttonKind(const QWidget* button)
{
    const QVariant kind = button == nullptr ? QVariant() : button->property(kindProperty);
    return kind.isValid() ? static_cast<ButtonKind>(kind.toInt()) : ButtonKind::Secondary;
}

void setInputError(QWidget* input, const QString& reason)
{
    if (hasInputError(input) || !reason.isEmpty())
        input->setAccessibleDescription(reason);
    input->setProperty(errorProperty, !reason.isEmpty());
    input->update();
}

bool hasInputError(const QWidget* input)
{
    return input != nullptr && input->property(errorProperty).toBool();
}

} // namespace headgate::ui
