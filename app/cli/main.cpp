// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translations.h"
#include "cli/command_set.h"
#include "cli/console.h"
#include "cli/program.h"

#include <QCoreApplication>

int main(int argc, char* argv[])
{
    headgate::cli::console::prepare();
    const std::vector<std::string> words = headgate::cli::console::words(argc, argv);
    // Qt takes options of its own out of the words that it is given; these are ours.
    int programOnly = 1;
    QCoreApplication application(programOnly, argv);
    QCoreApplication::setApplicationName(QStringLiteral("headgate"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    headgate::installTranslations(application);
    headgate::cli::Program program(headgate::cli::allCommands());
    return program.run(words);
}
