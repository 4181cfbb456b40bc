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

/// A name in the list of families has its foundry behind it where there are several.
bool isFamily(const QString& listed, QLatin1String name)
{
    return listed.startsWith(name, Qt::CaseInsensitive) &&
           (listed.size() == name.size() ||
            listed.mid(name.size()).startsWith(QLatin1String(" [")));
}

/// Empty if there is none of them. By the list: QFontDatabase::hasFamily() asks fontconfig what
/// stands for each name that is not there, which takes as long as making the window.
QString firstInstalledFamily(std::initializer_list<const char*> families)
{
    const QStringList installed = QFontDatabase::families();
    for (const char* family : families) {
        const QLatin1String name(family);
        if (std::any_of(installed.begin(), installed.end(),
                        [&](const QString& listed) { return isFamily(listed, name); }))
            return name;
    }
    return {};
}

void setFamilyIf(QFont& font, const QString& family)
{
    if (!family.isEmpty())
        font.setFamily(family);
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
    static const QString found =
        firstInstalledFamily({"Inter", "Noto Sans", "Cantarell", "Ubuntu"});
    setFamilyIf(font, found);
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
    static const QString found = firstInstalledFamily(
        {"JetBrains Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono"});
    if (isGenericFamily(font.family()))
        setFamilyIf(font, found);
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
