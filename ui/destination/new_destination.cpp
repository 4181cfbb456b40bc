// SPDX-License-Identifier: GPL-3.0-or-later
#include "destination/new_destination.h"

#include "base/id.h"
#include "base/text.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "widgets/new_definition_dialog.h"

#include <QPointer>

namespace headgate::ui {

NewDestination::NewDestination(ProjectSession& session, Random& random, QWidget* window)
    : QObject(window), m_session(session), m_random(random),
      m_dialog(new NewDefinitionDialog(
          tr("New destination"), tr("Search tools"),
          [this](const QString& name) {
              return tr("destinations/%1.json")
                  .arg(toQString(m_session.documents().freeSlug(PageKind::Destination, name)));
          },
          window))
{
    connect(m_dialog, &NewDefinitionDialog::chosen, this, &NewDestination::make);
    connect(m_dialog, &QDialog::rejected, this, &QObject::deleteLater);
    connect(&m_session, &QObject::destroyed, m_dialog, &QDialog::reject);
    m_session.ask(
        this,
        [](service::Workspace& workspace, const StopToken&) {
            return Result<std::vector<connector::SharedSpec>>(workspace.connectors().all());
        },
        [this, dialog = QPointer<NewDefinitionDialog>(m_dialog)](
            Result<std::vector<connector::SharedSpec>> specs) {
            if (!dialog)
                return;
            if (specs)
                showConnectors(*std::move(specs));
            else
                Q_EMIT failed(specs.error());
        });
    m_dialog->open();
}

void NewDestination::showConnectors(std::vector<connector::SharedSpec> specs)
{
    m_specs = std::move(specs);
    std::vector<DefinitionChoice> choices;
    for (const connector::SharedSpec& spec : m_specs) {
        DefinitionChoice choice;
        choice.group = tr("Tools");
        choice.icon = Icon::Destination;
        choice.title = spec->name;
        choice.detail = spec->summary;
        choice.proposedName = spec->name;
        if (spec->draft)
            choice.notes.append(tr("This connector follows the vendor's documentation and was not "
                                   "tried against the service."));
        choices.push_back(std::move(choice));
    }
    m_dialog->setChoices(std::move(choices));
}

void NewDestination::make(int choice, const QString& name)
{
    project::DestinationDefinition destination;
    destination.id = makeId(m_random);
    destination.slug = m_session.documents().freeSlug(PageKind::Destination, name);
    destination.name = name.toStdString();
    destination.connector = m_specs[static_cast<std::size_t>(choice)]->id;
    const PageId id{PageKind::Destination, destination.slug};
    m_session.documents().add(std::move(destination));
    Q_EMIT made(id);
    deleteLater();
}

} // namespace headgate::ui
