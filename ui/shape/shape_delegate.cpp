// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_delegate.h"

#include "shape/columns_model.h"
#include "shape/shape_tree_model.h"
#include "theme/fonts.h"
#include "theme/style_painting.h"

#include <QAbstractItemView>
#include <QPainter>

namespace headgate::ui {

namespace {

constexpr int chipHeight = 20;
constexpr int badgeWidth = 18;

void paintFocusBar(QPainter* painter, const QStyleOptionViewItem& option, const Tokens& colors)
{
    painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                      colors.link(0).line);
}

bool hasStrip(const shape::Node& node)
{
    return node.kind == shape::NodeKind::List || node.kind == shape::NodeKind::Map;
}

} // namespace

ShapeDelegate::ShapeDelegate(const ShapeTreeModel& model, QObject* parent)
    : QStyledItemDelegate(parent), m_model(model)
{}

void ShapeDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const shape::Node* const node = m_model.nodeAt(index);
    if (index.column() != ShapeTreeModel::NameColumn && node != nullptr && hasStrip(*node))
        option->text.clear();
    const Tokens& colors = tokens(option->palette);
    if (index.data(ShapeTreeModel::GhostRole).toBool() ||
        index.data(ShapeTreeModel::NullRole).toBool())
        option->palette.setColor(QPalette::Text, colors.tertiary);
    else if (index.column() == ShapeTreeModel::SourceColumn)
        option->palette.setColor(QPalette::Text, colors.secondary);
    if (index.data(ShapeTreeModel::FocusRole).toBool())
        option->backgroundBrush = colors.link(0).fill;
}

QSize ShapeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (m_model.isRoom(index))
        return {0, m_room};
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(size.height(), rowHeight()));
    return size;
}

void ShapeDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    constexpr const char* filled = "filled";
    if (editor->property(filled).toBool())
        return;
    QStyledItemDelegate::setEditorData(editor, index);
    editor->setProperty(filled, true);
}

std::vector<ShapeDelegate::PlacedChip> ShapeDelegate::placedChips(const QRect& cell,
                                                                  const shape::Node& node)
{
    std::vector<PlacedChip> placed;
    const QFontMetrics metrics(textFont(TextSize::Small));
    int left = cell.left() + grid::unit;
    const int top = cell.top() + (cell.height() - chipHeight) / 2;
    for (const ListChipText& chip : listChips(node)) {
        const int width = metrics.horizontalAdvance(chip.text) + 2 * grid::gap;
        placed.push_back({chip, QRect(left, top, width, chipHeight)});
        left += width + grid::unit;
    }
    return placed;
}

std::optional<ListChip> ShapeDelegate::chipAt(const QRect& strip, const shape::Node& node,
                                              const QPoint& at) const
{
    for (const PlacedChip& placed : placedChips(strip, node))
        if (placed.rect.contains(at))
            return placed.chip.chip;
    return std::nullopt;
}

void ShapeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const Tokens& colors = tokens(option.palette);
    if (index.column() == ShapeTreeModel::NameColumn &&
        index.data(ShapeTreeModel::FocusRole).toBool())
        paintFocusBar(painter, option, colors);
    const shape::Node* const node = m_model.nodeAt(index);
    if (index.column() != ShapeTreeModel::NameColumn && node != nullptr && hasStrip(*node))
        paintStrip(painter, option, index, *node);
}

void ShapeDelegate::paintStrip(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index, const shape::Node& node) const
{
    const auto* const view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (view == nullptr)
        return;
    const Tokens& colors = tokens(option.palette);
    const QRect first = view->visualRect(index.siblingAtColumn(ShapeTreeModel::SourceColumn));
    SmoothPainting smooth(painter);
    painter->setClipRect(option.rect);
    painter->setFont(textFont(TextSize::Small));
    int right = first.left();
    for (const PlacedChip& placed : placedChips(first, node)) {
        drawBox(painter, placed.rect, {colors.sunken, colors.hairline, chipHeight / 2.0, 1});
        painter->setPen(colors.secondary);
        painter->drawText(placed.rect, Qt::AlignCenter, placed.chip.text);
        right = placed.rect.right();
    }
    const QRect rest(right + grid::gap, first.top(), option.rect.right() - right, first.height());
    painter->setPen(colors.tertiary);
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, m_model.liveText(node));
}

void ColumnsDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (!index.parent().isValid() || index.column() != ColumnsModel::NameColumn)
        return;
    const int taken = option->decorationSize.width() + grid::gap + badgeWidth + 8 * grid::unit;
    option->text =
        option->fontMetrics.elidedText(option->text, Qt::ElideRight, option->rect.width() - taken);
}

void ColumnsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    const Tokens& colors = tokens(option.palette);
    const bool isColumn = index.parent().isValid();
    const bool focused = index.data(ColumnsModel::FocusRole).toBool();
    if (focused)
        item.backgroundBrush = colors.link(0).fill;
    if (index.column() == ColumnsModel::ValueColumn || !isColumn)
        item.palette.setColor(QPalette::Text, colors.secondary);
    QStyledItemDelegate::paint(painter, item, index);
    if (focused && index.column() == ColumnsModel::NameColumn)
        paintFocusBar(painter, option, colors);
    if (!isColumn || index.column() != ColumnsModel::NameColumn)
        return;
    SmoothPainting smooth(painter);
    const bool varies = index.data(ColumnsModel::VariesRole).toBool();
    const QRect badge(option.rect.right() - badgeWidth - grid::unit,
                      option.rect.top() + (option.rect.height() - 16) / 2, badgeWidth, 16);
    drawBox(painter, badge, {colors.sunken, colors.hairline, 8, 1});
    painter->setFont(textFont(TextSize::Small));
    painter->setPen(colors.secondary);
    painter->drawText(badge, Qt::AlignCenter, varies ? QStringLiteral("n") : QStringLiteral("1"));
    if (index.data(ColumnsModel::UsedRole).toBool()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.accent);
        painter->drawEllipse(QPointF(badge.left() - 8, badge.center().y() + 0.5), 3, 3);
    }
}

} // namespace headgate::ui
