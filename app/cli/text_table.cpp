// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/text_table.h"

#include "cli/printable_text.h"

#include <QChar>
#include <algorithm>

namespace headgate::cli {

namespace {

bool isWide(char32_t point)
{
    return (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
           (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
           (point >= 0x1F300 && point <= 0x1FAFF) || (point >= 0x20000 && point <= 0x3FFFD);
}

int pointWidth(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        return isWide(point) ? 2 : 1;
    }
}

QString cutToWidth(const QString& text, int width)
{
    if (displayWidth(text) <= width)
        return text;
    QString out;
    int used = 1;
    for (const char32_t point : text.toUcs4()) {
        used += pointWidth(point);
        if (used > width)
            break;
        out += QString::fromUcs4(&point, 1);
    }
    return out + QChar(0x2026);
}

bool isNumber(const QString& text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.');
    });
}

} // namespace

int displayWidth(const QString& text)
{
    int width = 0;
    for (const char32_t point : text.toUcs4())
        width += pointWidth(point);
    return width;
}

TextTable::TextTable(const QStringList& header)
{
    m_rows.push_back(header);
}

void TextTable::addRow(const QStringList& row)
{
    QStringList cells;
    for (const QString& cell : row)
        cells += printable(cell, 0);
    m_rows.push_back(cells);
}

QString TextTable::text(int width) const
{
    const qsizetype columns = m_rows.front().size();
    std::vector<int> widths(static_cast<std::size_t>(columns), 0);
    std::vector<bool> numeric(static_cast<std::size_t>(columns), m_rows.size() > 1);
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        for (qsizetype i = 0; i < columns; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const QString cell = m_rows[row].value(i);
            widths[at] = std::max(widths[at], displayWidth(cell));
            if (row > 0 && !isNumber(cell))
                numeric[at] = false;
        }
    }
    QString out;
    for (const QStringList& row : m_rows) {
        QString line;
        int used = 0;
        for (qsizetype i = 0; i < columns; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const QString cell = row.value(i);
            const QString pad(widths[at] - displayWidth(cell), QLatin1Char(' '));
            const bool last = i + 1 == columns;
            if (last && width > 0 && !numeric[at])
                line += cutToWidth(cell, std::max(width - used, 8));
            else
                line += numeric[at] ? pad + cell : cell + pad;
            line += last ? QString() : QStringLiteral("  ");
            used += widths[at] + 2;
        }
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        out += line + QLatin1Char('\n');
    }
    return out;
}

} // namespace headgate::cli
