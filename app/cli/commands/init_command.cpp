// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "service/workspace.h"

#include <QDir>

namespace headgate::cli {

namespace {

class InitCommand final : public Command
{
public:
    [[nodiscard]] CommandSpec spec() const override;
    [[nodiscard]] Result<int> run(const Invocation& invocation) override;
};

CommandSpec InitCommand::spec() const
{
    return {
        .name = "init",
        .summary = CliText::tr("Make a project folder, empty or with a sample"),
        .description = CliText::tr(
            "Makes a project folder: text files, made for git. With --sample it holds a small shop "
            "whose customers' recently viewed products go to an e-mail tool, ready to run."),
        .arguments = {{"DIR", CliText::tr("The folder; without it: the current one."), false}},
        .options = {{"name", "NAME",
                     CliText::tr("What the project is called; without it: the folder's name.")},
                    {"sample", "", CliText::tr("With a sample to try and to learn from.")}},
        .examples = {{"init shop --sample", CliText::tr("To see what Headgate does:")},
                     {"init reverse-etl --name=Marketing", CliText::tr("To begin with:")}},
        .exclusive = {{"name", "sample"}},
    };
}

Result<int> InitCommand::run(const Invocation& invocation)
{
    const std::string given = invocation.arguments.positional(0);
    const QDir folder(given.empty() ? QStringLiteral(".") : toQString(given));
    const std::string path = folder.absolutePath().toStdString();
    SystemRandom random;
    if (invocation.arguments.has("sample")) {
        HEADGATE_TRY(service::initSample(path, random));
    } else {
        std::string name = invocation.arguments.value("name");
        if (name.empty())
            name = QDir(folder.absolutePath()).dirName().toStdString();
        HEADGATE_TRY(service::initProject(path, name, random));
    }
    invocation.output.print(CliText::tr("Project made: %1\n").arg(printable(path, 0)));
    invocation.output.document("init", {{"project", path}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeInitCommand()
{
    return std::make_unique<InitCommand>();
}

} // namespace headgate::cli
