// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/count_text.h"
#include "cli/printable_text.h"
#include "cli/workspace_command.h"
#include "connector/spec_library.h"
#include "data/json_indent.h"
#include "secrets/user_secrets.h"
#include "service/inbox_session.h"

#include <QUrl>

namespace headgate::cli {

namespace {

constexpr std::uint64_t usualPort = 8825;

class InboxCommand final : public Command
{
public:
    [[nodiscard]] CommandSpec spec() const override;
    [[nodiscard]] Result<int> run(const Invocation& invocation) override;
};

/// What to stand in for, and where.
struct InboxPlace
{
    connector::SharedSpec spec;
    std::uint64_t port = usualPort;
};

CommandSpec InboxCommand::spec() const
{
    return {
        .name = "inbox",
        .summary = CliText::tr("Stand in for a destination on this machine"),
        .description = CliText::tr(
            "Listens on 127.0.0.1, answers as the destination would and shows every request that "
            "comes, until Ctrl-C. A destination of the project whose base URL is on this machine "
            "delivers to it; any other does with headgate run --inbox=URL. It can be told to "
            "misbehave, to see what a run makes of it."),
        .arguments = {{"DESTINATION",
                       CliText::tr("A destination of the project; without one: the one whose base "
                                   "URL is on this machine."),
                       false}},
        .options = {{"as", "ID", CliText::tr("Stand in for this connector; no project is needed.")},
                    {"port", "N",
                     CliText::tr("The port; 0: any free one. Without it: that of the base URL, "
                                 "else 8825.")},
                    {"file", "FILE", CliText::tr("Also append every request to a file.")},
                    {"bodies", "", CliText::tr("Show what the requests hold.")},
                    {"misbehave",
                     "JSON",
                     CliText::tr("What goes wrong, for example "
                                 "{\"trouble\":\"status\",\"status\":503,\"times\":3}. May be "
                                 "repeated."),
                     {},
                     true}},
        .examples = {{"inbox", CliText::tr("For the sample, in a second terminal:")},
                     {"inbox --as=iterable --bodies",
                      CliText::tr("Anywhere, showing what comes:")}},
    };
}

/// The port of a base URL on this machine, 0 where it is elsewhere.
std::uint64_t loopbackPort(const std::string& baseUrl)
{
    const QUrl url(toQString(baseUrl));
    const QString host = url.host();
    const bool here = host == QLatin1String("127.0.0.1") || host == QLatin1String("localhost");
    return here ? static_cast<std::uint64_t>(url.port(80)) : 0;
}

Result<InboxPlace> placeOfDestination(const service::Workspace& workspace, const std::string& slug)
{
    const project::DestinationDefinition* chosen = nullptr;
    std::uint64_t port = 0;
    for (const project::DestinationDefinition& destination : workspace.project().destinations) {
        const std::uint64_t here =
            loopbackPort(destination.settings.resolved(workspace.target()).baseUrl);
        if (slug.empty() ? here != 0 && chosen == nullptr : destination.slug == slug) {
            chosen = &destination;
            port = here;
        }
    }
    if (chosen == nullptr) {
        return fail(ErrorKind::Usage, "usage.inbox.destination",
                    slug.empty()
                        ? CliText::tr("No destination of the project has a base URL on this "
                                      "machine. Name one: headgate inbox DESTINATION")
                        : CliText::tr("The project has no destination '%1'.").arg(printable(slug)));
    }
    InboxPlace place{workspace.connectors().find(chosen->connector), port == 0 ? usualPort : port};
    if (!place.spec) {
        return fail(ErrorKind::Config, "destination.connector",
                    CliText::tr("There is no connector '%1'. See: headgate connectors list")
                        .arg(printable(chosen->connector)));
    }
    return place;
}

Result<InboxPlace> findPlace(const Invocation& invocation)
{
    const std::string connector = invocation.arguments.value("as");
    const std::string slug = invocation.arguments.positional(0);
    if (connector.empty()) {
        SystemClock clock;
        SystemRandom random;
        const auto secretStore = secrets::UserSecrets::ofThisUser();
        const Result<std::string> folder = findProject(invocation.globals);
        if (!folder)
            return Failure(folder.error());
        service::WorkspaceOptions options;
        options.project = *folder;
        options.target = invocation.globals.target;
        const auto workspace = service::Workspace::open(options, {clock, random, *secretStore});
        if (!workspace)
            return Failure(workspace.error());
        return placeOfDestination(**workspace, slug);
    }
    if (!slug.empty()) {
        return fail(ErrorKind::Usage, "usage.option.conflict",
                    CliText::tr("A destination's name and --as exclude each other."));
    }
    connector::SpecLibrary library = connector::SpecLibrary::builtIn();
    if (const Result<std::string> folder = findProject(invocation.globals); folder)
        library.addProject(toQString(*folder));
    InboxPlace place{library.find(connector), usualPort};
    if (!place.spec) {
        return fail(ErrorKind::Usage, "usage.connector",
                    CliText::tr("There is no connector '%1'. See: headgate connectors list")
                        .arg(printable(connector)));
    }
    return place;
}

QString requestText(const inbox::ReceivedRequest& request, bool bodies)
{
    QString text = QStringLiteral("%1 %2 %3 -> %4")
                       .arg(request.number)
                       .arg(printable(request.method), printable(request.target))
                       .arg(request.status);
    if (!request.operation.empty()) {
        text += CliText::tr("  %1 %2: %3 taken, %4 refused")
                    .arg(printable(request.operation), printable(request.object))
                    .arg(request.taken)
                    .arg(request.refused);
    }
    if (request.replayed)
        text += CliText::tr("  (a repeat, not applied again)");
    if (!request.trouble.empty())
        text += QStringLiteral("  (%1)").arg(printable(request.trouble));
    text += QLatin1Char('\n');
    if (bodies && !request.body.empty())
        text += printableLines(toQString(data::indentedJson(request.body))) + QLatin1Char('\n');
    return text;
}

/// The document comes only at the end, and whoever is to deliver must know the address before.
void sayWhere(const Invocation& invocation, const QString& line)
{
    if (invocation.globals.output == OutputFormat::Json)
        return invocation.output.note(line);
    invocation.output.print(line + QLatin1Char('\n'));
    invocation.output.flush();
}

void showUntilStopped(const Invocation& invocation, const service::InboxSession& session)
{
    SystemClock clock;
    const bool bodies = invocation.arguments.has("bodies");
    std::uint64_t seen = 0;
    do {
        for (const inbox::ReceivedRequest& request : session.received(seen)) {
            invocation.output.print(requestText(request, bodies));
            seen = request.number;
        }
        invocation.output.flush();
        clock.sleep(std::chrono::milliseconds(100), invocation.interrupts.stop());
    } while (!invocation.interrupts.stop().stopRequested());
}

Result<int> InboxCommand::run(const Invocation& invocation)
{
    const auto port = invocation.arguments.number("port", 0, 65535);
    if (!port)
        return Failure(port.error());
    const Result<InboxPlace> place = findPlace(invocation);
    if (!place)
        return Failure(place.error());
    SystemClock clock;
    service::InboxSettings settings;
    settings.port = static_cast<std::uint16_t>(port->value_or(place->port));
    settings.file = invocation.arguments.value("file");
    settings.misbehaviours = invocation.arguments.values("misbehave");
    const auto session = service::InboxSession::start(place->spec, settings, clock);
    if (!session)
        return Failure(session.error());
    const std::string url = (*session)->url();
    sayWhere(invocation, CliText::tr("Standing in for %1 at %2; Ctrl-C ends it.")
                             .arg(printable(place->spec->name), toQString(url)));
    showUntilStopped(invocation, **session);
    const service::InboxSummary summary = (*session)->summary();
    invocation.output.note(
        CliText::tr("%1 requests, %2 taken, %3 refused.", nullptr, pluralOf(summary.requests))
            .arg(summary.requests)
            .arg(recordsText(summary.taken))
            .arg(summary.refused));
    invocation.output.document("inbox", {{"url", url},
                                         {"requests", summary.requests},
                                         {"taken", summary.taken},
                                         {"refused", summary.refused}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeInboxCommand()
{
    return std::make_unique<InboxCommand>();
}

} // namespace headgate::cli
