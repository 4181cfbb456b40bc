// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/documents.h"

#include "base/id.h"
#include "base/text.h"
#include "project/definition_slug.h"
#include "session/project_session.h"

#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int keepAfter = 1000; ///< ms after the first change that is not kept yet

template <typename Definition>
const Definition* findIn(const std::vector<Definition>& definitions, const std::string& slug)
{
    const auto found = std::find_if(definitions.begin(), definitions.end(),
                                    [&](const Definition& each) { return each.slug == slug; });
    return found == definitions.end() ? nullptr : &*found;
}

/// Puts `definition` in the place of the one with its slug, or where it belongs by slug.
template <typename Definition>
void place(std::vector<Definition>& definitions, const Definition& definition)
{
    const auto at = std::lower_bound(
        definitions.begin(), definitions.end(), definition.slug,
        [](const Definition& each, const std::string& slug) { return each.slug < slug; });
    if (at != definitions.end() && at->slug == definition.slug)
        *at = definition;
    else
        definitions.insert(at, definition);
}

void place(project::Project& project, const project::SourceDefinition& source)
{
    place(project.sources, source);
}
void place(project::Project& project, const project::ModelDefinition& model)
{
    place(project.models, model);
}
void place(project::Project& project, const project::DestinationDefinition& destination)
{
    place(project.destinations, destination);
}
void place(project::Project& project, const project::SyncDefinition& sync)
{
    place(project.syncs, sync);
}

template <typename Definition>
void takeOut(std::vector<Definition>& definitions, const std::string& slug)
{
    std::erase_if(definitions, [&](const Definition& each) { return each.slug == slug; });
}

project::Project without(project::Project project, const PageId& id)
{
    switch (id.kind) {
    case PageKind::Source:
        takeOut(project.sources, id.slug);
        break;
    case PageKind::Model:
        takeOut(project.models, id.slug);
        break;
    case PageKind::Destination:
        takeOut(project.destinations, id.slug);
        break;
    case PageKind::Sync:
        takeOut(project.syncs, id.slug);
        break;
    case PageKind::Overview:
    case PageKind::Shape:
    case PageKind::Runs:
    case PageKind::Inbox:
    case PageKind::Settings:
        break;
    }
    return project;
}

} // namespace

Documents::Documents(ProjectSession& session) : m_session(session)
{
    m_keep.setSingleShot(true);
    m_keep.setInterval(keepAfter);
    connect(&m_keep, &QTimer::timeout, this, &Documents::keep);
}

Documents::~Documents() = default;

template <typename Definition>
DefinitionDocument<Definition>* Documents::insert(DocumentMap<Definition>& documents,
                                                  Definition value, std::optional<Definition> saved)
{
    const std::string slug = value.slug;
    auto document =
        std::make_unique<DefinitionDocument<Definition>>(std::move(value), std::move(saved));
    auto* const made = document.get();
    m_group.addStack(made->undoStack());
    connect(made, &Document::changed, this, [this, made] {
        if (!m_keep.isActive())
            m_keep.start();
        Q_EMIT documentChanged(made->id());
    });
    connect(made, &Document::modifiedChanged, this, &Documents::listChanged);
    documents[slug] = std::move(document);
    return made;
}

template <typename Definition>
DefinitionDocument<Definition>* Documents::open(DocumentMap<Definition>& documents,
                                                const Definition* definition)
{
    return definition == nullptr ? nullptr : insert(documents, *definition, {*definition});
}

SourceDocument* Documents::source(const std::string& slug)
{
    const auto found = m_sources.find(slug);
    return found != m_sources.end() ? found->second.get()
                                    : open(m_sources, m_session.contents()->project.source(slug));
}

ModelDocument* Documents::model(const std::string& slug)
{
    const auto found = m_models.find(slug);
    return found != m_models.end() ? found->second.get()
                                   : open(m_models, m_session.contents()->project.model(slug));
}

DestinationDocument* Documents::destination(const std::string& slug)
{
    const auto found = m_destinations.find(slug);
    return found != m_destinations.end()
               ? found->second.get()
               : open(m_destinations, m_session.contents()->project.destination(slug));
}

SyncDocument* Documents::sync(const std::string& slug)
{
    const auto found = m_syncs.find(slug);
    return found != m_syncs.end() ? found->second.get()
                                  : open(m_syncs, m_session.contents()->project.sync(slug));
}

Document* Documents::find(const PageId& id)
{
    switch (id.kind) {
    case PageKind::Source:
        return source(id.slug);
    case PageKind::Model:
        return model(id.slug);
    case PageKind::Destination:
        return destination(id.slug);
    case PageKind::Sync:
    case PageKind::Shape:
        return sync(id.slug);
    case PageKind::Overview:
    case PageKind::Runs:
    case PageKind::Inbox:
    case PageKind::Settings:
        return nullptr;
    }
    return nullptr;
}

std::string Documents::sourceOf(const PageId& id)
{
    const auto ofModel = [this](const std::string& slug) {
        const ModelDocument* const read = model(slug);
        return read != nullptr ? read->value().source : std::string();
    };
    switch (id.kind) {
    case PageKind::Source:
        return id.slug;
    case PageKind::Model:
        return ofModel(id.slug);
    case PageKind::Sync:
    case PageKind::Shape: {
        const SyncDocument* const sent = sync(id.slug);
        return sent != nullptr ? ofModel(sent->value().model) : std::string();
    }
    case PageKind::Destination:
    case PageKind::Overview:
    case PageKind::Runs:
    case PageKind::Inbox:
    case PageKind::Settings:
        return {};
    }
    return {};
}

SourceDocument* Documents::add(project::SourceDefinition definition)
{
    auto* const added = insert(m_sources, std::move(definition), {});
    m_keep.start();
    Q_EMIT listChanged();
    return added;
}

ModelDocument* Documents::add(project::ModelDefinition definition)
{
    auto* const added = insert(m_models, std::move(definition), {});
    m_keep.start();
    Q_EMIT listChanged();
    return added;
}

DestinationDocument* Documents::add(project::DestinationDefinition definition)
{
    auto* const added = insert(m_destinations, std::move(definition), {});
    m_keep.start();
    Q_EMIT listChanged();
    return added;
}

SyncDocument* Documents::add(project::SyncDefinition definition)
{
    auto* const added = insert(m_syncs, std::move(definition), {});
    m_keep.start();
    Q_EMIT listChanged();
    return added;
}

std::string Documents::freeSlug(PageKind kind, const QString& wanted) const
{
    const project::Project project = edited();
    const auto isTaken = [&](const std::string& slug) {
        switch (kind) {
        case PageKind::Source:
            return project.source(slug) != nullptr;
        case PageKind::Model:
            return project.model(slug) != nullptr;
        case PageKind::Destination:
            return project.destination(slug) != nullptr;
        case PageKind::Sync:
        case PageKind::Shape:
            return project.sync(slug) != nullptr;
        case PageKind::Overview:
        case PageKind::Runs:
        case PageKind::Inbox:
        case PageKind::Settings:
            return false;
        }
        return false;
    };
    return project::proposeSlug(wanted.toStdString(), "new", isTaken);
}

void Documents::discard(const PageId& id)
{
    Q_EMIT discarding(id);
    m_sources.erase(id.kind == PageKind::Source ? id.slug : std::string());
    m_models.erase(id.kind == PageKind::Model ? id.slug : std::string());
    m_destinations.erase(id.kind == PageKind::Destination ? id.slug : std::string());
    m_syncs.erase(id.kind == PageKind::Sync ? id.slug : std::string());
    m_keep.start();
    Q_EMIT listChanged();
}

template <typename Definition>
PageId Documents::duplicate(const DefinitionDocument<Definition>& document, Random& random)
{
    Definition copy = document.value();
    const QString name = tr("Copy of %1").arg(document.name());
    copy.id = makeId(random);
    copy.name = name.toStdString();
    copy.slug = freeSlug(document.id().kind, name);
    return add(std::move(copy))->id();
}

std::optional<PageId> Documents::duplicate(const PageId& id, Random& random)
{
    const auto copied = [&](const auto* document) {
        return document != nullptr ? std::optional(duplicate(*document, random)) : std::nullopt;
    };
    switch (id.kind) {
    case PageKind::Source:
        return copied(source(id.slug));
    case PageKind::Model:
        return copied(model(id.slug));
    case PageKind::Destination:
        return copied(destination(id.slug));
    case PageKind::Sync:
    case PageKind::Shape:
        return copied(sync(id.slug));
    case PageKind::Overview:
    case PageKind::Runs:
    case PageKind::Inbox:
    case PageKind::Settings:
        return std::nullopt;
    }
    return std::nullopt;
}

void Documents::remove(const PageId& id)
{
    const Document* const document = find(id);
    if (document == nullptr)
        return;
    if (document->isNew())
        return discard(id);
    m_session.ask(
        this,
        [saved = without(m_session.contents()->project, id), drafts = without(edited(), id)](
            service::Workspace& workspace,
            const StopToken&) -> Result<std::pair<project::Project, Issues>> {
            HEADGATE_TRY(workspace.keepDrafts(drafts));
            HEADGATE_TRY(workspace.save(saved));
            return std::pair(workspace.project(), workspace.validate());
        },
        [this, id](Result<std::pair<project::Project, Issues>> written) {
            if (!written) {
                m_keep.start();
                return Q_EMIT m_session.failed(written.error());
            }
            discard(id);
            m_session.takeContents(written->first, written->second);
        });
}

template <typename Work>
void Documents::forEach(Work work) const
{
    for (const auto& [slug, document] : m_sources)
        work(*document);
    for (const auto& [slug, document] : m_models)
        work(*document);
    for (const auto& [slug, document] : m_destinations)
        work(*document);
    for (const auto& [slug, document] : m_syncs)
        work(*document);
}

project::Project Documents::edited() const
{
    project::Project project = m_session.contents()->project;
    forEach([&](const auto& document) { place(project, document.value()); });
    return project;
}

std::vector<Document*> Documents::modified() const
{
    std::vector<Document*> found;
    forEach([&](auto& document) {
        if (document.isModified())
            found.push_back(&document);
    });
    return found;
}

bool Documents::isModified(const PageId& id) const
{
    const auto all = modified();
    return std::any_of(all.begin(), all.end(),
                       [&](const Document* each) { return each->id() == id; });
}

void Documents::save(const PageId& id)
{
    project::Project project = m_session.contents()->project;
    bool found = false;
    forEach([&](const auto& document) {
        if (!(document.id() == id) || !document.isModified())
            return;
        place(project, document.value());
        found = true;
    });
    if (found)
        write(std::move(project), {id});
}

void Documents::saveAll()
{
    std::vector<PageId> ids;
    for (const Document* document : modified())
        ids.push_back(document->id());
    if (!ids.empty())
        write(edited(), std::move(ids));
}

void Documents::write(project::Project project, std::vector<PageId> ids)
{
    m_session.ask(
        this,
        [project, all = edited()](service::Workspace& workspace,
                                  const StopToken&) -> Result<std::pair<project::Project, Issues>> {
            // First, so that whoever is killed in between does not find drafts that are older
            // than the files.
            HEADGATE_TRY(workspace.keepDrafts(all));
            HEADGATE_TRY(workspace.save(project));
            return std::pair(workspace.project(), workspace.validate());
        },
        [this, ids, project](Result<std::pair<project::Project, Issues>> written) {
            if (!written)
                return Q_EMIT m_session.failed(written.error());
            markSaved(project, ids);
            m_session.takeContents(written->first, written->second);
            for (const PageId& id : ids)
                Q_EMIT saved(id);
        });
}

void Documents::markSaved(const project::Project& written, const std::vector<PageId>& ids)
{
    const auto mark = [&](auto& documents, const auto& definitions) {
        for (auto& [slug, document] : documents)
            if (std::find(ids.begin(), ids.end(), document->id()) != ids.end())
                document->setSaved(*findIn(definitions, slug));
    };
    mark(m_sources, written.sources);
    mark(m_models, written.models);
    mark(m_destinations, written.destinations);
    mark(m_syncs, written.syncs);
}

void Documents::takeFiles(const project::Project& files)
{
    const auto take = [](auto& documents, const auto& definitions) {
        for (auto& [slug, document] : documents)
            if (const auto* file = findIn(definitions, slug))
                document->takeFile(*file);
    };
    take(m_sources, files.sources);
    take(m_models, files.models);
    take(m_destinations, files.destinations);
    take(m_syncs, files.syncs);
    m_keep.start();
    Q_EMIT listChanged();
}

void Documents::keep()
{
    m_session.ask(
        this,
        [project = edited()](service::Workspace& workspace, const StopToken&) {
            return workspace.keepDrafts(project);
        },
        [this](Result<void> kept) {
            if (!kept)
                Q_EMIT m_session.failed(kept.error());
        });
}

void Documents::keepNow()
{
    if (!m_keep.isActive())
        return;
    m_keep.stop();
    m_session.tell([project = edited()](service::Workspace& workspace) {
        // Nobody is left to be told of an error; the drafts of the last second stay as they were.
        return workspace.keepDrafts(project).has_value();
    });
}

template <typename Definition>
int Documents::restoreAll(DocumentMap<Definition>& documents, const std::vector<Definition>& drafts,
                          const std::vector<Definition>& files)
{
    int restored = 0;
    for (const Definition& draft : drafts) {
        const Definition* const file = findIn(files, draft.slug);
        if (file != nullptr && *file == draft)
            continue;
        const auto open = documents.find(draft.slug);
        if (open != documents.end())
            open->second->change(tr("Restore unsaved changes"), draft);
        else
            insert(documents, draft, file ? std::optional<Definition>(*file) : std::nullopt);
        ++restored;
    }
    return restored;
}

void Documents::restore(const service::Drafts& drafts)
{
    const project::Project& kept = drafts.project;
    const project::Project& files = m_session.contents()->project;
    const int count = restoreAll(m_sources, kept.sources, files.sources) +
                      restoreAll(m_models, kept.models, files.models) +
                      restoreAll(m_destinations, kept.destinations, files.destinations) +
                      restoreAll(m_syncs, kept.syncs, files.syncs);
    QStringList changed;
    for (const std::string& file : drafts.changedSince)
        changed.append(toQString(file));
    if (count > 0) {
        Q_EMIT listChanged();
        Q_EMIT restored(count, changed);
    }
    QStringList unread;
    for (const std::string& file : drafts.unread)
        unread.append(toQString(file));
    if (!unread.isEmpty())
        Q_EMIT notRestored(unread, toQString(drafts.unreadCopy));
}

} // namespace headgate::ui
