// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoded_forms.h"

#include "base/text.h"

#include <QUrl>
#include <algorithm>

namespace headgate {

namespace {

/// What becomes of characters that are not ASCII.
enum class Unicode
{
    AsItIs,
    LowerDigits,
    UpperDigits
};

QString numbered(QChar c, Unicode digits)
{
    const QString number = QString::number(c.unicode(), 16).rightJustified(4, QLatin1Char('0'));
    return QStringLiteral("\\u") + (digits == Unicode::UpperDigits ? number.toUpper() : number);
}

std::string shortEscape(QChar c)
{
    constexpr std::string_view special = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t at = c.unicode() < 0x80 ? special.find(c.toLatin1()) : std::string_view::npos;
    return at == std::string_view::npos ? std::string() : std::string("\\") + letters[at];
}

QString jsonForm(const QString& text, bool slashes, Unicode unicode)
{
    QString form;
    for (const QChar c : text) {
        const std::string escape = shortEscape(c);
        if (!escape.empty())
            form += toQString(escape);
        else if (c == QLatin1Char('/') && slashes)
            form += QStringLiteral("\\/");
        else if (c.unicode() < 0x20 || (c.unicode() >= 0x80 && unicode != Unicode::AsItIs))
            form += numbered(c, unicode);
        else
            form += c;
    }
    return form;
}

QByteArray lowerEscapes(QByteArray url)
{
    for (qsizetype at = url.indexOf('%'); at >= 0; at = url.indexOf('%', at + 3))
        url.replace(at, 3, url.mid(at, 3).toLower());
    return url;
}

QByteArray asInAForm(QByteArray url)
{
    return url.replace("%20", "+");
}

} // namespace

std::vector<std::string> encodedForms(std::string_view utf8)
{
    const QString text = toQString(utf8);
    std::vector<std::string> forms = {std::string(utf8)};
    const auto add = [&forms](std::string form) {
        if (std::find(forms.begin(), forms.end(), form) == forms.end())
            forms.push_back(std::move(form));
    };
    for (const bool slashes : {false, true})
        for (const Unicode unicode : {Unicode::AsItIs, Unicode::LowerDigits, Unicode::UpperDigits})
            add(jsonForm(text, slashes, unicode).toStdString());
    const QByteArray url =
        QByteArray(utf8.data(), static_cast<qsizetype>(utf8.size())).toPercentEncoding();
    for (const QByteArray& form : {url, asInAForm(url)}) {
        add(form.toStdString());
        add(lowerEscapes(form).toStdString());
    }
    return forms;
}

} // namespace headgate
