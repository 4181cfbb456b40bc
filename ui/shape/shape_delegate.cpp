// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_delegate.h"

#include "shape/columns_model.h"
#include "shape/shape_tree_model.h"
#include "theme/fonts.h"
#include "theme/style_painting.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <array>

namespace headgate::ui {

namespace {

constexpr int chipHeight = 20;
constexpr int badgeWidth = 18;
constexpr int leastChip = 56; ///< elided

void paintFocusBar(QPainter* painter, const QStyleOptionViewItem& option, const Tokens& colors)
{
    painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                      colors.link(0).line);
}

bool hasStrip(const shape::Node& node)
{
    return node.kind == shape::NodeKind::List || node.kind == shape::NodeKind::Map;
}

/// Over all columns behind the name.
QRect stripOf(const QAbstractItemView& view, const QModelIndex& index)
{
    return view.visualRect(index.siblingAtColumn(ShapeTreeModel::SourceColumn))
        .united(view.visualRect(index.siblingAtColumn(ShapeTreeModel::ValueColumn)));
}

int chipWidth(const ListChipText& chip, const QFontMetrics& metrics)
{
    return metrics.horizontalAdvance(chip.text) + 2 * grid::gap;
}

/// Those that say most of the payload come last.
int weightOf(ListChip chip)
{
    constexpr std::array order{ListChip::Distinct, ListChip::Groups, ListChip::Key,
                               ListChip::Where,    ListChip::Order,  ListChip::Limit,
                               ListChip::Source,   ListChip::Form};
    return static_cast<int>(std::find(order.begin(), order.end(), chip) - order.begin());
}

/// What chips need at least: the form as it is, the others elided.
int leastWidth(const std::vector<ListChipText>& chips, const QFontMetrics& metrics)
{
    int width = 0;
    for (const ListChipText& chip : chips)
        width += grid::unit + (chip.chip == ListChip::Form
                                   ? chipWidth(chip, metrics)
                                   : std::min(chipWidth(chip, metrics), leastChip));
    return width;
}

/// Without those that have no room even when elided; "+2" stands for them.
std::vector<ListChipText> shownChips(const std::vector<ListChipText>& all,
                                     const QFontMetrics& metrics, int room)
{
    std::vector<ListChipText> chips = all;
    for (std::size_t hidden = 1; chips.size() > 1 && leastWidth(chips, metrics) > room; ++hidden) {
        std::erase_if(chips, [](const ListChipText& chip) { return chip.chip == ListChip::More; });
        chips.erase(std::min_element(chips.begin(), chips.end(),
                                     [](const ListChipText& a, const ListChipText& b) {
                                         return weightOf(a.chip) < weightOf(b.chip);
                                     }));
        chips.insert(chips.end() - 1, {ListChip::More, QStringLiteral("+%1").arg(hidden)});
        if (chips.size() == 2)
            break;
    }
    return chips;
}

/// What wide chips are elided to, so that all of them have room; the form only at last.
int widestChip(const std::vector<ListChipText>& chips, const QFontMetrics& metrics, int room)
{
    std::vector<int> widths;
    for (const ListChipText& chip : chips)
        if (chip.chip != ListChip::Form)
            widths.push_back(chipWidth(chip, metrics));
    std::sort(widths.begin(), widths.end());
    int left = room;
    auto others = static_cast<int>(widths.size());
    for (const int width : widths) {
        if (width * others > left)
            return std::max(left / others, leastChip);
        left -= width;
        --others;
    }
    return widths.empty() ? room : widths.back();
}

QString chipHelp(const ListChipText& chip, const shape::Node& node)
{
    if (chip.chip == ListChip::Form)
        return ShapeDelegate::tr("%1. A click takes the next form.").arg(chip.text);
    if (chip.chip != ListChip::More)
        return chip.text;
    QStringList all;
    for (const ListChipText& each : listChips(node))
        all.append(each.text);
    return all.join(QLatin1Char('\n'));
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

std::vector<ShapeDelegate::PlacedChip> ShapeDelegate::placedChips(const QRect& strip,
                                                                  const shape::Node& node) const
{
    const QFontMetrics metrics(textFont(TextSize::Small));
    const int live = metrics.horizontalAdvance(m_model.liveText(node)) + 2 * grid::gap;
    const int room = strip.width() - 2 * grid::unit;
    const std::vector<ListChipText> chips = shownChips(listChips(node), metrics, room);
    const int shown = leastWidth(chips, metrics) + live <= room ? room - live : room;
    int form = 0;
    for (const ListChipText& chip : chips)
        if (chip.chip == ListChip::Form)
            form = std::min(chipWidth(chip, metrics), room);
    const int widest =
        widestChip(chips, metrics, shown - form - static_cast<int>(chips.size()) * grid::unit);
    std::vector<PlacedChip> placed;
    int left = strip.left() + grid::unit;
    const int top = strip.top() + (strip.height() - chipHeight) / 2;
    for (const ListChipText& chip : chips) {
        const int width =
            std::min(chipWidth(chip, metrics), chip.chip == ListChip::Form ? form : widest);
        const QString text =
            metrics.elidedText(chip.text, Qt::ElideRight, width - 2 * grid::gap + 1);
        placed.push_back({chip, text, QRect(left, top, width, chipHeight)});
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

QRect ShapeDelegate::chipRect(const QRect& strip, const shape::Node& node, ListChip chip) const
{
    for (const PlacedChip& placed : placedChips(strip, node))
        if (placed.chip.chip == chip)
            return placed.rect;
    return {};
}

bool ShapeDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                              const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const shape::Node* const node = m_model.nodeAt(index);
    if (event->type() == QEvent::ToolTip && node != nullptr && hasStrip(*node) &&
        index.column() != ShapeTreeModel::NameColumn)
        for (const PlacedChip& placed : placedChips(stripOf(*view, index), *node))
            if (placed.rect.contains(event->pos())) {
                QToolTip::showText(event->globalPos(), chipHelp(placed.chip, *node), view);
                return true;
            }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
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
    const QRect strip = stripOf(*view, index);
    SmoothPainting smooth(painter);
    painter->setClipRect(option.rect);
    painter->setFont(textFont(TextSize::Small));
    int right = strip.left();
    for (const PlacedChip& placed : placedChips(strip, node)) {
        drawBox(painter, placed.rect, {colors.sunken, colors.hairline, chipHeight / 2.0, 1});
        painter->setPen(colors.secondary);
        painter->drawText(placed.rect, Qt::AlignCenter, placed.shown);
        right = placed.rect.right();
    }
    const QRect rest(right + grid::gap, strip.top(), strip.right() - right - grid::gap,
                     strip.height());
    const QString live = m_model.liveText(node);
    if (painter->fontMetrics().horizontalAdvance(live) > rest.width())
        return;
    painter->setPen(colors.tertiary);
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, live);
}

void ColumnsDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(ColumnsModel::FocusRole).toBool())
        option->backgroundBrush = tokens(option->palette).link(0).fill;
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
    if (index.column() == ColumnsModel::ValueColumn || !isColumn)
        item.palette.setColor(QPalette::Text, colors.secondary);
    QStyledItemDelegate::paint(painter, item, index);
    if (focused && index.column() == ColumnsModel::NameColumn)
        paintFocusBar(painter, option, colors);
    if (!isColumn || index.column() != ColumnsModel::NameColumn)
        return;
    SmoothPainting smooth(painter);
    const QVariant varies = index.data(ColumnsModel::VariesRole);
    const QRect badge(option.rect.right() - badgeWidth - grid::unit,
                      option.rect.top() + (option.rect.height() - 16) / 2, badgeWidth, 16);
    if (varies.isValid()) {
        drawBox(painter, badge, {colors.sunken, colors.hairline, 8, 1});
        painter->setFont(textFont(TextSize::Small));
        painter->setPen(colors.secondary);
        painter->drawText(badge, Qt::AlignCenter,
                          varies.toBool() ? QStringLiteral("n") : QStringLiteral("1"));
    }
    if (index.data(ColumnsModel::UsedRole).toBool()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.accent);
        painter->drawEllipse(QPointF(badge.left() - 8, badge.center().y() + 0.5), 3, 3);
    }
}

} // namespace headgate::ui
