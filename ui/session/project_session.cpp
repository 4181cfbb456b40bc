// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project_session.h"

#include "base/text.h"
#include "service/account_opener.h"
#include "session/documents.h"
#include "session/folder_watch.h"

#include <QUrl>
#include <algorithm>
#include <utility>

namespace headgate::ui {

namespace {

constexpr int runPollInterval = 100;

/// A stand-in is given none of the account's own secrets.
std::string standInReference(const std::string& field)
{
    return "session:headgate-stand-in/" + field;
}

} // namespace

ProjectSession::ProjectSession(service::WorkspaceOptions options,
                               service::Surroundings surroundings, QObject* parent)
    : QObject(parent), m_options(std::move(options)), m_surroundings(surroundings),
      m_near(m_options, m_surroundings), m_far(m_options, m_surroundings)
{
    m_poll.setInterval(runPollInterval);
    connect(&m_poll, &QTimer::timeout, this, &ProjectSession::runsProgressed);
}

ProjectSession::~ProjectSession()
{
    if (m_documents)
        m_documents->keepNow();
}

const service::SyncStatus* ProjectSession::statusOf(const std::string& sync) const
{
    for (const service::SyncStatus& each : m_status)
        if (each.sync == sync)
            return &each;
    return nullptr;
}

void ProjectSession::open()
{
    ask(
        this,
        [](service::Workspace& workspace, const StopToken&) -> Result<ProjectContents> {
            return ProjectContents{workspace.project(), workspace.target(), workspace.isTrusted(),
                                   workspace.validate()};
        },
        [this](Result<ProjectContents> contents) {
            if (!contents)
                return Q_EMIT failed(contents.error());
            m_contents = std::make_unique<ProjectContents>(*std::move(contents));
            m_documents = std::make_unique<Documents>(*this);
            m_watch = std::make_unique<FolderWatch>(toQString(directory()));
            connect(m_watch.get(), &FolderWatch::changed, this, &ProjectSession::lookForChanges);
            Q_EMIT opened();
        });
    // Answered right behind: whoever shows the contents need not ask and wait once more.
    ask(
        this, [](service::Workspace& workspace, const StopToken&) { return workspace.drafts(); },
        [this](Result<std::optional<service::Drafts>> drafts) {
            if (!m_documents)
                return;
            if (!drafts)
                return Q_EMIT failed(drafts.error());
            if (*drafts)
                m_documents->restore(**drafts);
        });
    askStatus();
}

void ProjectSession::lookForChanges()
{
    ask(
        this,
        [](service::Workspace& workspace, const StopToken&) { return workspace.changedFiles(); },
        [this](Result<std::vector<std::string>> files) {
            if (!files)
                return Q_EMIT failed(files.error());
            QStringList names;
            for (const std::string& file : *files)
                names.append(toQString(file));
            if (!names.isEmpty())
                Q_EMIT filesChanged(names);
        });
}

void ProjectSession::reload()
{
    using Read = std::pair<project::Project, Issues>;
    ask(
        this,
        [](service::Workspace& workspace, const StopToken&) -> Result<Read> {
            HEADGATE_TRY(workspace.reload());
            return Read(workspace.project(), workspace.validate());
        },
        [this](Result<Read> read) {
            if (!read)
                return Q_EMIT failed(read.error());
            takeContents(std::move(read->first), std::move(read->second));
        });
}

void ProjectSession::takeContents(project::Project project, Issues issues)
{
    m_contents->project = std::move(project);
    m_contents->issues = std::move(issues);
    m_documents->takeFiles(m_contents->project);
    // Questions to warehouses that come after this one see the new definitions.
    askFar(
        this, [](service::Workspace& workspace, const StopToken&) { return workspace.reload(); },
        [this](Result<void> read) {
            if (!read)
                Q_EMIT failed(read.error());
        });
    Q_EMIT contentsChanged();
    refreshStatus();
}

void ProjectSession::trust()
{
    ask(
        this, [](service::Workspace& workspace, const StopToken&) { return workspace.trust(); },
        [this](Result<void> trusted) {
            if (!trusted)
                return Q_EMIT failed(trusted.error());
            m_contents->trusted = true;
            Q_EMIT trustChanged();
            refreshStatus();
        });
}

void ProjectSession::refreshStatus()
{
    if (m_contents && m_contents->trusted)
        askStatus();
}

void ProjectSession::askStatus()
{
    using Status = Result<std::vector<service::SyncStatus>>;
    ask(
        this,
        [](service::Workspace& workspace, const StopToken&) {
            return workspace.isTrusted() ? workspace.status() : Status();
        },
        [this](Status status) {
            if (!m_contents || !m_contents->trusted)
                return;
            if (!status)
                return Q_EMIT failed(status.error());
            m_status = *std::move(status);
            Q_EMIT statusChanged();
        });
}

void ProjectSession::startInbox(const project::DestinationDefinition& destination)
{
    const QUrl wanted(toQString(destination.settings.common.baseUrl));
    const bool isLocal =
        wanted.host() == QLatin1String("127.0.0.1") || wanted.host() == QLatin1String("localhost");
    const auto port = static_cast<std::uint16_t>(isLocal ? wanted.port(0) : 0);
    const std::string connector = destination.connector;
    const Clock& clock = m_surroundings.clock;
    m_inboxDestination = destination.slug;
    using Started = Result<std::unique_ptr<service::InboxSession>>;
    ask(
        this,
        [connector, port, &clock](service::Workspace& workspace, const StopToken&) -> Started {
            const auto& spec = workspace.connectors().find(connector);
            if (spec)
                for (const connector::FormField& field : spec->account)
                    if (field.secret)
                        HEADGATE_TRY(
                            workspace.keepSecret(standInReference(field.key),
                                                 secrets::Secret(service::standInFor(field))));
            auto onItsPort = service::InboxSession::start(spec, {port, {}, {}}, clock);
            return onItsPort ? std::move(onItsPort)
                             : service::InboxSession::start(spec, {0, {}, {}}, clock);
        },
        [this](Started inbox) {
            if (!inbox)
                return Q_EMIT failed(inbox.error());
            m_inbox = *std::move(inbox);
            Q_EMIT inboxStarted();
        });
}

project::DestinationDefinition
ProjectSession::reached(project::DestinationDefinition destination) const
{
    const std::string url = inboxUrl(destination.slug);
    if (url.empty())
        return destination;
    const std::string& target = m_contents->target;
    if (service::isStoodInFor(destination, target, url))
        for (const auto& secret : destination.settings.resolved(target).secrets)
            destination.settings.setSecret(target, secret.first, standInReference(secret.first));
    destination.settings.setBaseUrl(target, url);
    return destination;
}

std::string ProjectSession::inboxUrl(const std::string& destination) const
{
    return m_inbox && destination == m_inboxDestination ? m_inbox->url() : std::string();
}

void ProjectSession::wishRecord(const RecordWish& wish)
{
    m_wish = wish;
    Q_EMIT recordWished();
}

std::optional<RecordWish> ProjectSession::takeRecordWish()
{
    return std::exchange(m_wish, std::nullopt);
}

void ProjectSession::startRun(const service::RunRequest& wanted)
{
    if (isRunning(wanted.sync) || !m_contents)
        return;
    service::RunRequest request = wanted;
    const auto* sync = m_contents->project.sync(request.sync);
    if (sync == nullptr || isModified(*sync))
        return Q_EMIT saveWanted(wanted);
    request.destinationUrl = inboxUrl(sync->destination);
    auto controller = std::make_unique<service::RunController>(m_options, m_surroundings);
    service::RunController* const started = controller.get();
    m_runs[request.sync] = std::move(controller);
    connect(
        started, &service::RunController::finished, this,
        [this, sync = request.sync](const run::RunReport& report) { onRunFinished(sync, report); });
    started->start(request);
    m_poll.start();
    Q_EMIT runStarted(request.sync);
}

bool ProjectSession::isModified(const project::SyncDefinition& sync) const
{
    std::vector<PageId> used = {{PageKind::Sync, sync.slug},
                                {PageKind::Destination, sync.destination}};
    const auto addModel = [&](const std::string& slug) {
        used.push_back({PageKind::Model, slug});
        if (const auto* model = m_contents->project.model(slug))
            used.push_back({PageKind::Source, model->source});
    };
    addModel(sync.model);
    for (const project::RelatedModel& related : sync.related)
        addModel(related.model);
    return std::any_of(used.begin(), used.end(),
                       [this](const PageId& id) { return m_documents->isModified(id); });
}

void ProjectSession::onRunFinished(const std::string& sync, const run::RunReport& report)
{
    const run::RunReport kept = report;
    const auto ended = m_runs.extract(sync);
    // It is the sender.
    if (!ended.empty())
        ended.mapped().release()->deleteLater();
    if (m_runs.empty())
        m_poll.stop();
    Q_EMIT runFinished(kept);
    refreshStatus();
}

bool ProjectSession::isRunning(const std::string& sync) const
{
    return m_runs.contains(sync);
}

std::vector<std::string> ProjectSession::running() const
{
    std::vector<std::string> syncs;
    for (const auto& [sync, controller] : m_runs)
        syncs.push_back(sync);
    return syncs;
}

run::RunProgress ProjectSession::progressOf(const std::string& sync) const
{
    const auto found = m_runs.find(sync);
    return found == m_runs.end() ? run::RunProgress() : found->second->progress();
}

void ProjectSession::cancelRun(const std::string& sync)
{
    const auto found = m_runs.find(sync);
    if (found != m_runs.end())
        found->second->cancel();
}

SourceState ProjectSession::sourceState(const std::string& source) const
{
    const auto found = m_sources.find(source);
    return found == m_sources.end() ? SourceState() : found->second;
}

void ProjectSession::noteAnswer(const std::string& source, const Error* error)
{
    const std::optional<SourceState> state = stateAfter(error);
    if (!state || sourceState(source) == *state)
        return;
    m_sources[source] = *state;
    Q_EMIT sourceStateChanged(source);
}

} // namespace headgate::ui
