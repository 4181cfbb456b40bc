// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/tokens.h"
#include "widgets/json_folds.h"
#include "widgets/json_lines.h"

#include <QAbstractScrollArea>
#include <QVariantAnimation>
#include <optional>
#include <unordered_set>

class QTextLayout;

namespace headgate::ui {

/// Bytes of the payload that belong to a source or a counterpart elsewhere.
struct JsonMark
{
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t link = 0;          ///< number of the colours, see Tokens::link()
    bool strong = false;           ///< filled as well as underlined
    std::optional<Tone> tone = {}; ///< its colours instead of the link's
};

/// Why a payload is replaced.
enum class JsonChange
{
    Edited, ///< the same record, shaped anew: lines that differ flash once and come into sight
    Other   ///< another record
};

/// A payload indented and in colours, for looking at: only the lines that are seen are laid out,
/// so 100,000 of them cost no more than fifty. Scrolling, caret and folds stay at their place in
/// the payload when it is replaced; it scrolls only where no line of an edit would be seen, and not
/// while the view has the caret or the user scrolls in it. Keys: arrows, - and + fold and unfold,
/// Enter toggles, F3.
class JsonView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit JsonView(QWidget* parent = nullptr);

    /// UTF-8, compact as payloads are; white space between tokens is allowed.
    void setJson(std::string json, JsonChange change = JsonChange::Edited);
    [[nodiscard]] const JsonLines& lines() const { return m_lines; }

    void setMarks(std::vector<JsonMark> marks);
    [[nodiscard]] const std::vector<JsonMark>& marks() const { return m_marks; }
    /// Unfolds and scrolls to the byte and puts the caret there.
    void showByte(std::size_t byte);
    /// Where the caret is; 0 in an empty view.
    [[nodiscard]] std::size_t caretByte() const;
    [[nodiscard]] std::size_t caretLine() const { return m_caret.line; }

    /// Marks every place and goes to the first from the caret on. Letters of ASCII match in either
    /// case. An empty text ends the search. Answers how many there are.
    std::size_t find(const QString& text);
    void findNext();
    void findPrevious();

    void setFolded(std::size_t line, bool folded);
    void foldAll();
    void unfoldAll();
    [[nodiscard]] const JsonFolds& folds() const { return m_folds; }

    void selectAll();
    [[nodiscard]] QString selectedText() const;
    void copy() const;
    /// Compact JSON of the value at the caret.
    void copyValue() const;
    /// The JSON Pointer of the value at the caret.
    void copyPointer() const;

    /// First line that is seen, and lines that flash now. For tests and for keeping views in step.
    [[nodiscard]] std::size_t topLine() const;
    [[nodiscard]] bool isFlashing(std::size_t line) const;
    /// How many lines the last painting laid out.
    [[nodiscard]] std::size_t laidOut() const { return m_laidOut; }

Q_SIGNALS:
    /// The byte of the payload under the pointer; -1: none.
    void hovered(qint64 byte);
    void caretMoved(qint64 byte);
    /// Ctrl+click: go to its counterpart.
    void activated(qint64 byte);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Place
    {
        std::size_t line = 0;
        int unit = 0;

        friend bool operator==(const Place& a, const Place& b)
        {
            return a.line == b.line && a.unit == b.unit;
        }
        friend bool operator<(const Place& a, const Place& b)
        {
            return a.line < b.line || (a.line == b.line && a.unit < b.unit);
        }
    };
    struct RowPaint;

    [[nodiscard]] JsonLineText rowText(std::size_t line) const;
    [[nodiscard]] int rowStep() const;
    [[nodiscard]] int leftOf(std::size_t line) const;
    [[nodiscard]] std::size_t rowsPerPage() const;
    [[nodiscard]] std::optional<std::size_t> rowAt(int y) const;
    [[nodiscard]] std::optional<Place> placeAt(const QPoint& at) const;
    [[nodiscard]] std::optional<std::size_t> byteAt(const QPoint& at) const;
    [[nodiscard]] std::size_t byteOf(const Place& place) const;

    void updateBars();
    void updateFont();
    void foldsChanged(std::size_t keep);
    void moveCaret(const Place& place, bool select);
    void moveRows(qint64 rows, bool select);
    void ensureSeen(const Place& place);
    void findChanges(const JsonLines& before);
    void showChanges();
    void scrollToChange();
    [[nodiscard]] bool isInUse() const;
    void goToMatch(std::size_t match);
    void toggleFold(std::size_t line);
    [[nodiscard]] bool moveByKey(const QKeyEvent& event);
    [[nodiscard]] bool foldByKey(const QKeyEvent& event);

    void paintRow(QPainter& painter, RowPaint& row);
    void paintMarks(QPainter& painter, const RowPaint& row) const;
    void paintMatches(QPainter& painter, const RowPaint& row) const;
    void paintFold(QPainter& painter, const RowPaint& row) const;

    JsonLines m_lines;
    JsonFolds m_folds;
    std::vector<JsonMark> m_marks;
    Place m_caret;
    Place m_anchor; ///< the other end of the selection
    qint64 m_hovered = -1;
    std::vector<std::size_t> m_matches; ///< first bytes, ascending
    std::size_t m_matchLength = 0;
    std::optional<std::size_t> m_match;        ///< the current one
    std::unordered_set<std::size_t> m_changed; ///< lines that are not folded away
    bool m_scrolled = false;                   ///< by the user, whose pointer has not left since
    QVariantAnimation m_flash;
    std::size_t m_laidOut = 0;
};

} // namespace headgate::ui
