// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/value_delegate.h"

#include "theme/tokens.h"
#include "widgets/rows_model.h"

namespace headgate::ui {

void ValueDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool null = index.data(RowsModel::NullRole).toBool();
    const bool invalid = index.data(RowsModel::InvalidRole).toBool();
    if (!null && !invalid)
        return;
    const Tokens& t = tokens(option->palette);
    const QColor color = null ? t.tertiary : t.tone(Tone::Error).text;
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
}

} // namespace headgate::ui
