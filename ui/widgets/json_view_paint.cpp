// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"
#include "theme/style_painting.h"
#include "widgets/json_view.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>
#include <algorithm>

namespace headgate::ui {
namespace {

QColor tokenColor(const CodeColors& code, JsonToken token)
{
    switch (token) {
    case JsonToken::Key:
        return code.key;
    case JsonToken::String:
        return code.string;
    case JsonToken::Number:
        return code.number;
    case JsonToken::Literal:
        return code.literal;
    case JsonToken::Punctuation:
        return code.punctuation;
    }
    return code.plain;
}

QList<QTextLayout::FormatRange> tokenFormats(const JsonLineText& text, const CodeColors& code)
{
    QList<QTextLayout::FormatRange> formats;
    for (const JsonLineText::Span& span : text.spans) {
        QTextLayout::FormatRange range;
        range.start = span.begin;
        range.length = span.end - span.begin;
        range.format.setForeground(tokenColor(code, span.token));
        formats.append(range);
    }
    return formats;
}

void layOutLine(QTextLayout& layout)
{
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    layout.setTextOption(option);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
}

} // namespace

struct JsonView::RowPaint
{
    std::size_t line;
    QRect rect;
    int left;
    JsonLineText text;
    QTextLayout layout;

    [[nodiscard]] int x(int unit) const
    {
        return left + static_cast<int>(layout.lineAt(0).cursorToX(unit));
    }
};

std::optional<std::size_t> JsonView::rowAt(int y) const
{
    if (y < 0 || m_lines.isEmpty())
        return std::nullopt;
    const std::size_t row =
        static_cast<std::size_t>(verticalScrollBar()->value()) + std::size_t(y / rowStep());
    return row < m_folds.rowCount() ? std::optional(row) : std::nullopt;
}

std::optional<JsonView::Place> JsonView::placeAt(const QPoint& at) const
{
    const std::optional<std::size_t> row = rowAt(at.y());
    if (!row)
        return std::nullopt;
    const std::size_t line = m_folds.lineOfRow(*row);
    QTextLayout layout(rowText(line).text, viewport()->font());
    layOutLine(layout);
    return Place{line, layout.lineAt(0).xToCursor(at.x() - leftOf(line))};
}

std::optional<std::size_t> JsonView::byteAt(const QPoint& at) const
{
    const std::optional<std::size_t> row = rowAt(at.y());
    if (!row)
        return std::nullopt;
    const std::size_t line = m_folds.lineOfRow(*row);
    const JsonLineText text = rowText(line);
    QTextLayout layout(text.text, viewport()->font());
    layOutLine(layout);
    const QTextLine shown = layout.lineAt(0);
    const int x = at.x() - leftOf(line);
    if (x < 0 || x >= shown.naturalTextWidth())
        return std::nullopt;
    const int unit = shown.xToCursor(x, QTextLine::CursorOnCharacter);
    return text.bytes[static_cast<std::size_t>(
        std::clamp(unit, 0, static_cast<int>(text.bytes.size()) - 1))];
}

void JsonView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const Tokens& t = tokens(this);
    painter.fillRect(event->rect(), t.surface);
    m_laidOut = 0;
    if (m_lines.isEmpty())
        return;
    const int step = rowStep();
    const int first = std::max(0, event->rect().top() / step);
    const int last = event->rect().bottom() / step;
    for (int at = first; at <= last; ++at) {
        const std::optional<std::size_t> number = rowAt(at * step);
        if (!number)
            break;
        const std::size_t line = m_folds.lineOfRow(*number);
        RowPaint row{line,
                     {0, at * step, viewport()->width(), step},
                     leftOf(line),
                     rowText(line),
                     QTextLayout()};
        row.layout.setText(row.text.text);
        row.layout.setFont(viewport()->font());
        row.layout.setFormats(tokenFormats(row.text, t.code));
        layOutLine(row.layout);
        ++m_laidOut;
        paintRow(painter, row);
    }
}

void JsonView::paintRow(QPainter& painter, RowPaint& row)
{
    const Tokens& t = tokens(this);
    if (hasFocus() && row.line == m_caret.line)
        painter.fillRect(row.rect, t.code.currentLine);
    if (isFlashing(row.line))
        painter.fillRect(row.rect,
                         blend(t.surface, t.code.changed, m_flash.currentValue().toDouble()));
    paintMarks(painter, row);
    paintMatches(painter, row);
    const auto [begin, end] = std::minmax(m_caret, m_anchor);
    if (!(begin == end) && begin.line <= row.line && row.line <= end.line) {
        const int from = row.line == begin.line ? begin.unit : 0;
        const int to = row.line == end.line ? end.unit : static_cast<int>(row.text.text.size());
        const QRect area(row.x(from), row.rect.top(), std::max(4, row.x(to) - row.x(from)),
                         row.rect.height());
        painter.fillRect(area, hasFocus() ? t.selection : t.inactiveSelection);
    }
    const QPointF origin(row.left, row.rect.top() + 2);
    row.layout.draw(&painter, origin);
    if (hasFocus() && row.line == m_caret.line)
        painter.fillRect(QRect(row.x(m_caret.unit), row.rect.top() + 2, 1, row.rect.height() - 4),
                         t.text);
    paintFold(painter, row);
}

void JsonView::paintMarks(QPainter& painter, const RowPaint& row) const
{
    const Tokens& t = tokens(this);
    const JsonLine& line = m_lines.lines()[row.line];
    const std::size_t lineEnd =
        m_folds.isFolded(row.line) ? m_lines.lines()[line.partner].end : line.end;
    for (const JsonMark& mark : m_marks) {
        const std::size_t begin = std::max<std::size_t>(mark.begin, line.begin);
        const std::size_t end = std::min(mark.end, lineEnd);
        if (begin >= end)
            continue;
        const int left = row.x(row.text.unitOf(begin));
        const int right = row.x(row.text.unitOf(end));
        const QRect area(left, row.rect.top() + 1, right - left, row.rect.height() - 2);
        const LinkColors colors = mark.tone
                                      ? LinkColors{t.tone(*mark.tone).icon, t.tone(*mark.tone).fill}
                                      : t.link(mark.link);
        if (mark.strong)
            drawBox(&painter, area, {colors.fill, QColor(), 3});
        painter.fillRect(QRect(left, area.bottom() - 1, area.width(), mark.strong ? 2 : 1),
                         colors.line);
    }
}

void JsonView::paintMatches(QPainter& painter, const RowPaint& row) const
{
    const Tokens& t = tokens(this);
    const JsonLine& line = m_lines.lines()[row.line];
    auto match = std::lower_bound(m_matches.begin(), m_matches.end(), std::size_t(line.begin));
    for (; match != m_matches.end() && *match < line.end; ++match) {
        const int left = row.x(row.text.unitOf(*match));
        const int right =
            row.x(row.text.unitOf(std::min<std::size_t>(*match + m_matchLength, line.end)));
        const bool current = m_match == static_cast<std::size_t>(match - m_matches.begin());
        drawBox(&painter, QRect(left, row.rect.top() + 1, right - left, row.rect.height() - 2),
                {current ? t.code.currentMatch : t.code.match, QColor(), 3});
    }
}

void JsonView::paintFold(QPainter& painter, const RowPaint& row) const
{
    const JsonLine& line = m_lines.lines()[row.line];
    if (line.kind != JsonLineKind::Open)
        return;
    const Tokens& t = tokens(this);
    const bool folded = m_folds.isFolded(row.line);
    const QRect gutter(2 - horizontalScrollBar()->value(), row.rect.top(), 18, row.rect.height());
    drawCentredIcon(&painter, folded ? Icon::ChevronRight : Icon::ChevronDown, t.tertiary, gutter,
                    12);
    if (!folded)
        return;
    painter.setFont(viewport()->font());
    painter.setPen(t.tertiary);
    const int left = row.x(static_cast<int>(row.text.text.size())) + 8;
    painter.drawText(QRect(left, row.rect.top(), 200, row.rect.height()), Qt::AlignVCenter,
                     tr("%n values", nullptr, static_cast<int>(line.children)));
}

} // namespace headgate::ui
