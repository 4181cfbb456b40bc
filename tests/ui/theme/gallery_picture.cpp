// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/gallery.h"
#include "theme/theme.h"
#include "widgets/gallery_sections.h"

#include <QApplication>
#include <cstdio>

/// gallery_picture light|dark FILE: the gallery as a PNG. QT_SCALE_FACTOR=2 for 200 %.
int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() != 3) {
        std::fputs("gallery_picture light|dark FILE\n", stderr);
        return 2;
    }
    using headgate::ui::ColorSchemeChoice;
    const bool dark = arguments.at(1) == QLatin1String("dark");
    const headgate::ui::Theme theme(nullptr,
                                    dark ? ColorSchemeChoice::Dark : ColorSchemeChoice::Light);
    headgate::ui::Gallery gallery(headgate::ui::widgetSections());
    if (!gallery.savePicture(arguments.at(2))) {
        std::fprintf(stderr, "%s could not be written\n", qPrintable(arguments.at(2)));
        return 1;
    }
    return 0;
}
