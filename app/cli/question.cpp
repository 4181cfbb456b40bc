// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/question.h"

#include "cli/cli_text.h"
#include "cli/console.h"

#include <cstdio>

namespace headgate::cli {

bool mayAsk(const GlobalOptions& globals)
{
    return !globals.noInput && globals.output == OutputFormat::Text &&
           console::isTerminal(Stream::Input) && console::isTerminal(Stream::Error);
}

Result<char> ask(const QString& question, std::span<const Choice> choices)
{
    QString shown = question + QLatin1Char('\n');
    for (const Choice& choice : choices)
        shown += QStringLiteral("  %1  %2\n").arg(QLatin1Char(choice.letter)).arg(choice.text);
    shown += QStringLiteral("[%1] ").arg(QLatin1Char(choices.front().letter));
    while (true) {
        std::fputs(shown.toUtf8().constData(), stderr);
        std::fflush(stderr);
        const Result<std::string> line = readLine();
        if (!line)
            return Failure(line.error());
        if (line->empty())
            return choices.front().letter;
        for (const Choice& choice : choices) {
            if (line->size() == 1 && line->front() == choice.letter)
                return choice.letter;
        }
    }
}

Result<void> requireYes(const GlobalOptions& globals, const Arguments& arguments,
                        const QString& what)
{
    if (arguments.has("yes"))
        return {};
    if (mayAsk(globals)) {
        const Choice choices[] = {{'n', CliText::tr("no: change nothing")},
                                  {'y', CliText::tr("yes")}};
        const Result<char> answer = ask(what, choices);
        if (!answer)
            return Failure(answer.error());
        if (*answer == 'y')
            return {};
    }
    return fail(ErrorKind::Usage, "usage.yes",
                CliText::tr("%1 Nothing was changed. To go on: --yes").arg(what));
}

} // namespace headgate::cli
