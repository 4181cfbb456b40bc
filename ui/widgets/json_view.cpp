// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/json_view.h"

#include "base/text.h"
#include "theme/fonts.h"
#include "theme/motion.h"
#include "theme/tokens.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <algorithm>

namespace headgate::ui {
namespace {

constexpr int foldGutter = 22;

/// Only letters of ASCII, so that bytes keep their places.
std::string lowerAscii(std::string text)
{
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

bool isChanged(const JsonLines& before, const JsonLines& now, std::size_t line)
{
    const JsonLine& one = now.lines()[line];
    const std::optional<std::size_t> old = before.lineOfPath(one.path);
    if (!old || before.lines()[*old].kind != one.kind)
        return true;
    return one.kind == JsonLineKind::Value && before.valueOf(*old) != now.valueOf(line);
}

} // namespace

JsonView::JsonView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Payload"));
    viewport()->setMouseTracking(true);
    viewport()->setLayoutDirection(Qt::LeftToRight); // JSON is so in every language
    viewport()->setCursor(Qt::IBeamCursor);
    m_flash.setStartValue(1.0);
    m_flash.setEndValue(0.0);
    m_flash.setDuration(900);
    connect(&m_flash, &QVariantAnimation::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&m_flash, &QVariantAnimation::finished, this, [this] { m_changed.clear(); });
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_scrolled = true; });
    m_folds.setLines(m_lines);
    updateFont();
}

void JsonView::setJson(std::string json, JsonChange change)
{
    const auto pathOf = [this](std::size_t line) {
        return m_lines.isEmpty() ? 0 : m_lines.lines()[line].path;
    };
    const std::size_t top = topLine();
    std::vector<std::uint64_t> topPaths; // the nearest container that is still there takes over
    for (std::size_t at = top; !m_lines.isEmpty(); at = m_lines.lines()[at].parent) {
        topPaths.push_back(pathOf(at));
        if (m_lines.lines()[at].depth == 0)
            break;
    }
    const std::uint64_t caretPath = pathOf(m_caret.line);
    const JsonLines before = std::exchange(m_lines, JsonLines(std::move(json)));
    m_folds.setLines(m_lines);
    m_marks.clear();
    m_matches.clear();
    m_match.reset();
    m_hovered = -1;
    m_caret.line = m_lines.lineOfPath(caretPath).value_or(0);
    m_caret.unit = 0;
    m_anchor = m_caret;
    updateBars();
    for (const std::uint64_t path : topPaths) {
        const std::optional<std::size_t> line = m_lines.lineOfPath(path);
        if (!line)
            continue;
        verticalScrollBar()->setValue(static_cast<int>(m_folds.rowOfLine(*line)));
        break;
    }
    m_changed.clear();
    m_flash.stop();
    if (change == JsonChange::Edited && !before.isEmpty()) {
        findChanges(before);
        showChanges();
    }
    viewport()->update();
}

void JsonView::findChanges(const JsonLines& before)
{
    for (std::size_t line = 0; line < m_lines.lines().size(); ++line) {
        if (m_lines.lines()[line].kind != JsonLineKind::Close && isChanged(before, m_lines, line))
            m_changed.insert(m_folds.lineOfRow(m_folds.rowOfLine(line)));
    }
}

void JsonView::showChanges()
{
    if (m_changed.empty())
        return;
    if (!isInUse())
        scrollToChange();
    if (!reducedMotion())
        m_flash.start();
}

bool JsonView::isInUse() const
{
    return m_scrolled || verticalScrollBar()->isSliderDown() || window()->focusWidget() == this;
}

void JsonView::scrollToChange()
{
    const std::size_t top = m_folds.rowOfLine(topLine());
    const std::size_t page = rowsPerPage();
    const auto isSeen = [&](std::size_t line) {
        const std::size_t row = m_folds.rowOfLine(line);
        return row >= top && row < top + page;
    };
    if (std::any_of(m_changed.begin(), m_changed.end(), isSeen))
        return;
    const std::size_t row =
        m_folds.rowOfLine(*std::min_element(m_changed.begin(), m_changed.end()));
    verticalScrollBar()->setValue(static_cast<int>(row - std::min(row, page / 3)));
}

bool JsonView::isFlashing(std::size_t line) const
{
    return m_flash.state() == QAbstractAnimation::Running && m_changed.count(line) > 0;
}

void JsonView::setMarks(std::vector<JsonMark> marks)
{
    m_marks = std::move(marks);
    viewport()->update();
}

void JsonView::showByte(std::size_t byte)
{
    if (m_lines.isEmpty())
        return;
    const std::size_t line = m_lines.lineOfByte(byte);
    m_folds.reveal(line);
    updateBars();
    moveCaret({line, rowText(line).unitOf(byte)}, false);
}

JsonLineText JsonView::rowText(std::size_t line) const
{
    return m_folds.isFolded(line) ? m_lines.foldedTextOf(line) : m_lines.textOf(line);
}

std::size_t JsonView::byteOf(const Place& place) const
{
    if (m_lines.isEmpty())
        return 0;
    const JsonLineText text = rowText(place.line);
    const auto last = static_cast<int>(text.bytes.size()) - 1;
    return text.bytes[static_cast<std::size_t>(std::clamp(place.unit, 0, last))];
}

std::size_t JsonView::caretByte() const
{
    return byteOf(m_caret);
}

std::size_t JsonView::topLine() const
{
    const auto row = static_cast<std::size_t>(verticalScrollBar()->value());
    return row < m_folds.rowCount() ? m_folds.lineOfRow(row) : 0;
}

int JsonView::rowStep() const
{
    return viewport()->fontMetrics().height() + 4;
}

std::size_t JsonView::rowsPerPage() const
{
    return static_cast<std::size_t>(std::max(1, viewport()->height() / rowStep()));
}

int JsonView::leftOf(std::size_t line) const
{
    const int indent = 2 * viewport()->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    return foldGutter + m_lines.lines()[line].depth * indent - horizontalScrollBar()->value();
}

void JsonView::updateFont()
{
    viewport()->setFont(codeFont());
    updateBars();
}

void JsonView::updateBars()
{
    const auto rows = static_cast<int>(m_folds.rowCount());
    const auto page = static_cast<int>(rowsPerPage());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setRange(0, std::max(0, rows - page));
    std::size_t widest = 0;
    for (std::size_t row = 0; row < m_folds.rowCount(); ++row) {
        const JsonLine& line = m_lines.lines()[m_folds.lineOfRow(row)];
        widest = std::max(
            widest, std::size_t(2) * line.depth +
                        std::min<std::size_t>(line.end - line.begin + 16, JsonLines::longestLine));
    }
    const int step = viewport()->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int width = foldGutter + static_cast<int>(widest) * step;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(4 * step);
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
}

void JsonView::resizeEvent(QResizeEvent*)
{
    updateBars();
}

void JsonView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateFont();
}

void JsonView::foldsChanged(std::size_t keep)
{
    const std::size_t seen = m_folds.lineOfRow(m_folds.rowOfLine(m_caret.line));
    if (seen != m_caret.line)
        m_caret = m_anchor = {seen, 0};
    updateBars();
    ensureSeen({m_folds.lineOfRow(m_folds.rowOfLine(keep)), 0});
    viewport()->update();
}

void JsonView::setFolded(std::size_t line, bool folded)
{
    m_folds.setFolded(line, folded);
    foldsChanged(line);
}

void JsonView::toggleFold(std::size_t line)
{
    setFolded(line, !m_folds.isFolded(line));
}

void JsonView::foldAll()
{
    m_folds.foldAll();
    if (!m_lines.isEmpty())
        foldsChanged(m_caret.line);
}

void JsonView::unfoldAll()
{
    m_folds.unfoldAll();
    if (!m_lines.isEmpty())
        foldsChanged(m_caret.line);
}

void JsonView::ensureSeen(const Place& place)
{
    const auto row = static_cast<int>(m_folds.rowOfLine(place.line));
    const int top = verticalScrollBar()->value();
    const auto page = static_cast<int>(rowsPerPage());
    if (row < top)
        verticalScrollBar()->setValue(row);
    else if (row >= top + page)
        verticalScrollBar()->setValue(row - page + 1);
    const int step = viewport()->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int x = leftOf(place.line) + place.unit * step;
    if (x < foldGutter)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + x - foldGutter);
    else if (x > viewport()->width() - step)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + x - viewport()->width() +
                                        8 * step);
}

void JsonView::moveCaret(const Place& place, bool select)
{
    if (m_lines.isEmpty())
        return;
    const bool moved = !(m_caret == place);
    m_caret = place;
    if (!select)
        m_anchor = place;
    ensureSeen(place);
    if (moved) {
        setAccessibleDescription(m_lines.pointerOf(place.line) + QLatin1String(": ") +
                                 rowText(place.line).text);
        Q_EMIT caretMoved(static_cast<qint64>(caretByte()));
    }
    viewport()->update();
}

void JsonView::moveRows(qint64 rows, bool select)
{
    if (m_lines.isEmpty())
        return;
    const auto from = static_cast<qint64>(m_folds.rowOfLine(m_caret.line));
    const auto last = static_cast<qint64>(m_folds.rowCount()) - 1;
    const std::size_t line =
        m_folds.lineOfRow(static_cast<std::size_t>(std::clamp<qint64>(from + rows, 0, last)));
    moveCaret({line, std::min(m_caret.unit, int(rowText(line).text.size()))}, select);
}

std::size_t JsonView::find(const QString& text)
{
    m_matches.clear();
    m_match.reset();
    const std::string wanted = lowerAscii(text.toStdString());
    m_matchLength = wanted.size();
    if (!wanted.empty()) {
        const std::string all = lowerAscii(m_lines.json());
        for (std::size_t at = all.find(wanted); at != std::string::npos;
             at = all.find(wanted, at + wanted.size()))
            m_matches.push_back(at);
    }
    viewport()->update();
    if (!m_matches.empty()) {
        const auto next = std::lower_bound(m_matches.begin(), m_matches.end(), caretByte());
        goToMatch(next == m_matches.end() ? 0 : static_cast<std::size_t>(next - m_matches.begin()));
    }
    return m_matches.size();
}

void JsonView::goToMatch(std::size_t match)
{
    m_match = match;
    showByte(m_matches[match]);
}

void JsonView::findNext()
{
    if (!m_matches.empty())
        goToMatch(m_match ? (*m_match + 1) % m_matches.size() : 0);
}

void JsonView::findPrevious()
{
    if (!m_matches.empty())
        goToMatch((m_match.value_or(0) + m_matches.size() - 1) % m_matches.size());
}

void JsonView::selectAll()
{
    if (m_lines.isEmpty())
        return;
    const std::size_t last = m_folds.lineOfRow(m_folds.rowCount() - 1);
    m_anchor = {0, 0};
    m_caret = {last, static_cast<int>(rowText(last).text.size())};
    viewport()->update();
}

QString JsonView::selectedText() const
{
    if (m_lines.isEmpty() || m_caret == m_anchor)
        return {};
    const auto [first, last] = std::minmax(m_caret, m_anchor);
    QStringList out;
    const std::size_t lastRow = m_folds.rowOfLine(last.line);
    for (std::size_t row = m_folds.rowOfLine(first.line); row <= lastRow; ++row) {
        const std::size_t line = m_folds.lineOfRow(row);
        const QString text = rowText(line).text;
        const int begin = line == first.line ? first.unit : 0;
        const int end = line == last.line ? last.unit : static_cast<int>(text.size());
        if (begin > 0 || end < text.size() || (first.line == last.line && end - begin == 0)) {
            out << (begin == 0 && first.line != last.line
                        ? QString(2 * m_lines.lines()[line].depth, QLatin1Char(' '))
                        : QString()) +
                       text.mid(begin, end - begin);
            continue;
        }
        const std::size_t whole = m_folds.isFolded(line) ? m_lines.lines()[line].partner : line;
        for (std::size_t at = line; at <= whole; ++at)
            out << toQString(m_lines.plainTextOf(at));
    }
    return out.join(QLatin1Char('\n'));
}

void JsonView::copy() const
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void JsonView::copyValue() const
{
    if (!m_lines.isEmpty())
        QApplication::clipboard()->setText(toQString(m_lines.valueOf(m_caret.line)));
}

void JsonView::copyPointer() const
{
    if (!m_lines.isEmpty())
        QApplication::clipboard()->setText(m_lines.pointerOf(m_caret.line));
}

} // namespace headgate::ui
