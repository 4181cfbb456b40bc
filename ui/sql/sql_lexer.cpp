// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_lexer.h"

#include "sql/sql_words.h"

namespace headgate::ui {

namespace {

SqlLexer::Style styleOf(const SqlToken& token, std::string_view text)
{
    switch (token.kind) {
    case SqlTokenKind::Word: {
        const std::string_view word = text.substr(token.begin, token.end - token.begin);
        const bool afterDot = token.begin > 0 && text[token.begin - 1] == '.';
        if (!afterDot && isSqlKeyword(word))
            return SqlLexer::Keyword;
        const std::size_t next = text.find_first_not_of(" \t", token.end);
        const bool called = next != std::string_view::npos && text[next] == '(';
        return !afterDot && (called || word.starts_with("current_")) && isSqlFunction(word)
                   ? SqlLexer::Function
                   : SqlLexer::Plain;
    }
    case SqlTokenKind::QuotedName:
        return SqlLexer::Name;
    case SqlTokenKind::Text:
        return SqlLexer::Text;
    case SqlTokenKind::Number:
        return SqlLexer::Number;
    case SqlTokenKind::Parameter:
        return SqlLexer::Parameter;
    case SqlTokenKind::Comment:
        return SqlLexer::Comment;
    case SqlTokenKind::Symbol:
        return SqlLexer::Punctuation;
    }
    return SqlLexer::Plain;
}

} // namespace

SqlLexer::SqlLexer(QsciScintilla* editor) : QsciLexerCustom(editor) {}

void SqlLexer::setDialect(const SqlDialect& dialect)
{
    m_dialect = dialect;
    if (editor())
        editor()->SendScintilla(QsciScintillaBase::SCI_COLOURISE, 0, -1);
}

void SqlLexer::dress(const Tokens& tokens, const QFont& font)
{
    const CodeColors& code = tokens.code;
    const std::pair<Style, QColor> colors[] = {
        {Plain, code.plain},       {Keyword, code.keyword}, {Function, code.function},
        {Name, code.key},          {Text, code.string},     {Number, code.number},
        {Parameter, code.literal}, {Comment, code.comment}, {Punctuation, code.punctuation}};
    setDefaultFont(font);
    setDefaultColor(code.plain);
    setDefaultPaper(tokens.surface);
    for (const auto& [style, color] : colors) {
        setFont(font, style);
        setColor(color, style);
        setPaper(tokens.surface, style);
    }
}

QString SqlLexer::description(int style) const
{
    switch (style) {
    case Plain:
        return tr("Plain");
    case Keyword:
        return tr("Keyword");
    case Function:
        return tr("Function");
    case Name:
        return tr("Name in quotes");
    case Text:
        return tr("Text");
    case Number:
        return tr("Number");
    case Parameter:
        return tr("Parameter");
    case Comment:
        return tr("Comment");
    case Punctuation:
        return tr("Punctuation");
    default:
        return {};
    }
}

/// What begins above may reach far down, so that the whole text is read; only the part asked for
/// is coloured.
void SqlLexer::styleText(int begin, int end)
{
    if (!editor())
        return;
    const auto length =
        static_cast<std::size_t>(editor()->SendScintilla(QsciScintillaBase::SCI_GETLENGTH));
    std::string text(length + 1, '\0');
    editor()->SendScintilla(QsciScintillaBase::SCI_GETTEXT, length + 1, text.data());
    text.resize(length);
    auto at = static_cast<std::size_t>(begin);
    const std::size_t last = std::min(static_cast<std::size_t>(end), length);
    startStyling(begin);
    const auto paint = [this, &at, last](std::size_t to, Style style) {
        to = std::min(to, last);
        if (to <= at)
            return;
        setStyling(static_cast<int>(to - at), style);
        at = to;
    };
    for (const SqlToken& token : sqlTokens(text, m_dialect)) {
        if (token.end <= at)
            continue;
        if (at >= last)
            break;
        paint(token.begin, Plain);
        paint(token.end, styleOf(token, text));
    }
    paint(last, Plain);
}

} // namespace headgate::ui
