// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/gallery.h"
#include "theme/theme.h"
#include "theme/tokens.h"

#include <QAbstractButton>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

TEST(Gallery, IsSavedInBothSchemes)
{
    const QTemporaryDir folder;
    Theme theme(nullptr, ColorSchemeChoice::Light);
    const auto picture = [&](ColorSchemeChoice choice) {
        theme.setChoice(choice);
        Gallery gallery;
        const QString file = folder.filePath(QStringLiteral("gallery.png"));
        EXPECT_TRUE(gallery.savePicture(file));
        return QImage(file);
    };
    const QImage light = picture(ColorSchemeChoice::Light);
    const QImage dark = picture(ColorSchemeChoice::Dark);
    theme.setChoice(ColorSchemeChoice::Light);
    ASSERT_FALSE(light.isNull());
    EXPECT_EQ(light.size(), dark.size());
    EXPECT_EQ(light.pixelColor(2, 2), lightTokens().window);
    EXPECT_EQ(dark.pixelColor(2, 2), darkTokens().window);
}

TEST(Gallery, SaysThatAPictureWasNotWritten)
{
    Gallery gallery;
    EXPECT_FALSE(gallery.savePicture(QStringLiteral("/nowhere/at/all.png")));
}

TEST(Gallery, ShowsWhatItIsGiven)
{
    Gallery gallery(
        {{QStringLiteral("Chips"), [] { return new QLabel(QStringLiteral("a chip")); }}});
    bool found = false;
    for (const QLabel* label : gallery.findChildren<QLabel*>())
        found = found || label->text() == QLatin1String("a chip");
    EXPECT_TRUE(found);
}

TEST(Gallery, NamesEveryControl)
{
    const Gallery gallery;
    int controls = 0;
    for (const QWidget* widget : gallery.findChildren<QWidget*>()) {
        if (qobject_cast<const QLineEdit*>(widget) == nullptr ||
            widget->objectName() == QLatin1String("qt_spinbox_lineedit"))
            continue;
        EXPECT_FALSE(widget->accessibleName().isEmpty());
        ++controls;
    }
    EXPECT_GT(controls, 10);
}

} // namespace
} // namespace headgate::ui
