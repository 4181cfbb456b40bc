// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command_set.h"
#include "cli/console.h"
#include "cli/program.h"

#include <QCoreApplication>

namespace {

std::vector<std::string> commandWords([[maybe_unused]] int argc, [[maybe_unused]] char* argv[])
{
    std::vector<std::string> words;
#ifdef Q_OS_WIN
    for (const QString& word : QCoreApplication::arguments().mid(1))
        words.push_back(word.toStdString());
#else
    for (int i = 1; i < argc; ++i)
        words.emplace_back(argv[i]);
#endif
    return words;
}

} // namespace

int main(int argc, char* argv[])
{
    headgate::cli::console::prepare();
    // Qt takes its own options out of argc and argv.
    int qtCount = 1;
    const std::vector<std::string> words = commandWords(argc, argv);
    const QCoreApplication application(qtCount, argv);
    QCoreApplication::setApplicationName(QStringLiteral("headgate"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    headgate::cli::Program program(headgate::cli::allCommands());
    return program.run(words);
}
