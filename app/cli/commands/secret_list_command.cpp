// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "secrets/user_secrets.h"

namespace headgate::cli {

namespace {

class SecretListCommand final : public Command
{
public:
    [[nodiscard]] CommandSpec spec() const override;
    [[nodiscard]] Result<int> run(const Invocation& invocation) override;
};

CommandSpec SecretListCommand::spec() const
{
    return {
        .name = "secret list",
        .summary = CliText::tr("List the secrets kept for Headgate"),
        .description = CliText::tr("Lists references, never values."),
        .examples = {{"secret list", CliText::tr("What is kept?")}},
    };
}

Result<int> SecretListCommand::run(const Invocation& invocation)
{
    const auto entries = secrets::UserSecrets::ofThisUser()->list();
    if (!entries)
        return Failure(entries.error());
    data::JsonNode list = data::JsonNode::array();
    for (const secrets::SecretRef& entry : *entries) {
        invocation.output.print(toQString(entry.text()) + QLatin1Char('\n'));
        list.push_back(entry.text());
    }
    invocation.output.document("secrets", {{"secrets", list}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeSecretListCommand()
{
    return std::make_unique<SecretListCommand>();
}

} // namespace headgate::cli
