// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/workspace_command.h"

#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/printable_text.h"
#include "cli/question.h"
#include "secrets/user_secrets.h"

#include <QDir>
#include <QFileInfo>

namespace headgate::cli {

namespace {

using Clone = service::WorkspaceOptions::Clone;

Result<std::unique_ptr<service::Workspace>> openAsking(service::WorkspaceOptions options,
                                                       const service::Surroundings& surroundings,
                                                       const GlobalOptions& globals)
{
    auto opened = service::Workspace::open(options, surroundings);
    if (opened || opened.error().code != "project.clone" || !mayAsk(globals))
        return opened;
    const Choice choices[] = {
        {'q', CliText::tr("quit and change nothing")},
        {'s', CliText::tr("share: this is the same project, moved or checked out again")},
        {'p', CliText::tr("separate: this is a copy that keeps a state of its own")}};
    const Result<char> answer = ask(printableLines(opened.error().message), choices);
    if (!answer)
        return Failure(answer.error());
    if (*answer == 'q')
        return opened;
    options.clone = *answer == 's' ? Clone::Share : Clone::Separate;
    return service::Workspace::open(options, surroundings);
}

/// One whose file cannot be read is no sync of the project; its mistakes say more than its absence.
Failure noSuchSync(const service::Workspace& workspace, const std::string& slug)
{
    const std::string file = "syncs/" + slug + ".json";
    Issues mistakes;
    for (Issue& issue : workspace.validate())
        if (issue.severity == Severity::Error && issue.place.compare(0, file.size(), file) == 0)
            mistakes.push_back(std::move(issue));
    if (!mistakes.empty())
        return fail(ErrorKind::Config, "sync.unreadable",
                    CliText::tr("The sync '%1' cannot be read:\n%2")
                        .arg(printable(slug), printableLines(toString(mistakes))));
    QStringList known;
    for (const project::SyncDefinition& sync : workspace.project().syncs)
        known += printable(sync.slug);
    return fail(
        ErrorKind::Usage, "usage.sync",
        known.isEmpty()
            ? CliText::tr("The project has no sync '%1', and no other.").arg(printable(slug))
            : CliText::tr("The project has no sync '%1'. It has: %2.")
                  .arg(printable(slug), known.join(QStringLiteral(", "))));
}

/// "shop: host warehouse.example.com, user reader"
QString accountLine(const std::string& slug, const std::string& kind,
                    const project::AccountSettings& settings)
{
    QStringList fields;
    for (const auto& [name, value] : settings.fields)
        fields += QStringLiteral("%1 %2").arg(printable(name), printable(value));
    return QStringLiteral("  %1 (%2): %3\n")
        .arg(printable(slug), printable(kind), fields.join(QStringLiteral(", ")));
}

QString whereItConnects(const service::Workspace& workspace)
{
    QString text;
    for (const project::SourceDefinition& source : workspace.project().sources)
        text += accountLine(source.slug, source.warehouse,
                            source.settings.resolved(workspace.target()));
    for (const project::DestinationDefinition& destination : workspace.project().destinations)
        text += accountLine(destination.slug, destination.connector,
                            destination.settings.resolved(workspace.target()));
    return text;
}

Result<void> requireTrust(service::Workspace& workspace, const GlobalOptions& globals)
{
    if (workspace.isTrusted())
        return {};
    if (mayAsk(globals)) {
        const Choice choices[] = {{'n', CliText::tr("no: nothing is run")},
                                  {'y', CliText::tr("yes: I know where this project comes from")}};
        const Result<char> answer = ask(
            CliText::tr("This project is opened here for the first time. It would connect to:") +
                QLatin1Char('\n') + whereItConnects(workspace) + CliText::tr("Do you trust it?"),
            choices);
        if (!answer)
            return Failure(answer.error());
        if (*answer == 'y')
            return workspace.trust();
    }
    return fail(ErrorKind::Usage, "project.untrusted",
                CliText::tr("This project is not trusted yet, so nothing was queried or sent. Look "
                            "at its sources and destinations, then run: headgate trust"));
}

} // namespace

CommandSpec WorkspaceCommand::spec() const
{
    CommandSpec spec = workspaceSpec();
    spec.options.push_back(
        {"share", "",
         CliText::tr("This folder is a known project, moved or checked out again: go on with its "
                     "state.")});
    spec.options.push_back(
        {"separate", "",
         CliText::tr("This folder is a copy of a known project: give it a state of its own.")});
    spec.exclusive.push_back({"share", "separate"});
    return spec;
}

Result<int> WorkspaceCommand::run(const Invocation& invocation)
{
    const Result<std::string> folder = findProject(invocation.globals);
    if (!folder)
        return Failure(folder.error());
    SystemClock clock;
    SystemRandom random;
    const auto secretStore = secrets::UserSecrets::ofThisUser();
    service::WorkspaceOptions options;
    options.project = *folder;
    options.target = invocation.globals.target;
    if (invocation.arguments.has("share"))
        options.clone = Clone::Share;
    if (invocation.arguments.has("separate"))
        options.clone = Clone::Separate;
    const auto workspace = openAsking(options, {clock, random, *secretStore}, invocation.globals);
    if (!workspace)
        return Failure(workspace.error());
    if (m_reach == Reach::Network)
        HEADGATE_TRY(requireTrust(**workspace, invocation.globals));
    return work(invocation, **workspace);
}

Result<std::string> findProject(const GlobalOptions& globals)
{
    const QString file = QStringLiteral("headgate.json");
    if (!globals.project.empty()) {
        const QDir folder(toQString(globals.project));
        if (folder.exists(file))
            return folder.absolutePath().toStdString();
        return fail(ErrorKind::Usage, "usage.project",
                    CliText::tr("There is no headgate.json in '%1'. To make a project there: "
                                "headgate init DIR")
                        .arg(printable(globals.project)));
    }
    QDir folder = QDir::current();
    do {
        if (folder.exists(file))
            return folder.absolutePath().toStdString();
    } while (folder.cdUp());
    return fail(ErrorKind::Usage, "usage.project",
                CliText::tr("There is no headgate.json here or in a folder above. Name the project "
                            "with --project=DIR, or make one: headgate init DIR"));
}

Result<std::vector<std::string>> chosenSyncs(const service::Workspace& workspace,
                                             const std::vector<std::string>& slugs)
{
    const project::Project& project = workspace.project();
    std::vector<std::string> chosen;
    if (slugs.empty()) {
        for (const project::SyncDefinition& sync : project.syncs)
            chosen.push_back(sync.slug);
        return chosen;
    }
    for (const std::string& slug : slugs) {
        if (project.sync(slug) == nullptr)
            return noSuchSync(workspace, slug);
        chosen.push_back(slug);
    }
    return chosen;
}

Result<std::string> chosenSync(const service::Workspace& workspace, const std::string& slug)
{
    const auto chosen = chosenSyncs(workspace, {slug});
    if (!chosen)
        return Failure(chosen.error());
    return chosen->front();
}

} // namespace headgate::cli
