// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "base/translations.h"
#include "frame/main_window.h"
#include "secrets/user_secrets.h"
#include "theme/gallery.h"
#include "theme/theme.h"
#include "widgets/gallery_sections.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileDialog>
#include <QStandardPaths>

namespace {

headgate::ui::ColorSchemeChoice schemeChoice(const QString& name)
{
    if (name == QLatin1String("dark"))
        return headgate::ui::ColorSchemeChoice::Dark;
    if (name == QLatin1String("light"))
        return headgate::ui::ColorSchemeChoice::Light;
    return headgate::ui::ColorSchemeChoice::System;
}

QString chooseFolder(QWidget* window, const QString& title)
{
    return QFileDialog::getExistingDirectory(window, title);
}

QString sampleFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) +
           QStringLiteral("/Headgate sample");
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("headgate-desktop"));
    QApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    headgate::installTranslations(application);

    QCommandLineParser parser;
    parser.setApplicationDescription(QApplication::translate(
        "main", "Shapes warehouse rows into nested JSON and delivers them."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("project"),
                                 QApplication::translate("main", "The project folder."));
    parser.addOption({QStringLiteral("target"),
                      QApplication::translate("main", "The set of accounts to use."),
                      QStringLiteral("NAME")});
    const QCommandLineOption theme(
        QStringLiteral("theme"), QApplication::translate("main", "Colours: system, light or dark."),
        QStringLiteral("NAME"), QStringLiteral("system"));
    const QCommandLineOption gallery(
        QStringLiteral("gallery"),
        QApplication::translate("main", "Show every control of the window in every state."));
    parser.addOptions({theme, gallery});
    parser.process(application);

    headgate::ui::Theme dress(headgate::ui::SystemColorScheme::ofThisSystem(),
                              schemeChoice(parser.value(theme)));
    if (parser.isSet(gallery)) {
        headgate::ui::Gallery page(headgate::ui::widgetSections());
        page.show();
        return QApplication::exec();
    }

    // The stand-in that the sample sends to takes any key. Set before any thread reads it.
    if (!qEnvironmentVariableIsSet("HEADGATE_SAMPLE_KEY"))
        qputenv("HEADGATE_SAMPLE_KEY", "any");
    headgate::SystemClock clock;
    headgate::SystemRandom random;
    const auto secrets = headgate::secrets::UserSecrets::ofThisUser();
    const QStringList projects = parser.positionalArguments();
    headgate::ui::MainWindow window(
        {{clock, random, *secrets},
         dress,
         {},
         chooseFolder,
         sampleFolder(),
         parser.isSet(theme) ? std::optional(schemeChoice(parser.value(theme))) : std::nullopt,
         projects.value(0),
         parser.value(QStringLiteral("target")).toStdString()});
    window.show();
    return QApplication::exec();
}
