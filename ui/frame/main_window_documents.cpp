// SPDX-License-Identifier: GPL-3.0-or-later
#include "destination/new_destination.h"
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "frame/project_tree.h"
#include "model/new_model.h"
#include "session/documents.h"
#include "source/new_source.h"
#include "sync/new_sync.h"
#include "widgets/message_strip.h"

#include <QPushButton>

namespace headgate::ui {

void MainWindow::connectDocuments()
{
    Documents& documents = m_session->documents();
    connect(&documents, &Documents::listChanged, this, &MainWindow::showTree);
    connect(&documents, &Documents::discarding, m_tabs, &PageTabs::closeDocument);
    connect(&documents, &Documents::restored, this, &MainWindow::showRestored);
    connect(&documents, &Documents::notRestored, this,
            [this](const QStringList& files, const QString& copy) {
                m_message->showMessage(
                    {Tone::Warning,
                     tr("Unsaved changes to %1 could not be understood and are not shown.")
                         .arg(files.join(QStringLiteral(", "))),
                     tr("What was typed is kept in %1.").arg(copy),
                     QStringLiteral("project.drafts.unread"),
                     {}});
            });
    QUndoGroup* const group = documents.undoGroup();
    for (auto signal : {&QUndoGroup::canUndoChanged, &QUndoGroup::canRedoChanged})
        connect(group, signal, this, &MainWindow::showUndo);
    for (auto signal : {&QUndoGroup::undoTextChanged, &QUndoGroup::redoTextChanged})
        connect(group, signal, this, &MainWindow::showUndo);
}

void MainWindow::newDefinition(PageKind kind)
{
    Random& random = m_surroundings.core.random;
    const auto opens = [this](auto* asked) {
        using Asked = std::remove_pointer_t<decltype(asked)>;
        connect(asked, &Asked::made, m_tabs, &PageTabs::open);
        if constexpr (requires { &Asked::failed; })
            connect(asked, &Asked::failed, this, &MainWindow::showError);
    };
    switch (kind) {
    case PageKind::Sync:
        return opens(new NewSync(*m_session, random, this));
    case PageKind::Model:
        return opens(new NewModel(*m_session, random, this));
    case PageKind::Source:
        return opens(new NewSource(*m_session, random, this));
    case PageKind::Destination:
        return opens(new NewDestination(*m_session, random, this));
    case PageKind::Overview:
    case PageKind::Shape:
    case PageKind::Runs:
    case PageKind::Inbox:
    case PageKind::Settings:
        return;
    }
}

void MainWindow::showTree()
{
    Documents& documents = m_session->documents();
    std::vector<PageId> modified;
    for (const Document* document : documents.modified())
        modified.push_back(document->id());
    m_tree->show(documents.edited(), modified);
    m_tabs->showModified(modified);
    updateActions();
}

void MainWindow::showUndo()
{
    const bool open = m_session && m_session->contents();
    const QUndoGroup* const group = open ? m_session->documents().undoGroup() : nullptr;
    QAction* const undo = m_actions[ActionId::Undo];
    QAction* const redo = m_actions[ActionId::Redo];
    undo->setEnabled(group != nullptr && group->canUndo());
    redo->setEnabled(group != nullptr && group->canRedo());
    undo->setText(undo->isEnabled() ? tr("&Undo: %1").arg(group->undoText()) : tr("&Undo"));
    redo->setText(redo->isEnabled() ? tr("&Redo: %1").arg(group->redoText()) : tr("&Redo"));
}

void MainWindow::offerReload(const QStringList& files)
{
    m_message->showMessage({Tone::Info,
                            tr("Somebody else changed %1.").arg(files.join(QStringLiteral(", "))),
                            tr("Reading again keeps what you have not saved."),
                            {},
                            {}});
    connect(m_message->addButton(tr("Read again")), &QPushButton::clicked, this, [this] {
        m_message->clear();
        m_session->reload();
    });
}

void MainWindow::askToSave(const service::RunRequest& request)
{
    QStringList names;
    for (const Document* document : m_session->documents().modified())
        names.append(document->name());
    m_message->showMessage(
        {Tone::Info,
         tr("A run uses the files. Not saved yet: %1.").arg(names.join(QStringLiteral(", "))),
         {},
         {},
         {}});
    const QString save =
        names.size() == 1 ? tr("Save and run") : tr("Save all %1 and run").arg(names.size());
    connect(m_message->addButton(save), &QPushButton::clicked, this, [this, request] {
        m_message->clear();
        ProjectSession* const session = m_session.get();
        connect(
            session, &ProjectSession::contentsChanged, this, [this, request] { startRun(request); },
            Qt::SingleShotConnection);
        session->documents().saveAll();
    });
}

void MainWindow::showRestored(int count, const QStringList& changedSince)
{
    // Those of definitions that no file has were missing until now.
    m_tabs->restore(m_lastTabs.pages, m_lastTabs.current);
    goToPlaces();
    const QString sentence =
        tr("Changes to %n definitions that were not saved are back.", nullptr, count);
    const QString remedy =
        changedSince.isEmpty()
            ? tr("Save them, or undo them one by one.")
            : tr("Meanwhile these files changed: %1. Saving replaces what they say now.")
                  .arg(changedSince.join(QStringLiteral(", ")));
    m_message->showMessage(
        {changedSince.isEmpty() ? Tone::Info : Tone::Warning, sentence, remedy, {}, {}});
    connect(m_message->addButton(tr("Give them up")), &QPushButton::clicked, this, [this] {
        m_message->clear();
        for (Document* document : m_session->documents().modified()) {
            if (document->isNew())
                m_session->documents().discard(document->id());
            else
                document->revert();
        }
    });
}

} // namespace headgate::ui
