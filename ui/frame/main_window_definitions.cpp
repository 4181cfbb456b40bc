// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "session/definition_users.h"
#include "session/documents.h"
#include "widgets/message_strip.h"
#include "widgets/tone_icon.h"

#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

namespace headgate::ui {

namespace {

Tone toneOf(SourceReach reach)
{
    switch (reach) {
    case SourceReach::NotAsked:
        return Tone::Neutral;
    case SourceReach::Answers:
        return Tone::Success;
    case SourceReach::Fails:
        return Tone::Error;
    }
    return Tone::Neutral;
}

QString sentenceOf(SourceReach reach)
{
    switch (reach) {
    case SourceReach::NotAsked:
        return MainWindow::tr("%1 was not asked yet");
    case SourceReach::Answers:
        return MainWindow::tr("%1 answers");
    case SourceReach::Fails:
        return MainWindow::tr("%1 does not answer");
    }
    return {};
}

/// What is lost with it and what is not.
QString consequence(const Document& document)
{
    if (document.isNew())
        return MainWindow::tr("It was never saved: nothing of it stays.");
    switch (document.id().kind) {
    case PageKind::Sync:
        return MainWindow::tr("Its file is deleted. Records stay in the destination as they are, "
                              "and this machine keeps what was delivered.");
    case PageKind::Source:
    case PageKind::Destination:
        return MainWindow::tr("Its file is deleted. Its secrets stay where they are kept.");
    case PageKind::Model:
    case PageKind::Shape:
    case PageKind::Overview:
    case PageKind::Runs:
    case PageKind::Inbox:
    case PageKind::Settings:
        break;
    }
    return MainWindow::tr("Its file is deleted.");
}

} // namespace

std::optional<PageId> MainWindow::aimed() const
{
    if (m_aimed)
        return m_aimed;
    const Page* const page = m_tabs->current();
    return page != nullptr ? std::optional(page->documentId()) : std::nullopt;
}

void MainWindow::updateDefinitionActions()
{
    const std::optional<PageId> id = aimed();
    const Document* const document =
        m_session && m_session->contents() && id ? m_session->documents().find(*id) : nullptr;
    QAction* const duplicate = m_actions[ActionId::Duplicate];
    QAction* const remove = m_actions[ActionId::Delete];
    duplicate->setEnabled(document != nullptr);
    remove->setEnabled(document != nullptr);
    const QString name =
        document ? document->name().replace(QLatin1Char('&'), QLatin1String("&&")) : QString();
    duplicate->setText(document ? tr("D&uplicate %1").arg(name) : tr("D&uplicate"));
    remove->setText(document ? tr("&Delete %1...").arg(name) : tr("&Delete..."));
}

void MainWindow::showTreeMenu(const PageId& id, const QPoint& at)
{
    if (m_session->documents().find(id) == nullptr)
        return;
    m_aimed = id;
    updateActions();
    auto* const menu = new QMenu(this);
    if (id.kind == PageKind::Sync) {
        for (const ActionId action : {ActionId::EditShape, ActionId::DryRun, ActionId::Run})
            menu->addAction(m_actions[action]);
        menu->addSeparator();
    }
    menu->addAction(m_actions[ActionId::Duplicate]);
    menu->addAction(m_actions[ActionId::Delete]);
    // What was chosen is done after the menu has gone, and means this row still.
    connect(menu, &QMenu::aboutToHide, this, [this, menu] {
        QTimer::singleShot(0, this, [this, menu] {
            m_aimed.reset();
            updateActions();
            menu->deleteLater();
        });
    });
    menu->popup(at);
}

void MainWindow::duplicateDefinition()
{
    const std::optional<PageId> id = aimed();
    if (!id)
        return;
    if (const auto copy = m_session->documents().duplicate(*id, m_surroundings.core.random))
        m_tabs->open(*copy);
}

void MainWindow::askToDelete()
{
    const std::optional<PageId> id = aimed();
    const Document* const document = id ? m_session->documents().find(*id) : nullptr;
    if (document == nullptr)
        return;
    const QStringList users = definitionUsers(m_session->documents().edited(), *id);
    const bool running = id->kind == PageKind::Sync && m_session->isRunning(id->slug);
    if (users.isEmpty() && !running)
        return confirmDelete(document->id());
    m_message->showMessage(
        {Tone::Warning,
         running ? tr("%1 is running.").arg(document->name())
                 : tr("%1 is used by %2.").arg(document->name(), users.join(QStringLiteral(", "))),
         running ? tr("Cancel the run, or wait for its end, before you delete it.")
                 : tr("Delete these first, or let them use another one."),
         {},
         {}});
}

void MainWindow::confirmDelete(const PageId& id)
{
    const Document* const document = m_session->documents().find(id);
    auto* const box =
        new QMessageBox(QMessageBox::Question, tr("Delete"), tr("Delete %1?").arg(document->name()),
                        QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(consequence(*document));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* const remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    remove->setAccessibleName(tr("Delete it"));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(remove, &QPushButton::clicked, this, [this, id] { m_session->documents().remove(id); });
    connect(m_session.get(), &QObject::destroyed, box, &QDialog::reject);
    box->open();
}

void MainWindow::showPageMenu()
{
    QMenu* const menu = m_actions.pageMenu();
    for (QAction* const action : menu->actions())
        if (action->isSeparator())
            delete action;
        else if (action != m_actions[ActionId::Refresh])
            menu->removeAction(action);
    const Page* const page = m_tabs->current();
    if (page == nullptr || page->pageActions().isEmpty())
        return;
    menu->addSeparator();
    menu->addActions(page->pageActions());
}

void MainWindow::showSourceState()
{
    const Page* const page = m_tabs->current();
    const bool open = m_session && m_session->contents();
    const std::string slug = open && page ? m_session->documents().sourceOf(page->id()) : "";
    const SourceDocument* const source =
        slug.empty() ? nullptr : m_session->documents().source(slug);
    m_sourceIcon->setVisible(source != nullptr);
    m_source->setVisible(source != nullptr);
    if (source == nullptr)
        return;
    const SourceState state = m_session->sourceState(slug);
    m_sourceIcon->setTone(toneOf(state.reach));
    m_source->setText(sentenceOf(state.reach).arg(source->name()));
    m_source->setToolTip(state.trouble);
}

} // namespace headgate::ui
