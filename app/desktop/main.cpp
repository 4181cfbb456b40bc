// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "frame/main_window.h"
#include "secrets/user_secrets.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QStyleFactory>

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("headgate-desktop"));
    QApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

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
    parser.process(application);

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
