// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/random.h"
#include "session/document.h"

#include <QTimer>
#include <QUndoGroup>
#include <map>
#include <vector>

namespace headgate::service {
struct Drafts;
}

namespace headgate::ui {

class ProjectSession;

/// The documents of a project: made when they are asked for, kept until the project is closed.
/// Files are written on save only; what is not saved is kept beside the state, within a second or
/// two, and is there again after a crash.
class Documents final : public QObject
{
    Q_OBJECT

public:
    explicit Documents(ProjectSession& session);
    ~Documents() override;

    /// Null where the project has no such definition. Valid as long as this.
    [[nodiscard]] SourceDocument* source(const std::string& slug);
    [[nodiscard]] ModelDocument* model(const std::string& slug);
    [[nodiscard]] DestinationDocument* destination(const std::string& slug);
    [[nodiscard]] SyncDocument* sync(const std::string& slug);
    [[nodiscard]] Document* find(const PageId& id);

    /// The source that a page reads; empty: none.
    [[nodiscard]] std::string sourceOf(const PageId& id);

    /// A definition without a file yet; its slug is a free one (see freeSlug).
    SourceDocument* add(project::SourceDefinition definition);
    ModelDocument* add(project::ModelDefinition definition);
    DestinationDocument* add(project::DestinationDefinition definition);
    SyncDocument* add(project::SyncDefinition definition);
    /// `wanted` made a slug that no other definition of its kind has.
    [[nodiscard]] std::string freeSlug(PageKind kind, const QString& wanted) const;
    /// Forgets a definition that was never saved.
    void discard(const PageId& id);
    /// The same definition under a name and an identity of its own, without a file yet. Empty:
    /// there is no such definition.
    [[nodiscard]] std::optional<PageId> duplicate(const PageId& id, Random& random);
    /// Deletes a definition and its file. Errors come by ProjectSession::failed.
    void remove(const PageId& id);

    /// The project as its documents say, saved or not: what previews and checks look at.
    [[nodiscard]] project::Project edited() const;
    [[nodiscard]] std::vector<Document*> modified() const;
    [[nodiscard]] bool isModified(const PageId& id) const;

    /// Writes one document's file, or all that are modified. Errors come by ProjectSession::failed.
    void save(const PageId& id);
    void saveAll();
    /// The stack of the page in front.
    [[nodiscard]] QUndoGroup* undoGroup() { return &m_group; }

    /// Takes what was kept from the last time.
    void restore(const service::Drafts& drafts);
    /// Keeps what is not saved now, and waits for it: at the end.
    void keepNow();
    /// The folder was read again.
    void takeFiles(const project::Project& files);

Q_SIGNALS:
    /// Some document's value changed.
    void documentChanged(const headgate::ui::PageId& id);
    /// The document goes in a moment: who shows it lets go of it now.
    void discarding(const headgate::ui::PageId& id);
    /// Documents came or went, or are modified or not any more.
    void listChanged();
    void saved(const headgate::ui::PageId& id);
    /// Changes of the last time are there again.
    void restored(int documents, const QStringList& changedSince);
    /// Some of them could not be understood; they stay in the file `copy`.
    void notRestored(const QStringList& files, const QString& copy);

private:
    template <typename Definition>
    using DocumentMap = std::map<std::string, std::unique_ptr<DefinitionDocument<Definition>>>;
    template <typename Definition>
    DefinitionDocument<Definition>* open(DocumentMap<Definition>& documents,
                                         const Definition* definition);
    template <typename Definition>
    DefinitionDocument<Definition>* insert(DocumentMap<Definition>& documents, Definition value,
                                           std::optional<Definition> saved);
    template <typename Definition>
    int restoreAll(DocumentMap<Definition>& documents, const std::vector<Definition>& drafts,
                   const std::vector<Definition>& files);
    template <typename Work>
    void forEach(Work work) const;
    template <typename Definition>
    PageId duplicate(const DefinitionDocument<Definition>& document, Random& random);
    void write(project::Project project, std::vector<PageId> ids);
    void markSaved(const project::Project& written, const std::vector<PageId>& ids);
    void keep();

    ProjectSession& m_session;
    DocumentMap<project::SourceDefinition> m_sources;
    DocumentMap<project::ModelDefinition> m_models;
    DocumentMap<project::DestinationDefinition> m_destinations;
    DocumentMap<project::SyncDefinition> m_syncs;
    QUndoGroup m_group;
    QTimer m_keep;
};

} // namespace headgate::ui
