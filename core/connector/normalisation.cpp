// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/normalisation.h"

#include "base/text.h"

#include <algorithm>

namespace headgate::connector {

namespace {

QString withoutSpaces(QString text)
{
    text.removeIf([](QChar c) { return c.isSpace(); });
    return text;
}

QString digitsOf(QString text)
{
    text.removeIf([](QChar c) { return c < QLatin1Char('0') || c > QLatin1Char('9'); });
    return text;
}

QString step(Normalisation normalisation, const QString& text)
{
    switch (normalisation) {
    case Normalisation::Trim:
        return text.trimmed();
    case Normalisation::RemoveSpaces:
        return withoutSpaces(text);
    case Normalisation::Lowercase:
        return text.toLower();
    case Normalisation::Uppercase:
        return text.toUpper();
    case Normalisation::Digits:
        return digitsOf(text);
    }
    return text;
}

} // namespace

std::string normalised(const MatchField* field, std::string_view text)
{
    if (!field || field->normalise.empty())
        return std::string(text);
    QString changed = toQString(text);
    for (const Normalisation normalisation : field->normalise)
        changed = step(normalisation, changed);
    return changed.toStdString();
}

} // namespace headgate::connector
