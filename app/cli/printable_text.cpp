// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/printable_text.h"

#include "base/text.h"

namespace headgate::cli {

namespace {

bool reordersText(char16_t unit)
{
    return (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069) ||
           unit == 0x200E || unit == 0x200F || unit == 0x061C;
}

bool breaksLine(char16_t unit)
{
    return unit == 0x2028 || unit == 0x2029;
}

QString escaped(const QString& text, bool keepLines)
{
    QString out;
    out.reserve(text.size());
    for (const QChar character : text) {
        const char16_t unit = character.unicode();
        if (keepLines && (unit == u'\n' || unit == u'\t'))
            out += character;
        else if (unit == u'\n')
            out += QStringLiteral("\\n");
        else if (unit == u'\t')
            out += QStringLiteral("\\t");
        else if (unit < 0x20 || (unit >= 0x7F && unit < 0xA0))
            out += QStringLiteral("\\x%1").arg(unit, 2, 16, QLatin1Char('0'));
        else if (reordersText(unit) || breaksLine(unit))
            out += QStringLiteral("\\u%1").arg(unit, 4, 16, QLatin1Char('0'));
        else
            out += character;
    }
    return out;
}

} // namespace

QString printable(const QString& text, qsizetype most)
{
    QString out = escaped(most > 0 ? text.left(most + 1) : text, false);
    if (most > 0 && out.size() > most) {
        out.truncate(most - 1);
        if (!out.isEmpty() && out.back().isHighSurrogate())
            out.chop(1);
        out += QChar(0x2026);
    }
    return out;
}

QString printable(std::string_view utf8, qsizetype most)
{
    const auto bytes = most > 0 ? utf8.substr(0, static_cast<std::size_t>(most + 1) * 4) : utf8;
    return printable(toQString(bytes), most);
}

QString printableLines(const QString& text)
{
    return escaped(text, true);
}

} // namespace headgate::cli
