// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace headgate::ui {

/// Rows of an icon, a title and a line under it; and headings, which are Qt::NoItemFlags rows.
class ChoiceDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum Role
    {
        DetailRole = Qt::UserRole + 1, ///< QString
        HeadingRole,                   ///< bool
        ImpossibleRole                 ///< bool: can be looked at, not taken
    };

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

} // namespace headgate::ui
