// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/command_set.h"
#include "cli/commands/commands.h"
#include "cli/completion_script.h"
#include "cli/printable_text.h"

namespace headgate::cli {

namespace {

class CompletionCommand final : public Command
{
public:
    [[nodiscard]] CommandSpec spec() const override;
    [[nodiscard]] Result<int> run(const Invocation& invocation) override;
};

CommandSpec CompletionCommand::spec() const
{
    return {
        .name = "completion",
        .summary = CliText::tr("Print a completion script for a shell"),
        .description = CliText::tr("Prints a script that lets the shell complete commands, options "
                                   "and the syncs of the project in the current folder."),
        .arguments = {{"SHELL", CliText::tr("bash, zsh or fish.")}},
        .examples = {{"completion bash > ~/.local/share/bash-completion/completions/headgate",
                      CliText::tr("For bash, from the next shell on:")},
                     {"completion fish > ~/.config/fish/completions/headgate.fish",
                      CliText::tr("For fish:")}},
    };
}

Result<int> CompletionCommand::run(const Invocation& invocation)
{
    const std::string shell = invocation.arguments.positional(0);
    const std::string script = completionScript(allSpecs(), shell);
    if (script.empty()) {
        return fail(ErrorKind::Usage, "usage.completion.shell",
                    CliText::tr("There is no completion for '%1'; there is for bash, zsh and fish.")
                        .arg(printable(shell)));
    }
    if (invocation.output.isJson())
        invocation.output.document("completion", {{"shell", shell}, {"script", script}});
    else
        invocation.output.bytes(script);
    return 0;
}

} // namespace

std::unique_ptr<Command> makeCompletionCommand()
{
    return std::make_unique<CompletionCommand>();
}

} // namespace headgate::cli
