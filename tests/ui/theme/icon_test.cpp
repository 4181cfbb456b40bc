// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/icon.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <gmock/gmock.h>
#include <set>

namespace headgate::ui {
namespace {

QString iconFile(const IconName& one)
{
    return QStringLiteral(":/icons/") + QLatin1String(one.name) + QStringLiteral(".svg");
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int paintedPixels(const QImage& image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += qAlpha(image.pixel(x, y)) > 0 ? 1 : 0;
    }
    return count;
}

TEST(Icons, AreNamedOnceInTheOrderOfTheEnum)
{
    std::set<std::string> names;
    int number = 0;
    for (const IconName& one : allIcons()) {
        EXPECT_EQ(static_cast<int>(one.icon), number++) << one.name;
        EXPECT_TRUE(names.insert(one.name).second) << one.name;
        EXPECT_STREQ(iconName(one.icon), one.name);
    }
    EXPECT_EQ(static_cast<int>(Icon::Help) + 1, number) << "the last of the enum";
}

TEST(Icons, AreTheFilesThatAreThere)
{
    std::set<std::string> named;
    for (const IconName& one : allIcons())
        named.insert(std::string(one.name) + ".svg");
    std::set<std::string> files;
    for (const QString& file : QDir(QStringLiteral(":/icons")).entryList(QDir::Files))
        files.insert(file.toStdString());
    EXPECT_EQ(files, named);
}

TEST(Icons, AreValidAndHaveNoColorOfTheirOwn)
{
    const QRegularExpression color(
        QStringLiteral("(?:fill|stroke|stop-color|color)\\s*[=:]\\s*\"?\\s*([^\";\\s>]+)"));
    for (const IconName& one : allIcons()) {
        const QByteArray svg = contentOf(iconFile(one));
        ASSERT_FALSE(svg.isEmpty()) << one.name;
        EXPECT_TRUE(QSvgRenderer(svg).isValid()) << one.name;
        EXPECT_EQ(QSvgRenderer(svg).viewBox(), QRect(0, 0, 16, 16)) << one.name;
        EXPECT_FALSE(svg.contains("style=") || svg.contains("<style")) << one.name;
        auto found = color.globalMatch(QString::fromUtf8(svg));
        ASSERT_TRUE(found.hasNext()) << one.name;
        while (found.hasNext()) {
            const QString value = found.next().captured(1);
            EXPECT_TRUE(value == QLatin1String("none") || value == QLatin1String("currentColor"))
                << one.name << ": " << value.toStdString();
        }
    }
}

TEST(Icons, ArePaintedInTheColorAskedForAtEverySize)
{
    const QColor color(0x12, 0x99, 0x34);
    for (const IconName& one : allIcons()) {
        for (const qreal ratio : {1.0, 1.25, 1.5, 2.0, 3.0}) {
            const QImage image = iconPixmap(one.icon, color, 16, ratio).toImage();
            EXPECT_EQ(image.width(), qRound(16 * ratio));
            EXPECT_DOUBLE_EQ(image.devicePixelRatio(), ratio);
            EXPECT_GT(paintedPixels(image), 4 * ratio * ratio) << one.name;
        }
        const QImage image = iconPixmap(one.icon, color, 64, 1.0).toImage();
        int opaque = 0;
        for (int y = 0; y < 64; ++y) {
            for (int x = 0; x < 64; ++x) {
                if (qAlpha(image.pixel(x, y)) == 255) {
                    EXPECT_EQ(image.pixelColor(x, y), color) << one.name;
                    ++opaque;
                }
            }
        }
        EXPECT_GT(opaque, 0) << one.name;
    }
}

TEST(Icons, DifferFromEachOther)
{
    std::vector<std::pair<const char*, QImage>> seen;
    for (const IconName& one : allIcons()) {
        const QImage image = iconPixmap(one.icon, Qt::black, 32, 1.0).toImage();
        for (const auto& [name, other] : seen)
            EXPECT_NE(image, other) << one.name << " and " << name;
        seen.emplace_back(one.name, image);
    }
}

QColor strongestColor(const QIcon& icon, QIcon::Mode mode)
{
    const QImage image = icon.pixmap(QSize(64, 64), 1.0, mode).toImage();
    QColor strongest;
    int most = -1;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            if (color.alpha() > most) {
                most = color.alpha();
                strongest = color;
            }
        }
    }
    return strongest;
}

class PaletteGuard
{
public:
    PaletteGuard() : m_before(QApplication::palette()) {}
    ~PaletteGuard() { QApplication::setPalette(m_before); }
    Q_DISABLE_COPY_MOVE(PaletteGuard)

private:
    QPalette m_before;
};

TEST(Icons, AnIconMadeOnceFollowsThePalette)
{
    const PaletteGuard guard;
    const QIcon icon = themeIcon(Icon::Source, IconColor::Error);
    for (const Tokens* t : {&lightTokens(), &darkTokens(), &lightTokens()}) {
        QApplication::setPalette(paletteOf(*t));
        EXPECT_EQ(strongestColor(icon, QIcon::Normal), t->tone(Tone::Error).icon);
        EXPECT_EQ(strongestColor(icon, QIcon::Disabled), t->disabled);
    }
}

TEST(Icons, EveryToneHasItsOwn)
{
    std::set<Icon> icons;
    for (const Tone tone : allTones)
        EXPECT_TRUE(icons.insert(iconOf(tone)).second);
}

} // namespace
} // namespace headgate::ui
