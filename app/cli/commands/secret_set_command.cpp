// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/keychain_entry.h"
#include "cli/printable_text.h"
#include "cli/question.h"
#include "secrets/user_secrets.h"

namespace headgate::cli {

namespace {

class SecretSetCommand final : public Command
{
public:
    [[nodiscard]] CommandSpec spec() const override;
    [[nodiscard]] Result<int> run(const Invocation& invocation) override;
};

CommandSpec SecretSetCommand::spec() const
{
    return {
        .name = "secret set",
        .summary = CliText::tr("Keep a secret in the keychain"),
        .description =
            CliText::tr("Reads a secret from the terminal, without showing it, or from standard "
                        "input, and keeps it in "
                        "the keychain of the operating system. Project files refer to it as "
                        "keychain:NAME. A secret is "
                        "never taken from the command line, where other users could see it."),
        .arguments = {{"NAME", CliText::tr("Letters, digits and _ . / - , at most 200.")}},
        .examples = {{"secret set iterable/api-key", CliText::tr("Asks for the value:")},
                     {"secret set warehouse/password < password.txt",
                      CliText::tr("In a script (a line's end is cut off):")}},
    };
}

constexpr std::size_t longestSecret = 65536;

Result<std::string> readSecret(const GlobalOptions& globals, const std::string& name)
{
    if (mayAsk(globals))
        return console::readHidden(CliText::tr("Value of %1: ").arg(printable(name)));
    if (console::isTerminal(Stream::Input)) {
        return fail(ErrorKind::Usage, "usage.secret.input",
                    CliText::tr("Nothing may be asked here: give the value on standard input."));
    }
    Result<std::string> value = readInput(longestSecret);
    if (value && value->ends_with('\n'))
        value->pop_back();
    if (value && value->ends_with('\r'))
        value->pop_back();
    return value;
}

Result<int> SecretSetCommand::run(const Invocation& invocation)
{
    const Result<secrets::SecretRef> entry = keychainEntry(invocation.arguments.positional(0));
    if (!entry)
        return Failure(entry.error());
    const Result<std::string> value = readSecret(invocation.globals, entry->name);
    if (!value)
        return Failure(value.error());
    if (value->empty())
        return fail(ErrorKind::Usage, "usage.secret.empty",
                    CliText::tr("The secret is empty; nothing was changed."));
    const auto store = secrets::UserSecrets::ofThisUser();
    HEADGATE_TRY(store->write(*entry, secrets::Secret(*value)));
    invocation.output.note(
        CliText::tr("Kept. Project files refer to it as %1").arg(printable(entry->text())));
    invocation.output.document("secret_set", {{"reference", entry->text()}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeSecretSetCommand()
{
    return std::make_unique<SecretSetCommand>();
}

} // namespace headgate::cli
