// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/node_text.h"

#include <QStyledItemDelegate>
#include <optional>
#include <utility>

namespace headgate::ui {

class ShapeTreeModel;

/// Paints the rows of the shape's tree: the strip of chips of a list, what is used and what the
/// pointer is on elsewhere.
class ShapeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ShapeDelegate(const ShapeTreeModel& model, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

    /// The height of the row that is room for the inspector; false if it has been this.
    bool setRoom(int height) { return std::exchange(m_room, height) != height; }

    /// Once per editor: values that arrive later must not replace what is being typed.
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;

    /// The chip of a list's strip at `at`; `strip` is the place behind its name. Where there is
    /// not room for all, long ones are elided, then those that say least give way to one "+n"; the
    /// form stays.
    [[nodiscard]] std::optional<ListChip> chipAt(const QRect& strip, const shape::Node& node,
                                                 const QPoint& at) const;
    /// Where a chip of the strip is; a null rectangle for one that is not shown.
    [[nodiscard]] QRect chipRect(const QRect& strip, const shape::Node& node, ListChip chip) const;

    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    struct PlacedChip
    {
        ListChipText chip;
        QString shown; ///< elided
        QRect rect;
    };
    void paintStrip(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                    const shape::Node& node) const;
    [[nodiscard]] std::vector<PlacedChip> placedChips(const QRect& strip,
                                                      const shape::Node& node) const;

    const ShapeTreeModel& m_model;
    int m_room = 0;
};

/// Paints the rows of columns: a mark for what is used, and whether a column varies.
class ColumnsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace headgate::ui
