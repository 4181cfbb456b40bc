// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/sql_text.h"

#include "base/text.h"
#include "data/json_text.h"

#include <algorithm>
#include <map>

namespace headgate::warehouse {

namespace {

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool isNamePart(char c)
{
    return isNameStart(c) || isDigit(c);
}
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

class SqlScanner
{
public:
    SqlScanner(std::string_view sql, const SqlSyntax& syntax) : m_sql(sql), m_syntax(syntax) {}

    Result<SqlText> run()
    {
        if (const std::size_t nul = m_sql.find('\0'); nul != std::string_view::npos)
            return problem("source.statement.bytes", nul,
                           Text::tr("The statement holds a zero byte. Remove it."));
        if (const std::size_t bad = data::findInvalidUtf8(m_sql); bad != std::string_view::npos)
            return problem("source.statement.bytes", bad,
                           Text::tr("The statement is not valid UTF-8. Save the file as UTF-8."));
        while (m_at < m_sql.size())
            HEADGATE_TRY(step());
        if (m_inExecutable)
            return unterminated(m_executableBegin, Text::tr("A comment is not closed."));
        if (!m_hasCode)
            return problem("source.statement.empty", 0,
                           Text::tr("The statement is empty. Write a SELECT."));
        const std::size_t end = m_semicolon == std::string_view::npos ? m_sql.size() : m_semicolon;
        m_result.text = m_sql.substr(0, end);
        return std::move(m_result);
    }

private:
    [[nodiscard]] Failure problem(const char* code, std::size_t at, const QString& what) const
    {
        const TextPlace place = placeOf(m_sql, at);
        Failure failure = fail(ErrorKind::Config, code,
                               Text::tr("Line %1, column %2 of the SQL: %3")
                                   .arg(qulonglong(place.line))
                                   .arg(qulonglong(place.column))
                                   .arg(what));
        failure.value().place = place;
        return failure;
    }
    [[nodiscard]] Failure unterminated(std::size_t at, const QString& what) const
    {
        return problem("source.statement.unterminated", at, what);
    }

    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_sql.size() ? m_sql[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool starts(std::string_view with) const
    {
        return m_sql.substr(m_at, with.size()) == with;
    }
    [[nodiscard]] char previous() const { return m_at == 0 ? '\0' : m_sql[m_at - 1]; }

    Result<void> step()
    {
        const char c = peek();
        if (isSpace(c)) {
            ++m_at;
            return {};
        }
        if (lineCommentBegins())
            return lineComment();
        if (starts("/*"))
            return blockComment();
        if (m_inExecutable && starts("*/")) {
            m_inExecutable = false;
            m_at += 2;
            return {};
        }
        if (c == ';') {
            if (m_semicolon == std::string_view::npos)
                m_semicolon = m_at;
            ++m_at;
            return {};
        }
        if (m_semicolon != std::string_view::npos)
            return problem("source.statement.several", m_at,
                           Text::tr("A second statement begins here. A model is one SELECT: remove "
                                    "the rest, or make a model of it."));
        m_hasCode = true;
        return code(c);
    }

    [[nodiscard]] bool lineCommentBegins() const
    {
        if (starts("--"))
            return !m_syntax.dashNeedsSpace || m_at + 2 >= m_sql.size() || isSpace(peek(2));
        return m_syntax.hashComments && peek() == '#';
    }

    Result<void> lineComment()
    {
        m_at = std::min(m_sql.find('\n', m_at), m_sql.size());
        return {};
    }

    Result<void> blockComment()
    {
        const std::size_t begin = m_at;
        if (m_syntax.executableComments && (starts("/*!") || starts("/*M!"))) {
            m_inExecutable = true;
            m_executableBegin = begin;
            m_at += starts("/*!") ? 3 : 4;
            while (isDigit(peek()))
                ++m_at;
            return {};
        }
        m_at += 2;
        for (int depth = 1; depth > 0; ++m_at) {
            if (m_at + 1 >= m_sql.size())
                return unterminated(begin, Text::tr("A comment is not closed."));
            if (starts("*/")) {
                --depth;
                ++m_at;
            } else if (m_syntax.nestedComments && starts("/*")) {
                ++depth;
                ++m_at;
            }
        }
        return {};
    }

    Result<void> code(char c)
    {
        if (isNameStart(c))
            return word();
        if (isDigit(c)) {
            while (isNamePart(peek()) || peek() == '.')
                ++m_at;
            return {};
        }
        switch (c) {
        case '\'':
        case '"':
            return quoted(c, m_syntax.backslashEscapes);
        case '`':
            return m_syntax.backticks ? quoted('`', false) : other();
        case '[':
            return m_syntax.brackets ? bracketed() : other();
        case '$':
            return m_syntax.dollarQuotes ? dollar() : other();
        case ':':
            return colon();
        default:
            return other();
        }
    }

    Result<void> other()
    {
        ++m_at;
        return {};
    }

    Result<void> word()
    {
        const std::size_t begin = m_at;
        while (isNamePart(peek()) || peek() == '$')
            ++m_at;
        std::string word(m_sql.substr(begin, m_at - begin));
        std::transform(word.begin(), word.end(), word.begin(), lower);
        const bool quoteFollows = peek() == '\'' || (peek() == '"' && m_syntax.rawStrings);
        if (quoteFollows && m_syntax.escapeStrings && word == "e")
            return quoted(peek(), true);
        if (quoteFollows && m_syntax.rawStrings && (word == "r" || word == "rb" || word == "br"))
            return quoted(peek(), false);
        m_result.words.push_back(std::move(word));
        return {};
    }

    Result<void> quoted(char quote, bool escapes)
    {
        const std::size_t begin = m_at;
        const std::string triple(3, quote);
        const bool isTriple = m_syntax.tripleQuotes && quote != '`' && starts(triple);
        m_at += isTriple ? 3 : 1;
        while (m_at < m_sql.size()) {
            if (escapes && peek() == '\\') {
                m_at += 2;
            } else if (isTriple ? starts(triple) : peek() == quote) {
                m_at += isTriple ? 3 : 1;
                return {};
            } else {
                ++m_at;
            }
        }
        return unterminated(begin, quote == '\''
                                       ? Text::tr("A text in single quotes is not closed.")
                                       : Text::tr("A name or text in quotes is not closed."));
    }

    Result<void> bracketed()
    {
        const std::size_t begin = m_at;
        m_at = m_sql.find(']', m_at);
        if (m_at == std::string_view::npos)
            return unterminated(begin, Text::tr("A name in square brackets is not closed."));
        ++m_at;
        return {};
    }

    Result<void> dollar()
    {
        const std::size_t begin = m_at;
        std::size_t end = m_at + 1;
        if (end < m_sql.size() && isNameStart(m_sql[end]))
            while (end < m_sql.size() && isNamePart(m_sql[end]))
                ++end;
        if (isNamePart(previous()) || end >= m_sql.size() || m_sql[end] != '$')
            return other();
        const std::string_view tag = m_sql.substr(begin, end + 1 - begin);
        const std::size_t close = m_sql.find(tag, end + 1);
        if (close == std::string_view::npos)
            return unterminated(begin, Text::tr("A text in %1 is not closed.").arg(toQString(tag)));
        m_at = close + tag.size();
        return {};
    }

    Result<void> colon()
    {
        const std::size_t begin = m_at;
        const char before = previous();
        const bool afterValue = isNamePart(before) ||
                                std::string_view(":)]\"'`").find(before) != std::string_view::npos;
        ++m_at;
        if ((afterValue && begin > 0) || !isNameStart(peek()) ||
            static_cast<unsigned char>(peek()) >= 0x80)
            return {};
        while (isNamePart(peek()) && static_cast<unsigned char>(peek()) < 0x80)
            ++m_at;
        m_result.parameters.push_back(
            {std::string(m_sql.substr(begin + 1, m_at - begin - 1)), begin, m_at});
        return {};
    }

    std::string_view m_sql;
    const SqlSyntax& m_syntax;
    SqlText m_result;
    std::size_t m_at = 0;
    std::size_t m_semicolon = std::string_view::npos;
    std::size_t m_executableBegin = 0;
    bool m_inExecutable = false;
    bool m_hasCode = false;
};

} // namespace

Result<SqlText> scanSql(std::string_view sql, const SqlSyntax& syntax)
{
    return SqlScanner(sql, syntax).run();
}

std::size_t BoundSql::typedOffset(std::size_t offset) const
{
    std::size_t typed = 0;
    for (const Shift& shift : shifts)
        if (shift.sent <= offset)
            typed = shift.typed + (offset - shift.sent);
    return typed;
}

BoundSql bindMarkers(const SqlText& sql, MarkerStyle style, std::string_view before,
                     std::string_view after)
{
    BoundSql bound;
    std::map<std::string, std::size_t, std::less<>> numbers;
    bound.text = before;
    std::size_t typed = 0;
    bound.shifts.push_back({bound.text.size(), typed});
    for (const SqlText::Parameter& parameter : sql.parameters) {
        bound.text += std::string_view(sql.text).substr(typed, parameter.begin - typed);
        const auto [at, isNew] = numbers.emplace(parameter.name, numbers.size() + 1);
        if (isNew || style == MarkerStyle::Question)
            bound.names.push_back(parameter.name);
        switch (style) {
        case MarkerStyle::Numbered:
            bound.text += '$' + std::to_string(at->second);
            break;
        case MarkerStyle::Question:
            bound.text += '?';
            break;
        }
        typed = parameter.end;
        bound.shifts.push_back({bound.text.size(), typed});
    }
    bound.text += std::string_view(sql.text).substr(typed);
    bound.text += after;
    return bound;
}

TextPlace placeOf(std::string_view text, std::size_t offset)
{
    TextPlace place{1, 1};
    for (const char c : text.substr(0, offset)) {
        if (c == '\n') {
            ++place.line;
            place.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
            ++place.column;
        }
    }
    return place;
}

} // namespace headgate::warehouse
