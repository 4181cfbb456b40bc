// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "frame/main_window.h"
#include "secrets/user_secrets.h"
#include "theme/gallery.h"
#include "theme/theme.h"
#include "widgets/gallery_sections.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>

namespace {

headgate::ui::ColorSchemeChoice schemeChoice(const QString& name)
{
    if (name == QLatin1String("dark"))
        return headgate::ui::ColorSchemeChoice::Dark;
    if (name == QLatin1String("light"))
        return headgate::ui::ColorSchemeChoice::Light;
    return headgate::ui::ColorSchemeChoice::System;
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("headgate-desktop"));
    QApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));

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

    const headgate::ui::Theme dress(headgate::ui::SystemColorScheme::ofThisSystem(),
                                    schemeChoice(parser.value(theme)));
    if (parser.isSet(gallery)) {
        headgate::ui::Gallery page(headgate::ui::widgetSections());
        page.show();
        return QApplication::exec();
    }

    headgate::SystemClock clock;
    headgate::SystemRandom random;
    const auto secrets = headgate::secrets::UserSecrets::ofThisUser();
    headgate::service::WorkspaceOptions options;
    options.project = QDir(parser.positionalArguments().value(0, QDir::currentPath()))
                          .absolutePath()
                          .toStdString();
    options.target = parser.value(QStringLiteral("target")).toStdString();
    headgate::ui::MainWindow window(options, {clock, random, *secrets});
    window.show();
    return QApplication::exec();
}
