// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/local_workspace.h"

#include "base/text.h"
#include "connector/account_values.h"
#include "data/canonical_key.h"
#include "data/json_text.h"
#include "project/sample_project.h"
#include "project/validation.h"
#include "service/account_opener.h"
#include "service/definition_hash.h"
#include "service/delivery_terms.h"
#include "service/http_threads.h"
#include "service/inquiry_driver.h"
#include "service/network_settings.h"
#include "service/prepared_sync_run.h"
#include "service/sample_reader.h"

#include <QFile>
#include <algorithm>

namespace headgate::service {

namespace {

FolderRegister::Clone cloneChoice(WorkspaceOptions::Clone clone)
{
    switch (clone) {
    case WorkspaceOptions::Clone::Ask:
        return FolderRegister::Clone::Ask;
    case WorkspaceOptions::Clone::Share:
        return FolderRegister::Clone::Share;
    case WorkspaceOptions::Clone::Separate:
        return FolderRegister::Clone::Separate;
    }
    return FolderRegister::Clone::Ask;
}

Issues errorsOf(const Issues& issues)
{
    Issues errors;
    std::copy_if(issues.begin(), issues.end(), std::back_inserter(errors),
                 [](const Issue& issue) { return issue.severity == Severity::Error; });
    return errors;
}

std::string fileText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// The spec's own bytes: a project's connector wins over a shipped one.
std::string specHash(const std::string& directory, const std::string& connector)
{
    const QString id = toQString(connector);
    const std::string own =
        fileText(toQString(directory) + QStringLiteral("/connectors/%1/spec.json").arg(id));
    return sha256Hex(
        own.empty() ? fileText(QStringLiteral(":/headgate/connectors/%1/spec.json").arg(id)) : own);
}

bool isPush(const RunRequest& request)
{
    return request.kind == run::RunKind::Push ||
           (request.kind == run::RunKind::DryRun && !request.keys.empty());
}

/// Whatever may move it, also a run that reads the whole model.
bool movesCursor(const project::Project& project, const project::SyncDefinition& sync,
                 const RunRequest& request)
{
    const project::ModelDefinition* model = project.model(sync.model);
    const bool mode = sync.mode == project::SyncMode::Append ||
                      sync.mode == project::SyncMode::Insert ||
                      sync.mode == project::SyncMode::Upsert;
    return model && model->cursor && mode && !run::isAdHoc(request.kind) && !isPush(request);
}

bool readsNews(const RunRequest& request)
{
    return !request.full &&
           (request.kind == run::RunKind::Run || request.kind == run::RunKind::DryRun);
}

/// A statement takes so many keys; the others follow in later runs.
constexpr std::size_t heldKeysPerRun = 5000;
constexpr std::uint32_t heldLookedAt = 1'000'000;

/// Records that go again without the cursor (semantics 12), longest waiting first.
Result<std::vector<state::KnownRecord>> heldRecords(state::StateStore& store, state::StateId id,
                                                    WallTime now)
{
    auto records = store.outstanding(id, heldLookedAt);
    if (!records)
        return records;
    const auto isLeft = [&](const state::KnownRecord& record) {
        const bool again = record.status == state::RecordStatus::Rejected ||
                           record.status == state::RecordStatus::Invalid ||
                           record.status == state::RecordStatus::InDoubt ||
                           record.status == state::RecordStatus::SkippedOnce;
        return !again || record.keyText.empty() || (record.retryAt && *record.retryAt > now);
    };
    records->erase(std::remove_if(records->begin(), records->end(), isLeft), records->end());
    std::sort(records->begin(), records->end(),
              [](const state::KnownRecord& a, const state::KnownRecord& b) {
                  return a.retryAt != b.retryAt ? a.retryAt < b.retryAt : a.keyHash < b.keyHash;
              });
    if (records->size() > heldKeysPerRun)
        records->resize(heldKeysPerRun);
    return records;
}

} // namespace

Result<std::unique_ptr<Workspace>> Workspace::open(const WorkspaceOptions& options,
                                                   Surroundings surroundings)
{
    project::ProjectFolder folder(options.project);
    auto loaded = folder.load();
    if (!loaded)
        return propagate(std::move(loaded));
    const std::string target = !options.target.empty() ? options.target
                               : loaded->project.targets.empty()
                                   ? std::string()
                                   : loaded->project.targets.front().slug;
    if (!loaded->project.target(target))
        return fail(ErrorKind::Usage, "project.target",
                    Text::tr("The project has no target '%1'.").arg(toQString(target)));
    auto paths = state::StatePaths::fromEnvironment();
    if (!paths)
        return propagate(std::move(paths));
    FolderRegister folders(paths->root());
    auto stateId =
        folders.stateIdOf(options.project, loaded->project.id, cloneChoice(options.clone));
    if (!stateId)
        return propagate(std::move(stateId));
    connector::SpecLibrary connectors = connector::SpecLibrary::builtIn();
    connectors.addProject(toQString(options.project));
    return std::unique_ptr<Workspace>(std::make_unique<LocalWorkspace>(
        options.project, std::move(folder), std::move(*loaded), target, std::move(connectors),
        std::move(*paths), std::move(*stateId), surroundings));
}

LocalWorkspace::LocalWorkspace(std::string directory, project::ProjectFolder folder,
                               project::LoadedProject loaded, std::string target,
                               connector::SpecLibrary connectors, state::StatePaths paths,
                               std::string stateProjectId, Surroundings surroundings)
    : m_folder(std::move(folder)), m_directory(std::move(directory)), m_target(std::move(target)),
      m_connectors(std::move(connectors)), m_paths(std::move(paths)),
      m_stateProjectId(std::move(stateProjectId)), m_surroundings(surroundings)
{
    take(std::move(loaded));
}

std::string LocalWorkspace::stateDirectory() const
{
    return m_paths.directoryOf(m_stateProjectId, m_target);
}

bool LocalWorkspace::isTrusted() const
{
    const auto trusted = FolderRegister(m_paths.root()).isTrusted(m_directory, m_project.id);
    return trusted && *trusted;
}

Result<void> LocalWorkspace::trust()
{
    return FolderRegister(m_paths.root()).trust(m_directory, m_project.id);
}

Result<void> LocalWorkspace::requireTrust() const
{
    if (isTrusted())
        return {};
    return fail(
        ErrorKind::Usage, "project.untrusted",
        Text::tr("This project has not been trusted on this machine, so nothing of it is run. Look "
                 "at its queries and destinations, then say 'headgate trust'."));
}

Issues LocalWorkspace::validate() const
{
    Issues issues = m_issues;
    const Issues connectors = m_connectors.issues();
    issues.insert(issues.end(), connectors.begin(), connectors.end());
    const Issues found = project::validate(m_project, m_target, {m_connectors, {}});
    issues.insert(issues.end(), found.begin(), found.end());
    return issues;
}

Result<const project::SyncDefinition*> LocalWorkspace::findSync(const std::string& slug) const
{
    if (const project::SyncDefinition* sync = m_project.sync(slug))
        return sync;
    return fail(ErrorKind::Usage, "sync.unknown",
                Text::tr("There is no sync '%1' in this project.").arg(toQString(slug)));
}

Result<void> LocalWorkspace::requireValid(const project::SyncDefinition& sync) const
{
    Issues errors =
        errorsOf(project::validateSync(m_project, m_target, sync.slug, {m_connectors, {}}));
    if (!sync.shape)
        errors.push_back({Severity::Error, "sync.unshaped", "syncs/" + sync.slug + ".json",
                          Text::tr("This sync has no shape yet."),
                          Text::tr("Add the fields that its payload should have.")});
    if (errors.empty())
        return {};
    return fail(
        ErrorKind::Config, "sync.invalid",
        Text::tr("The sync '%1' cannot run:\n%2").arg(toQString(sync.slug), toString(errors)));
}

Result<std::unique_ptr<http::HttpClient>> LocalWorkspace::newHttp() const
{
    const auto network = loadNetworkSettings();
    if (!network)
        return Failure(network.error());
    http::HttpOptions options;
    options.proxy = network->proxy;
    options.caFile = network->certificates;
    return http::HttpClient::create(std::move(options));
}

Result<std::unique_ptr<http::Http>> LocalWorkspace::newHttpThreads() const
{
    std::vector<std::unique_ptr<http::Http>> https;
    while (https.size() < HttpThreads::worthwhile()) {
        auto http = newHttp();
        if (!http)
            return propagate(std::move(http));
        https.push_back(std::move(*http));
    }
    return HttpThreads::start(std::move(https));
}

Result<warehouse::SourceReport> LocalWorkspace::testSource(const std::string& slug,
                                                           const StopToken& stop)
{
    HEADGATE_TRY(requireTrust());
    const project::SourceDefinition* definition = m_project.source(slug);
    if (!definition)
        return fail(ErrorKind::Usage, "source.unknown",
                    Text::tr("There is no source '%1' in this project.").arg(toQString(slug)));
    return testSource(*definition, stop);
}

Result<std::vector<warehouse::TableInfo>>
LocalWorkspace::tables(const std::string& slug, const std::string& schema, const StopToken& stop)
{
    HEADGATE_TRY(requireTrust());
    const project::SourceDefinition* definition = m_project.source(slug);
    if (!definition)
        return fail(ErrorKind::Usage, "source.unknown",
                    Text::tr("There is no source '%1' in this project.").arg(toQString(slug)));
    if (schema.empty())
        return tables(*definition, stop);
    auto source = opened(*definition, stop);
    if (!source)
        return propagate(std::move(source));
    const StopCallback cancel(stop, [&] { (*source)->cancel(); });
    return (*source)->tables(schema);
}

Result<std::vector<RecordPreview>> LocalWorkspace::previewRecords(const std::string& slug,
                                                                  std::uint64_t records,
                                                                  const StopToken& stop)
{
    HEADGATE_TRY(requireTrust());
    const auto sync = findSync(slug);
    if (!sync)
        return Failure(sync.error());
    HEADGATE_TRY(requireValid(**sync));
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    SyncReader reader(
        {m_project, **sync, m_target, m_directory, (*store)->directory(), true, {}, {}},
        m_surroundings.secrets, stop);
    const StopCallback cancel(stop, [&] { reader.cancel(); });
    auto stream = reader.open();
    if (!stream)
        return propagate(std::move(stream));
    std::vector<RecordPreview> previews;
    std::vector<shape::ShapedRecord> block;
    for (bool more = true; more && previews.size() < records;) {
        block.clear();
        const auto step = (*stream)->read(block);
        if (!step)
            return Failure(step.error());
        more = *step == shape::RecordStep::More;
        for (const shape::ShapedRecord& record : block) {
            if (record.filtered || previews.size() == records)
                continue;
            RecordPreview preview{
                record.keyText, record.match.text, record.payload, record.rows, {}};
            for (const shape::RecordProblem& problem : record.problems)
                preview.problems.push_back(problem.message.toStdString());
            previews.push_back(std::move(preview));
        }
    }
    return previews;
}

Result<std::shared_ptr<const RecordSample>>
LocalWorkspace::sampleRecords(const project::Project& edited, const std::string& slug,
                              std::uint64_t records, const StopToken& stop)
{
    HEADGATE_TRY(requireTrust());
    const project::SyncDefinition* sync = edited.sync(slug);
    if (!sync)
        return fail(ErrorKind::Usage, "sync.unknown",
                    Text::tr("There is no sync '%1' in this project.").arg(toQString(slug)));
    SampleReader::Options options{edited, *sync, m_target, m_directory};
    options.records = records;
    SampleReader reader(options, m_surroundings.secrets, stop);
    const StopCallback cancel(stop, [&] { reader.cancel(); });
    return reader.read();
}

Result<connector::AccountCheck> LocalWorkspace::checkDestination(const std::string& slug,
                                                                 const StopToken& stop)
{
    HEADGATE_TRY(requireTrust());
    const project::DestinationDefinition* definition = m_project.destination(slug);
    if (!definition)
        return fail(ErrorKind::Usage, "destination.unknown",
                    Text::tr("There is no destination '%1' in this project.").arg(toQString(slug)));
    return checkDestination(*definition, stop);
}

Result<std::unique_ptr<PreparedRun>> LocalWorkspace::prepare(const RunRequest& request)
{
    HEADGATE_TRY(requireTrust());
    const auto found = findSync(request.sync);
    if (!found)
        return Failure(found.error());
    const project::SyncDefinition& sync = **found;
    HEADGATE_TRY(requireValid(sync));
    if (sync.mode == project::SyncMode::Replace && (run::isAdHoc(request.kind) || isPush(request)))
        return fail(ErrorKind::Usage, "run.replace.part",
                    Text::tr("'%1' replaces the whole set: to send a part of it would remove the "
                             "rest. Run all of it, or look at it with a dry run.")
                        .arg(toQString(sync.slug)));
    const project::DestinationDefinition& definition = *m_project.destination(sync.destination);

    PreparedSyncRun::Parts parts;
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    parts.store = std::move(*store);
    auto http = newHttpThreads();
    if (!http)
        return propagate(std::move(http));
    parts.http = std::move(*http);
    auto ledger = state::SqliteRateLedger::open(m_paths.ledgerFile(), m_surroundings.clock);
    if (!ledger)
        return propagate(std::move(ledger));
    parts.ledger = std::move(*ledger);

    const bool isStoodIn = isStoodInFor(definition, m_target, request.destinationUrl);
    const std::string known = isStoodIn ? std::string() : lastAccount(definition.id);
    auto destination =
        openAccount(definition, m_target, m_connectors, m_surroundings.secrets, m_directory, known,
                    request.destinationUrl, m_surroundings.clock);
    if (!destination)
        return propagate(std::move(destination));
    parts.destination = std::move(*destination);
    const bool offline = request.kind == run::RunKind::DryRun && !known.empty();
    if (!offline) {
        auto check = ask(parts.destination->check(), *parts.http, {});
        if (!check && request.kind != run::RunKind::DryRun)
            return propagate(std::move(check),
                             Text::tr("destination '%1'").arg(toQString(definition.slug)));
        if (check && !isStoodIn && !check->account.empty() && check->account != known)
            HEADGATE_TRY(rememberAccount(definition.id, check->account));
    }
    auto capabilities = parts.destination->capabilities(sync.object);
    if (!capabilities)
        return propagate(std::move(capabilities));
    narrow(*capabilities, sync.batch);

    run::SyncRunOptions options;
    bool first = false;
    const auto account = accountOf(definition, *parts.destination, request.destinationUrl);
    if (!account)
        return Failure(account.error());
    auto info = stateFor(*parts.store, sync, *account, request, first);
    if (!info)
        return propagate(std::move(info));
    options.kind = request.kind;
    options.sync = sync;
    options.target = m_target;
    options.state = *info;
    options.firstRun = first || (info->delivered == 0 && !info->lastRun);
    options.capabilities = *capabilities;
    const connector::SharedSpec spec = m_connectors.find(definition.connector);
    if (const connector::ObjectSpec* object = spec->findObject(sync.object))
        options.requestValues = connector::requestValuesOf(*object, sync.objectOptions);
    options.definitionHash = definitionHash(m_project, sync, m_target, *account,
                                            specHash(m_directory, definition.connector));
    options.spoolDirectory = parts.store->directory();
    options.resendAll = request.full || isPush(request);
    options.movesCursor = movesCursor(m_project, sync, request);
    options.incremental = options.movesCursor && readsNews(request) && !info->cursor.empty();
    if (options.incremental) {
        const auto held = heldRecords(*parts.store, info->id, m_surroundings.clock.now());
        if (!held)
            return Failure(held.error());
        for (const state::KnownRecord& record : *held) {
            options.heldKeys.insert(record.keyHash);
            parts.heldKeys.push_back(record.keyText);
        }
    }
    // What an inbox gives out is no secret of the account.
    if (!isStoodIn)
        options.keepSecret = keeperOfSecrets(definition, m_target, m_surroundings.secrets);
    options.samples = request.samples;
    options.limit = request.limit;
    options.confirm = request.confirm;
    if (isStoodIn)
        options.notes.push_back(
            Text::tr("An inbox on this machine took the place of %1: nothing of this run reached "
                     "it, and nothing of it counts as delivered there.")
                .arg(toQString(definition.name.empty() ? definition.slug : definition.name)));
    if (!capabilities->perRecordResults)
        options.notes.push_back(
            Text::tr("This destination does not say which records it accepted: they are "
                     "counted as unconfirmed."));
    if (isPush(request)) {
        options.onlyKeys.emplace();
        for (const std::string& key : request.keys) {
            auto hashes = hashesOf(*parts.store, key);
            if (!hashes)
                return Failure(hashes.error());
            options.onlyKeys->insert(hashes->begin(), hashes->end());
            options.askedKeys.push_back({key, *std::move(hashes)});
        }
    }
    const auto runs = parts.store->runs(sync.id, 20);
    if (!runs)
        return Failure(runs.error());
    for (const state::RunRow& run : *runs)
        for (const auto& [name, count] : run.counts)
            if (name.starts_with("related:"))
                parts.relatedBefore.emplace(name.substr(8), count);
    parts.options = std::move(options);
    parts.project = m_project;
    parts.projectDirectory = m_directory;
    return std::unique_ptr<PreparedRun>(
        std::make_unique<PreparedSyncRun>(std::move(parts), m_surroundings));
}

/// An account on this machine is the same at whatever port its inbox is reached.
Result<std::string> LocalWorkspace::accountOf(const project::DestinationDefinition& definition,
                                              const connector::Destination& reached,
                                              const std::string& url) const
{
    if (url.empty())
        return reached.accountIdentity();
    if (isStoodInFor(definition, m_target, url))
        return standInAccount(reached.accountIdentity());
    const auto shown = openAccountForShow(definition, m_target, m_connectors, m_directory,
                                          lastAccount(definition.id), m_surroundings.clock);
    if (!shown)
        return Failure(shown.error());
    return (*shown)->accountIdentity();
}

Result<state::StateInfo> LocalWorkspace::stateFor(state::StateStore& store,
                                                  const project::SyncDefinition& sync,
                                                  const std::string& account,
                                                  const RunRequest& request, bool& first) const
{
    const state::StateIdentity identity{m_stateProjectId, m_target,
                                        sync.id,          account,
                                        sync.object,      recordKeyDefinition(m_project, sync)};
    auto states = store.statesOf(m_stateProjectId, m_target, sync.id);
    if (!states)
        return Failure(states.error());
    for (const state::StateInfo& info : *states)
        if (info.identity == identity)
            return info;
    first = true;
    if (isStandIn(identity))
        states->clear();
    std::erase_if(*states, [](const auto& info) { return isStandIn(info.identity); });
    const bool decided =
        request.identity != NewIdentity::Ask || request.kind == run::RunKind::Baseline;
    if (!states->empty() && !decided)
        return fail(
            ErrorKind::Usage, "run.identity",
            Text::tr("Account, object or record key of '%1' changed; what is known belongs to the "
                     "old one (%2 records). Choose: --adopt to keep it for the new one, "
                     "--new-state to send everything, --baseline to mark everything as delivered.")
                .arg(toQString(sync.slug))
                .arg(states->front().delivered));
    if (!states->empty() && request.identity == NewIdentity::Adopt) {
        state::StateInfo adopted = states->front();
        HEADGATE_TRY(store.adopt(adopted.id, identity));
        adopted.identity = identity;
        first = false;
        return adopted;
    }
    auto created = store.create(identity);
    if (created || created.error().code != "state.exists")
        return created;
    // Another process that was started at the same moment made it.
    const auto all = store.statesOf(m_stateProjectId, m_target, sync.id);
    if (!all)
        return Failure(all.error());
    for (const state::StateInfo& info : *all)
        if (info.identity == identity)
            return info;
    return created;
}

namespace {

/// Who makes a project on this machine need not be asked whether to trust it.
Result<void> trustOwn(const std::string& directory)
{
    auto loaded = project::ProjectFolder(directory).load();
    if (!loaded)
        return propagate(std::move(loaded));
    auto paths = state::StatePaths::fromEnvironment();
    if (!paths)
        return propagate(std::move(paths));
    return FolderRegister(paths->root()).trust(directory, loaded->project.id);
}

} // namespace

Result<void> initProject(const std::string& directory, const std::string& name, Random& random)
{
    HEADGATE_TRY(project::ProjectFolder::create(directory, name, random));
    return trustOwn(directory);
}

Result<void> initSample(const std::string& directory, Random& random)
{
    HEADGATE_TRY(project::createSample(directory, random));
    return trustOwn(directory);
}

const project::DestinationDefinition* sampleInbox(const project::Project& project)
{
    for (const project::DestinationDefinition& destination : project.destinations)
        if (destination.id == "hgsampleinbox22a")
            return &destination;
    return nullptr;
}

} // namespace headgate::service
