// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/icon.h"
#include "widgets/json_view.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

namespace headgate::ui {
namespace {

constexpr int foldArea = 20;

} // namespace

bool JsonView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool JsonView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && m_hovered >= 0) {
        m_hovered = -1;
        Q_EMIT hovered(-1);
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        viewport()->update();
    return QAbstractScrollArea::viewportEvent(event);
}

void JsonView::leaveEvent(QEvent* event)
{
    m_scrolled = false;
    QAbstractScrollArea::leaveEvent(event);
}

bool JsonView::moveByKey(const QKeyEvent& event)
{
    const bool select = event.modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const auto page = static_cast<qint64>(rowsPerPage());
    const auto all = static_cast<qint64>(m_folds.rowCount());
    const int length = static_cast<int>(rowText(m_caret.line).text.size());
    switch (event.key()) {
    case Qt::Key_Up:
        moveRows(-1, select);
        return true;
    case Qt::Key_Down:
        moveRows(1, select);
        return true;
    case Qt::Key_PageUp:
        moveRows(-page, select);
        return true;
    case Qt::Key_PageDown:
        moveRows(page, select);
        return true;
    case Qt::Key_Home:
        if (control)
            moveRows(-all, select);
        moveCaret({m_caret.line, 0}, select);
        return true;
    case Qt::Key_End:
        if (control)
            moveRows(all, select);
        moveCaret({m_caret.line, static_cast<int>(rowText(m_caret.line).text.size())}, select);
        return true;
    case Qt::Key_Left:
        moveCaret({m_caret.line, std::max(0, m_caret.unit - 1)}, select);
        return true;
    case Qt::Key_Right:
        moveCaret({m_caret.line, std::min(length, m_caret.unit + 1)}, select);
        return true;
    default:
        return false;
    }
}

bool JsonView::foldByKey(const QKeyEvent& event)
{
    const JsonLine& line = m_lines.lines()[m_caret.line];
    const std::size_t container = line.kind == JsonLineKind::Value   ? line.parent
                                  : line.kind == JsonLineKind::Close ? line.partner
                                                                     : m_caret.line;
    switch (event.key()) {
    case Qt::Key_Minus:
        setFolded(container, true);
        return true;
    case Qt::Key_Plus:
        setFolded(m_caret.line, false);
        return true;
    case Qt::Key_Asterisk:
        unfoldAll();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (line.kind == JsonLineKind::Value)
            return false;
        toggleFold(container);
        return true;
    default:
        return false;
    }
}

void JsonView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (event->matches(QKeySequence::FindNext))
        findNext();
    else if (event->matches(QKeySequence::FindPrevious))
        findPrevious();
    else if (m_lines.isEmpty() || (!moveByKey(*event) && !foldByKey(*event)))
        QAbstractScrollArea::keyPressEvent(event);
}

void JsonView::mousePressEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (event->button() == Qt::RightButton) // the menu is for what is under it
        return;
    const std::optional<Place> place = placeAt(at);
    if (event->button() != Qt::LeftButton || !place)
        return;
    if (at.x() < foldArea && m_lines.lines()[place->line].kind == JsonLineKind::Open) {
        toggleFold(place->line);
        return;
    }
    moveCaret(*place, event->modifiers().testFlag(Qt::ShiftModifier));
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        if (const std::optional<std::size_t> byte = byteAt(at))
            Q_EMIT activated(static_cast<qint64>(*byte));
    }
}

void JsonView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (event->buttons().testFlag(Qt::LeftButton)) {
        const int bottom = viewport()->height() - 1;
        if (const auto place = placeAt({at.x(), std::clamp(at.y(), 0, bottom)}))
            moveCaret(*place, true);
        return;
    }
    const std::optional<std::size_t> byte = byteAt(at);
    const qint64 now = byte ? static_cast<qint64>(*byte) : -1;
    viewport()->setCursor(at.x() < foldArea ? Qt::ArrowCursor : Qt::IBeamCursor);
    if (now == m_hovered)
        return;
    m_hovered = now;
    Q_EMIT hovered(now);
}

void JsonView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const std::optional<Place> place = placeAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !place)
        return;
    const JsonLineText text = rowText(place->line);
    for (const JsonLineText::Span& span : text.spans) {
        if (place->unit < span.begin || place->unit > span.end ||
            span.token == JsonToken::Punctuation)
            continue;
        moveCaret({place->line, span.begin}, false);
        moveCaret({place->line, span.end}, true);
        return;
    }
}

void JsonView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_lines.isEmpty())
        return;
    if (event->reason() == QContextMenuEvent::Mouse && selectedText().isEmpty()) {
        if (const std::optional<Place> place = placeAt(event->pos()))
            moveCaret(*place, false);
    }
    QMenu menu(this);
    QAction* copySelection =
        menu.addAction(themeIcon(Icon::Copy), tr("Copy"), this, [this] { copy(); });
    copySelection->setShortcut(QKeySequence::Copy);
    copySelection->setEnabled(!selectedText().isEmpty());
    menu.addAction(tr("Copy value"), this, [this] { copyValue(); });
    menu.addAction(tr("Copy path"), this, [this] { copyPointer(); });
    menu.addSeparator();
    menu.addAction(themeIcon(Icon::Collapse), tr("Fold all"), this, &JsonView::foldAll);
    menu.addAction(themeIcon(Icon::Expand), tr("Unfold all"), this, &JsonView::unfoldAll);
    menu.exec(event->globalPos());
}

} // namespace headgate::ui
