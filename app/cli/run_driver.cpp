// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run_driver.h"

#include "base/stop_token.h"
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/printable_text.h"
#include "cli/progress_line.h"
#include "cli/question.h"
#include "cli/run_text.h"

namespace headgate::cli {

namespace {

using Prepared = Result<std::unique_ptr<service::PreparedRun>>;

Prepared prepareAsking(const Invocation& invocation, service::Workspace& workspace,
                       service::RunRequest request)
{
    Prepared prepared = workspace.prepare(request);
    if (prepared || prepared.error().code != "run.identity" || !mayAsk(invocation.globals))
        return prepared;
    const Choice choices[] = {
        {'q', CliText::tr("quit and send nothing")},
        {'n', CliText::tr("new state: every record counts as new")},
        {'a', CliText::tr("adopt: it is the same account, go on with the state that there is")},
        {'b', CliText::tr("baseline: the destination has these records, mark them as delivered")}};
    const Result<char> answer = ask(printableLines(prepared.error().message), choices);
    if (!answer)
        return Failure(answer.error());
    switch (*answer) {
    case 'n':
        request.identity = service::NewIdentity::NewState;
        break;
    case 'a':
        request.identity = service::NewIdentity::Adopt;
        break;
    case 'b':
        request.identity = service::NewIdentity::NewState;
        request.kind = run::RunKind::Baseline;
        break;
    default:
        return prepared;
    }
    return workspace.prepare(request);
}

void drive(service::PreparedRun& prepared, const Invocation& invocation, const QString& name)
{
    const StopCallback onStop(invocation.interrupts.stop(), [&] { prepared.cancel(); });
    const StopCallback onAbandon(invocation.interrupts.abandon(), [&] { prepared.abandon(); });
    ProgressLine line(invocation.output.showsProgress());
    bool toldOfStop = false;
    while (prepared.step()) {
        if (!toldOfStop && invocation.interrupts.stop().stopRequested()) {
            line.clear();
            invocation.output.note(CliText::tr(
                "Stopping: nothing more is sent, what is under way is awaited. Interrupt "
                "again to give it up; its records then count as in doubt."));
            toldOfStop = true;
        }
        line.show(name, prepared.progress());
    }
}

} // namespace

Result<int> runAndShow(const Invocation& invocation, service::Workspace& workspace,
                       const std::vector<service::RunRequest>& requests, const ExitPolicy& policy)
{
    int code = 0;
    data::JsonNode reports = data::JsonNode::array();
    for (const service::RunRequest& request : requests) {
        if (invocation.interrupts.stop().stopRequested())
            break;
        const Prepared prepared = prepareAsking(invocation, workspace, request);
        if (!prepared) {
            if (requests.size() == 1)
                return Failure(prepared.error());
            const int failed = exitCode(prepared.error().kind);
            reports.push_back({{"sync", request.sync},
                               {"exit_code", failed},
                               {"error", errorMembers(prepared.error())}});
            invocation.output.problem(prepared.error().within(toQString(request.sync)));
            code = graver(code, failed);
            continue;
        }
        drive(**prepared, invocation, toQString(request.sync));
        const run::RunReport& report = (*prepared)->report();
        invocation.output.print(runText(report, invocation.output));
        reports.push_back(run::toJson(report));
        code = graver(code, exitCode(report, policy));
    }
    if (invocation.interrupts.exitCode() != 0)
        code = invocation.interrupts.exitCode();
    invocation.output.document("run", {{"exit_code", code}, {"runs", reports}});
    return code;
}

} // namespace headgate::cli
