// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_editor.h"

#include "base/text.h"
#include "sql/sql_lexer.h"
#include "sql/sql_popup.h"
#include "sql/sql_words.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "theme/tokens.h"

#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int numberMargin = 0;
constexpr int problemMargin = 1;
constexpr int problemMarker = 1;
constexpr int problemIndicator = 8;
/// Of longer texts completion is offered when asked for only.
constexpr int longestCompleted = 300'000;

std::size_t commonBeginning(const std::string& a, const std::string& b)
{
    const auto [x, y] = std::mismatch(
        a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())),
        b.begin());
    auto length = static_cast<std::size_t>(x - a.begin());
    const auto splits = [&](const std::string& text) {
        return length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80;
    };
    while (length > 0 && (splits(a) || splits(b)))
        --length;
    return length;
}

std::size_t commonEnd(const std::string& a, const std::string& b, std::size_t begin)
{
    const std::size_t most = std::min(a.size(), b.size()) - begin;
    std::size_t length = 0;
    while (length < most && a[a.size() - 1 - length] == b[b.size() - 1 - length])
        ++length;
    while (length > 0 && (static_cast<unsigned char>(a[a.size() - length]) & 0xC0) == 0x80)
        --length;
    return length;
}

} // namespace

SqlEditor::SqlEditor(QWidget* parent)
    : QsciScintilla(parent), m_lexer(new SqlLexer(this)), m_popup(new SqlPopup(this))
{
    setAccessibleName(tr("SQL"));
    setAccessibleDescription(tr("Tab indents. Press Escape, then Tab, to leave the editor."));
    setFrameShape(QFrame::NoFrame);
    setUtf8(true);
    setEolMode(EolUnix);
    setTabWidth(4);
    setIndentationsUseTabs(false);
    setAutoIndent(true);
    setTabIndents(true);
    setBackspaceUnindents(true);
    setBraceMatching(SloppyBraceMatch);
    setCaretLineVisible(true);
    setExtraAscent(2);
    setExtraDescent(2);
    setAutoCompletionSource(AcsNone);
    setMarginType(numberMargin, NumberMargin);
    setMarginType(problemMargin, SymbolMargin);
    setMarginMarkerMask(problemMargin, 1 << problemMarker);
    setMarginMarkerMask(numberMargin, 0);
    indicatorDefine(SquiggleIndicator, problemIndicator);
    SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    freeKeys();
    setLexer(m_lexer);
    dress();
    connect(this, &QsciScintilla::textChanged, this, &SqlEditor::onTextChanged);
    connect(this, &QsciScintilla::linesChanged, this, &SqlEditor::dressMargins);
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, &SqlEditor::onCharacter);
    connect(m_popup, &SqlPopup::chosen, this, &SqlEditor::insertSuggestion);
}

SqlEditor::~SqlEditor()
{
    setLexer(nullptr);
}

/// Keys that mean something else in this window, undo above all.
void SqlEditor::freeKeys()
{
    for (const auto command :
         {QsciCommand::Undo, QsciCommand::Redo, QsciCommand::LineCut, QsciCommand::LineCopy,
          QsciCommand::LineDelete, QsciCommand::LineTranspose, QsciCommand::SelectionDuplicate,
          QsciCommand::SelectionLowerCase, QsciCommand::SelectionUpperCase,
          QsciCommand::EditToggleOvertype, QsciCommand::Cancel, QsciCommand::Formfeed}) {
        if (QsciCommand* bound = standardCommands()->find(command)) {
            bound->setKey(0);
            bound->setAlternateKey(0);
        }
    }
}

void SqlEditor::dress()
{
    m_dressed = true;
    const Tokens& t = tokens(this);
    m_lexer->dress(t, codeFont());
    setPaper(t.surface);
    setColor(t.code.plain);
    setCaretForegroundColor(t.text);
    setCaretLineBackgroundColor(t.code.currentLine);
    setCaretWidth(2);
    setSelectionBackgroundColor(t.selection);
    resetSelectionForegroundColor();
    setMatchedBraceBackgroundColor(t.code.match);
    setMatchedBraceForegroundColor(t.code.plain);
    setUnmatchedBraceBackgroundColor(t.surface);
    setUnmatchedBraceForegroundColor(t.tone(Tone::Error).text);
    setMarginsBackgroundColor(t.surface);
    setMarginsForegroundColor(t.code.lineNumber);
    setMarginsFont(codeFont(TextSize::Small));
    setIndicatorForegroundColor(t.tone(Tone::Error).icon, problemIndicator);
    const QPixmap mark =
        iconPixmap(iconOf(Tone::Error), t.tone(Tone::Error).icon, 14, devicePixelRatioF());
    markerDefine(mark, problemMarker);
    dressMargins();
}

void SqlEditor::dressMargins()
{
    const int digits = std::max(3, static_cast<int>(QString::number(lines()).size()) + 1);
    const int digit = QFontMetrics(codeFont(TextSize::Small)).horizontalAdvance(QLatin1Char('0'));
    setMarginWidth(numberMargin, digits * digit + grid::gap);
    setMarginWidth(problemMargin, 20);
}

std::string SqlEditor::sql() const
{
    const auto length = static_cast<std::size_t>(SendScintilla(SCI_GETLENGTH));
    std::string text(length + 1, '\0');
    SendScintilla(SCI_GETTEXT, length + 1, text.data());
    text.resize(length);
    return text;
}

void SqlEditor::replaceRange(SqlRange range, const std::string& text)
{
    SendScintilla(SCI_SETTARGETRANGE, range.begin, static_cast<long>(range.end));
    SendScintilla(SCI_REPLACETARGET, text.size(), text.data());
}

void SqlEditor::setSql(const std::string& sql)
{
    const std::string before = this->sql();
    if (before == sql)
        return;
    const QScopedValueRollback loading(m_loading, true);
    const bool readOnly = isReadOnly();
    setReadOnly(false);
    const std::size_t begin = commonBeginning(before, sql);
    const std::size_t end = commonEnd(before, sql, begin);
    replaceRange({begin, before.size() - end}, sql.substr(begin, sql.size() - end - begin));
    setReadOnly(readOnly);
}

void SqlEditor::setDialect(const SqlDialect& dialect)
{
    m_dialect = dialect;
    m_lexer->setDialect(dialect);
}

void SqlEditor::setCatalog(std::shared_ptr<const SqlCatalog> catalog)
{
    m_catalog = std::move(catalog);
    if (m_popup->isOpen())
        offer(true);
}

SqlRange SqlEditor::statement() const
{
    return SqlOutline(sql(), m_dialect).statementAt(caret());
}

std::size_t SqlEditor::caret() const
{
    return static_cast<std::size_t>(SendScintilla(SCI_GETCURRENTPOS));
}

void SqlEditor::setCaret(std::size_t offset)
{
    SendScintilla(SCI_GOTOPOS, offset);
}

void SqlEditor::insertSql(const std::string& sql)
{
    SendScintilla(SCI_REPLACESEL, 0UL, sql.c_str());
}

std::size_t SqlEditor::offsetOf(const TextPlace& place) const
{
    const auto line =
        static_cast<int>(std::min<std::size_t>(place.line, static_cast<std::size_t>(lines())) - 1);
    long offset = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line));
    const long end = SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
    for (std::size_t column = 1; column < place.column && offset < end; ++column)
        offset = SendScintilla(SCI_POSITIONAFTER, static_cast<unsigned long>(offset));
    return static_cast<std::size_t>(std::min(offset, end));
}

void SqlEditor::showProblem(const TextPlace& place, const QString& sentence)
{
    clearProblem();
    const std::size_t begin = offsetOf(place);
    SqlRange range{begin, begin + 1};
    for (const SqlToken& token : sqlTokens(sql(), m_dialect))
        if (place.column > 0 && token.begin <= begin && begin < token.end)
            range = {begin, token.end};
    const auto line = static_cast<unsigned long>(SendScintilla(SCI_LINEFROMPOSITION, begin));
    const auto lineEnd = static_cast<std::size_t>(SendScintilla(SCI_GETLINEENDPOSITION, line));
    if (place.column == 0)
        range.end = lineEnd;
    // At the end of the line there is nothing to underline but what is before.
    if (range.begin >= lineEnd && range.begin > 0)
        range = {range.begin - 1, range.begin};
    range.end = std::min(range.end, std::max(lineEnd, range.begin + 1));
    m_problem = range;
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(problemIndicator));
    SendScintilla(SCI_INDICATORFILLRANGE, range.begin, static_cast<long>(range.end - range.begin));
    m_problemMark = markerAdd(static_cast<int>(line), problemMarker);
    setCaret(begin);
    ensureLineVisible(static_cast<int>(line));
    setToolTip(sentence);
}

void SqlEditor::clearProblem()
{
    if (!m_problem)
        return;
    m_problem.reset();
    setToolTip({});
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(problemIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, SendScintilla(SCI_GETLENGTH));
    markerDeleteHandle(m_problemMark);
    m_problemMark = -1;
}

void SqlEditor::onTextChanged()
{
    clearProblem();
    if (!m_loading)
        Q_EMIT edited();
}

void SqlEditor::onCharacter(int character)
{
    const bool name = (character >= 'a' && character <= 'z') ||
                      (character >= 'A' && character <= 'Z') || character == '_' ||
                      character >= 0x80 ||
                      (m_popup->isOpen() && character >= '0' && character <= '9');
    if (name || character == '.' || character == '"')
        QMetaObject::invokeMethod(
            this, [this] { offer(false); }, Qt::QueuedConnection);
    else
        m_popup->close();
}

void SqlEditor::complete()
{
    offer(true);
}

void SqlEditor::offer(bool asked)
{
    if (isReadOnly() || (!asked && length() > longestCompleted))
        return;
    const std::size_t at = caret();
    const SqlOutline outline(sql(), m_dialect);
    SqlContext context = outline.contextAt(at);
    std::vector<SqlSuggestion> suggestions;
    if (asked || !context.prefix.empty() || !context.qualifiers.empty() || context.inQuotes)
        suggestions = sqlSuggestions(context, *m_catalog, m_dialect);
    std::vector<SqlTable> wanted;
    for (const SqlTable* table : unknownTables(context, *m_catalog))
        wanted.push_back(*table);
    const bool typedOut = suggestions.size() == 1 && suggestions.front().written == context.prefix;
    if (typedOut)
        suggestions.clear();
    m_context = std::move(context);
    m_popup->show(std::move(suggestions), caretRect(m_context.begin));
    if (!wanted.empty())
        Q_EMIT columnsWanted(wanted);
}

QRect SqlEditor::caretRect(std::size_t offset) const
{
    const auto x = SendScintilla(SCI_POINTXFROMPOSITION, 0UL, static_cast<long>(offset));
    const auto y = SendScintilla(SCI_POINTYFROMPOSITION, 0UL, static_cast<long>(offset));
    const auto height = SendScintilla(SCI_TEXTHEIGHT, 0UL);
    const QPoint inEditor = viewport()->mapTo(this, QPoint(int(x), int(y)));
    // The icons stand left of the letters that are being typed.
    return {inEditor - QPoint(28, 0), QSize(1, int(height) + 2)};
}

void SqlEditor::insertSuggestion(const SqlSuggestion& suggestion)
{
    const std::size_t end = caret();
    const std::string text = sql();
    SqlRange range{std::min(m_context.begin, end), end};
    const char close = m_dialect.quotes.back();
    if (m_context.inQuotes && end < text.size() && text[end] == close)
        ++range.end;
    const bool call = suggestion.kind == SqlSuggestionKind::Function &&
                      suggestion.text.find("current_") != 0 &&
                      (range.end >= text.size() || text[range.end] != '(');
    replaceRange(range, suggestion.written + (call ? "()" : ""));
    setCaret(range.begin + suggestion.written.size() + (call ? 1 : 0));
}

void SqlEditor::toggleComment()
{
    int from = 0;
    int to = 0;
    int index = 0;
    int last = 0;
    getSelection(&from, &index, &to, &last);
    if (from < 0) {
        getCursorPosition(&from, &index);
        to = from;
    } else if (last == 0 && to > from) {
        --to;
    }
    bool all = true;
    for (int line = from; line <= to; ++line)
        all = all && (text(line).trimmed().isEmpty() ||
                      text(line).trimmed().startsWith(QLatin1String("--")));
    for (int line = from; line <= to; ++line) {
        const auto begin = static_cast<std::size_t>(
            SendScintilla(SCI_GETLINEINDENTPOSITION, static_cast<unsigned long>(line)));
        const QString content = text(line).trimmed();
        if (content.isEmpty())
            continue;
        const bool spaced = content.startsWith(QLatin1String("-- "));
        if (all)
            replaceRange({begin, begin + (spaced ? 3 : 2)}, {});
        else
            replaceRange({begin, begin}, "-- ");
    }
}

bool SqlEditor::popupTakes(const QKeyEvent& event) const
{
    if (!m_popup->isOpen() || event.modifiers() != Qt::NoModifier)
        return false;
    switch (event.key()) {
    case Qt::Key_Escape:
        return true;
    case Qt::Key_Enter:
    case Qt::Key_Return:
    case Qt::Key_Tab: {
        const SqlSuggestion* current = m_popup->current();
        return current && !equalInEitherCase(current->written, m_context.prefix);
    }
    default:
        return false;
    }
}

bool SqlEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool ours = key->modifiers() == Qt::ControlModifier &&
                          (key->key() == Qt::Key_Space || key->key() == Qt::Key_Slash);
        if (ours) {
            event->accept();
            return true;
        }
    }
    return QsciScintilla::event(event);
}

void SqlEditor::keyPressEvent(QKeyEvent* event)
{
    if (popupTakes(*event)) {
        event->ignore();
        return;
    }
    const int key = event->key();
    const bool control = event->modifiers() == Qt::ControlModifier;
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (key != Qt::Key_Tab && key != Qt::Key_Backtab && key != Qt::Key_Shift)
        m_leaving = key == Qt::Key_Escape;
    if (m_leaving) {
        Q_EMIT escapePressed();
        return;
    }
    if (enter)
        m_popup->close();
    if (control && enter)
        Q_EMIT runWanted();
    else if (control && key == Qt::Key_Space)
        complete();
    else if (control && key == Qt::Key_Slash && !isReadOnly())
        toggleComment();
    else {
        QsciScintilla::keyPressEvent(event);
        const bool erased = key == Qt::Key_Backspace || key == Qt::Key_Delete;
        const bool moved = key == Qt::Key_Left || key == Qt::Key_Right;
        if (m_popup->isOpen() && erased)
            offer(false);
        else if (moved)
            m_popup->close();
    }
}

void SqlEditor::changeEvent(QEvent* event)
{
    QsciScintilla::changeEvent(event);
    const bool looks = event->type() == QEvent::PaletteChange ||
                       event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange;
    if (looks && m_dressed)
        dress();
}

bool SqlEditor::focusNextPrevChild(bool next)
{
    if (!m_leaving && !isReadOnly())
        return false;
    m_leaving = false;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

} // namespace headgate::ui
