// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/fonts.h"

#include "theme/tokens.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetrics>
#include <algorithm>
#include <initializer_list>

namespace headgate::ui {
namespace {

QString firstInstalledFamily(std::initializer_list<const char*> families, const QString& otherwise)
{
    for (const char* family : families) {
        if (QFontDatabase::hasFamily(QLatin1String(family)))
            return QLatin1String(family);
    }
    return otherwise;
}

bool isGenericFamily(const QString& family)
{
    const QString lower = family.toLower();
    return lower.isEmpty() || lower == QLatin1String("sans-serif") ||
           lower == QLatin1String("sans serif") || lower == QLatin1String("sans") ||
           lower == QLatin1String("monospace");
}

double sizeFactor(TextSize size)
{
    switch (size) {
    case TextSize::Small:
        return 0.86;
    case TextSize::Body:
        return 1.0;
    case TextSize::Title:
        return 1.38;
    }
    return 1.0;
}

QFont resized(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    return font;
}

} // namespace

QFont bodyFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (!isGenericFamily(font.family()))
        return font;
    font.setFamily(
        firstInstalledFamily({"Inter", "Noto Sans", "Cantarell", "Ubuntu"}, font.family()));
    font.setPointSizeF(9.75);
    return font;
}

QFont textFont(TextSize size, QFont::Weight weight)
{
    QFont font = resized(QApplication::font(), sizeFactor(size));
    font.setWeight(size == TextSize::Title && weight == QFont::Normal ? QFont::DemiBold : weight);
    return font;
}

QFont codeFont(TextSize size)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (isGenericFamily(font.family()))
        font.setFamily(firstInstalledFamily(
            {"JetBrains Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono"},
            font.family()));
    font.setFixedPitch(true);
    font.setStyleHint(QFont::Monospace);
    const QFont body = QApplication::font();
    if (body.pointSizeF() > 0)
        font.setPointSizeF(body.pointSizeF() * 0.97);
    else
        font.setPixelSize(body.pixelSize());
    return resized(font, sizeFactor(size));
}

int rowHeight()
{
    return std::max(grid::row, QFontMetrics(QApplication::font()).height() + 10);
}

} // namespace headgate::ui
