// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_copy_row.h"

#include <algorithm>

namespace headgate::warehouse {

namespace {

/// What the character behind a backslash stands for; zero: nothing that is ever written.
char unescapedCopyChar(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    case '\\':
        return '\\';
    default:
        return '\0';
    }
}

bool removeCopyEscapes(std::string& out, std::string_view cell)
{
    out.clear();
    while (!cell.empty()) {
        const std::size_t backslash = std::min(cell.find('\\'), cell.size());
        out += cell.substr(0, backslash);
        cell.remove_prefix(backslash);
        if (cell.empty())
            return true;
        const char c = cell.size() > 1 ? unescapedCopyChar(cell[1]) : '\0';
        if (c == '\0')
            return false;
        out += c;
        cell.remove_prefix(2);
    }
    return true;
}

void appendCopyCell(std::string_view text, const PostgresType& type, data::RowBlock& into)
{
    const std::size_t begin = into.bytes().size();
    into.closeCell(type.append(into.bytes(), text), begin);
}

} // namespace

bool PostgresCopyRow::append(std::string_view line, std::span<const PostgresType> types,
                             data::RowBlock& into)
{
    if (line.empty() || line.find('\n') != line.size() - 1)
        return false;
    line.remove_suffix(1);
    const bool escapes = line.find('\\') != std::string_view::npos;
    for (std::size_t i = 0; i < types.size(); ++i) {
        const std::size_t tab = line.find('\t');
        const bool isLast = i + 1 == types.size();
        if ((tab == std::string_view::npos) != isLast)
            return false;
        const std::string_view cell = line.substr(0, tab);
        if (!isLast)
            line.remove_prefix(tab + 1);
        if (!escapes)
            appendCopyCell(cell, types[i], into);
        else if (!appendEscaped(cell, types[i], into))
            return false;
    }
    return true;
}

bool PostgresCopyRow::appendEscaped(std::string_view cell, const PostgresType& type,
                                    data::RowBlock& into)
{
    if (cell == "\\N") {
        into.appendNull();
        return true;
    }
    if (cell.find('\\') == std::string_view::npos) {
        appendCopyCell(cell, type, into);
        return true;
    }
    if (!removeCopyEscapes(m_cell, cell))
        return false;
    appendCopyCell(m_cell, type, into);
    return true;
}

} // namespace headgate::warehouse
