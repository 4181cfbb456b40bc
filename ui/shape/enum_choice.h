// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace headgate::ui {

/// An empty combo box that screen readers call so.
inline QComboBox* choice(const QString& name)
{
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    return box;
}

/// A combo box over an enum whose values have words; the values are its data as int.
template <typename Values, typename Word>
QComboBox* choiceOf(const QString& name, const Values& values, int current, Word word)
{
    QComboBox* const box = choice(name);
    for (const auto value : values)
        box->addItem(word(value), static_cast<int>(value));
    box->setCurrentIndex(box->findData(current));
    return box;
}

} // namespace headgate::ui
