// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_tokens.h"

#include "sql/sql_words.h"

#include <algorithm>

namespace headgate::ui {

namespace {

bool isSqlSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool isSqlDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool beginsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool continuesName(char c)
{
    return beginsName(c) || isSqlDigit(c);
}

class SqlTokenizer
{
public:
    SqlTokenizer(std::string_view text, const SqlDialect& dialect)
        : m_text(text), m_syntax(dialect.syntax), m_textQuotes(dialect.doubleQuotesAreText())
    {}

    std::vector<SqlToken> run()
    {
        while (m_at < m_text.size()) {
            if (isSqlSpace(peek())) {
                ++m_at;
                continue;
            }
            m_begin = m_at;
            m_closed = true;
            const SqlTokenKind kind = next();
            m_tokens.push_back({kind, m_begin, m_at, m_closed});
        }
        return std::move(m_tokens);
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool starts(std::string_view with) const
    {
        return m_text.substr(m_at, with.size()) == with;
    }

    SqlTokenKind next()
    {
        const char c = peek();
        if (lineCommentBegins())
            return lineComment();
        if (starts("/*"))
            return blockComment();
        if (beginsName(c))
            return word();
        if (isSqlDigit(c))
            return number();
        switch (c) {
        case '\'':
            return quoted(SqlTokenKind::Text, '\'', m_syntax.backslashEscapes);
        case '"':
            return m_textQuotes ? quoted(SqlTokenKind::Text, '"', m_syntax.backslashEscapes)
                                : quoted(SqlTokenKind::QuotedName, '"', false);
        case '`':
            return m_syntax.backticks ? quoted(SqlTokenKind::QuotedName, '`', false) : symbol();
        case '[':
            return m_syntax.brackets ? quoted(SqlTokenKind::QuotedName, ']', false) : symbol();
        case '$':
            return m_syntax.dollarQuotes ? dollar() : symbol();
        case ':':
            return colon();
        default:
            return symbol();
        }
    }

    [[nodiscard]] bool lineCommentBegins() const
    {
        if (starts("--"))
            return !m_syntax.dashNeedsSpace || m_at + 2 >= m_text.size() || isSqlSpace(peek(2));
        return m_syntax.hashComments && peek() == '#';
    }

    SqlTokenKind lineComment()
    {
        m_at = std::min(m_text.find('\n', m_at), m_text.size());
        m_closed = m_at < m_text.size();
        return SqlTokenKind::Comment;
    }

    SqlTokenKind blockComment()
    {
        m_at += 2;
        int depth = 1;
        while (depth > 0 && m_at < m_text.size()) {
            if (starts("*/")) {
                --depth;
                m_at += 2;
            } else if (m_syntax.nestedComments && starts("/*")) {
                ++depth;
                m_at += 2;
            } else {
                ++m_at;
            }
        }
        m_closed = depth == 0;
        return SqlTokenKind::Comment;
    }

    SqlTokenKind word()
    {
        while (continuesName(peek()) || peek() == '$')
            ++m_at;
        const std::string_view word = m_text.substr(m_begin, m_at - m_begin);
        const bool quoteFollows = peek() == '\'' || (peek() == '"' && m_syntax.rawStrings);
        if (quoteFollows && m_syntax.escapeStrings && equalInEitherCase(word, "e"))
            return quoted(SqlTokenKind::Text, peek(), true);
        const bool raw = equalInEitherCase(word, "r") || equalInEitherCase(word, "rb") ||
                         equalInEitherCase(word, "br");
        if (quoteFollows && m_syntax.rawStrings && raw)
            return quoted(SqlTokenKind::Text, peek(), false);
        return SqlTokenKind::Word;
    }

    SqlTokenKind number()
    {
        while (continuesName(peek()) || peek() == '.') {
            const bool exponent = peek() == 'e' || peek() == 'E';
            ++m_at;
            if (exponent && (peek() == '-' || peek() == '+') && isSqlDigit(peek(1)))
                ++m_at;
        }
        return SqlTokenKind::Number;
    }

    /// From an opening quote. A doubled closing one stands for itself.
    SqlTokenKind quoted(SqlTokenKind kind, char close, bool escapes)
    {
        const std::string triple(3, close);
        const bool isTriple = m_syntax.tripleQuotes && close != '`' && starts(triple);
        m_at += isTriple ? 3 : 1;
        while (m_at < m_text.size()) {
            if (escapes && peek() == '\\') {
                m_at = std::min(m_at + 2, m_text.size());
            } else if (!(isTriple ? starts(triple) : peek() == close)) {
                ++m_at;
            } else if (!isTriple && peek(1) == close) {
                m_at += 2;
            } else {
                m_at += isTriple ? 3 : 1;
                return kind;
            }
        }
        m_closed = false;
        return kind;
    }

    SqlTokenKind dollar()
    {
        std::size_t end = m_at + 1;
        if (end < m_text.size() && beginsName(m_text[end]))
            while (end < m_text.size() && continuesName(m_text[end]))
                ++end;
        if (end >= m_text.size() || m_text[end] != '$')
            return symbol();
        const std::string_view tag = m_text.substr(m_at, end + 1 - m_at);
        const std::size_t close = m_text.find(tag, end + 1);
        m_closed = close != std::string_view::npos;
        m_at = m_closed ? close + tag.size() : m_text.size();
        return SqlTokenKind::Text;
    }

    SqlTokenKind colon()
    {
        if (starts("::")) {
            m_at += 2;
            return SqlTokenKind::Symbol;
        }
        const char before = m_at == 0 ? '\0' : m_text[m_at - 1];
        const bool afterValue =
            continuesName(before) ||
            (before != '\0' && std::string_view(")]\"'`").find(before) != std::string_view::npos);
        if (afterValue || !beginsName(peek(1)))
            return symbol();
        ++m_at;
        while (continuesName(peek()))
            ++m_at;
        return SqlTokenKind::Parameter;
    }

    SqlTokenKind symbol()
    {
        ++m_at;
        return SqlTokenKind::Symbol;
    }

    std::string_view m_text;
    const warehouse::SqlSyntax& m_syntax;
    bool m_textQuotes;
    std::size_t m_at = 0;
    std::size_t m_begin = 0;
    bool m_closed = true;
    std::vector<SqlToken> m_tokens;
};

} // namespace

std::vector<SqlToken> sqlTokens(std::string_view text, const SqlDialect& dialect)
{
    return SqlTokenizer(text, dialect).run();
}

} // namespace headgate::ui
