// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace headgate::ui {

/// Nulls in a quiet colour and values that cannot be said in JSON in that of errors, for models
/// that answer RowsModel::NullRole and InvalidRole.
class ValueDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace headgate::ui
