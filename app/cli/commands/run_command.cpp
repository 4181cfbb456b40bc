// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/run_driver.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

constexpr std::uint64_t mostRecords = 1'000'000'000;

class RunCommand final : public WorkspaceCommand
{
public:
    RunCommand() : WorkspaceCommand(Reach::Network) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

std::vector<OptionSpec> runOptions()
{
    std::vector<OptionSpec> options = {
        {"all", "", CliText::tr("Run every sync of the project, one after another.")},
        {"dry-run", "", CliText::tr("Plan and show, send nothing; the same as headgate plan.")},
        {"limit", "N",
         CliText::tr("Really send the first N records. Removes nothing and moves no cursor.")},
        {"full", "", CliText::tr("Send records again that have not changed.")},
        {"baseline", "",
         CliText::tr("The destination has these records already: mark them as delivered, send "
                     "nothing.")},
        {"new-state", "",
         CliText::tr("The account, object or record key has changed: every record counts as new.")},
        {"adopt", "",
         CliText::tr("It has changed in name only: go on with the state that there is.")},
        {"confirm", "PLAN", CliText::tr("Send exactly this plan, which a gate has stopped.")},
        {"inbox", "URL",
         CliText::tr("Send to a running inbox (see headgate inbox) instead of the destination.")},
    };
    for (OptionSpec& option : exitPolicyOptions())
        options.push_back(std::move(option));
    return options;
}

CommandSpec RunCommand::workspaceSpec() const
{
    return {
        .name = "run",
        .summary = CliText::tr("Deliver what has changed"),
        .description = CliText::tr(
            "Reads the model, shapes the records, compares them with what was delivered before and "
            "sends the difference. A run that was interrupted is continued first.\n"
            "Ctrl-C sends no further request and waits up to 30 s for those in flight; a second "
            "one abandons them as in doubt. Both leave a run that the next one continues."),
        .arguments = {{"SYNC", CliText::tr("Which syncs; --all for every one."), false, true}},
        .options = runOptions(),
        .examples = {{"run recently-viewed", CliText::tr("Deliver one sync:")},
                     {"run --all --output=json --no-input",
                      CliText::tr("From a timer, with a report for a program:")},
                     {"run recently-viewed --limit=5", CliText::tr("Really send five records:")},
                     {"run recently-viewed --fail-on=rejected --tolerate=1%",
                      CliText::tr("Put up with 1 % of rejected records:")}},
        .exclusive = {{"dry-run", "limit", "baseline", "confirm"},
                      {"full", "baseline", "confirm"},
                      {"new-state", "adopt"},
                      {"new-state", "confirm"},
                      {"adopt", "confirm"}},
    };
}

Result<run::RunKind> kindOf(const Arguments& arguments)
{
    if (arguments.has("dry-run"))
        return run::RunKind::DryRun;
    if (arguments.has("baseline"))
        return run::RunKind::Baseline;
    return arguments.has("limit") ? run::RunKind::Limit : run::RunKind::Run;
}

Result<int> RunCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const Arguments& arguments = invocation.arguments;
    const bool named = !arguments.positionals().empty();
    if (named == arguments.has("all")) {
        return fail(ErrorKind::Usage, "usage.run.which",
                    CliText::tr("Name the syncs to run, or give --all: one of the two."));
    }
    const auto syncs = chosenSyncs(workspace, arguments.positionals());
    if (!syncs)
        return Failure(syncs.error());
    if (arguments.has("confirm") && syncs->size() != 1)
        return fail(ErrorKind::Usage, "usage.run.confirm",
                    CliText::tr("--confirm releases the plan of one sync: name that one."));
    const auto policy = readExitPolicy(arguments);
    if (!policy)
        return Failure(policy.error());
    const auto limit = arguments.number("limit", 1, mostRecords);
    if (!limit)
        return Failure(limit.error());
    const auto kind = kindOf(arguments);
    std::vector<service::RunRequest> requests;
    for (const std::string& sync : *syncs) {
        service::RunRequest request;
        request.sync = sync;
        request.kind = *kind;
        request.full = arguments.has("full");
        request.limit = limit->value_or(0);
        request.confirm = arguments.value("confirm");
        request.destinationUrl = arguments.value("inbox");
        if (arguments.has("new-state"))
            request.identity = service::NewIdentity::NewState;
        if (arguments.has("adopt"))
            request.identity = service::NewIdentity::Adopt;
        requests.push_back(std::move(request));
    }
    return runAndShow(invocation, workspace, requests, *policy);
}

} // namespace

std::unique_ptr<Command> makeRunCommand()
{
    return std::make_unique<RunCommand>();
}

} // namespace headgate::cli
