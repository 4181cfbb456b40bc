// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/keychain_entry.h"
#include "cli/printable_text.h"
#include "secrets/user_secrets.h"

namespace headgate::cli {

namespace {

class SecretRemoveCommand final : public Command
{
public:
    [[nodiscard]] CommandSpec spec() const override;
    [[nodiscard]] Result<int> run(const Invocation& invocation) override;
};

CommandSpec SecretRemoveCommand::spec() const
{
    return {
        .name = "secret rm",
        .summary = CliText::tr("Remove a secret from the keychain"),
        .description = CliText::tr("Removes it. Removing what is not there is no error."),
        .arguments = {{"NAME", CliText::tr("As given to headgate secret set.")}},
        .examples = {{"secret rm iterable/api-key", CliText::tr("After a key was revoked:")}},
    };
}

Result<int> SecretRemoveCommand::run(const Invocation& invocation)
{
    const Result<secrets::SecretRef> entry = keychainEntry(invocation.arguments.positional(0));
    if (!entry)
        return Failure(entry.error());
    HEADGATE_TRY(secrets::UserSecrets::ofThisUser()->remove(*entry));
    invocation.output.note(CliText::tr("Removed: %1").arg(printable(entry->text())));
    invocation.output.document("secret_rm", {{"reference", entry->text()}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeSecretRemoveCommand()
{
    return std::make_unique<SecretRemoveCommand>();
}

} // namespace headgate::cli
