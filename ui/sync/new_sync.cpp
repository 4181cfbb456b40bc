// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/new_sync.h"

#include "base/id.h"
#include "base/text.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "widgets/new_definition_dialog.h"

namespace headgate::ui {

namespace {

template <typename Definition>
QString shownName(const Definition& definition)
{
    return toQString(definition.name.empty() ? definition.slug : definition.name);
}

} // namespace

NewSync::NewSync(ProjectSession& session, Random& random, QWidget* window)
    : QObject(window), m_session(session), m_random(random),
      m_dialog(new NewDefinitionDialog(
          tr("New sync"), tr("Search models"),
          [this](const QString& name) {
              return tr("syncs/%1.json")
                  .arg(toQString(m_session.documents().freeSlug(PageKind::Sync, name)));
          },
          window))
{
    connect(m_dialog, &NewDefinitionDialog::chosen, this, &NewSync::make);
    connect(m_dialog, &QDialog::rejected, this, &QObject::deleteLater);
    connect(&m_session, &QObject::destroyed, m_dialog, &QDialog::reject);
    showChoices();
    m_dialog->open();
}

void NewSync::showChoices()
{
    const project::Project project = m_session.documents().edited();
    std::vector<DefinitionChoice> choices;
    const auto add = [&](const project::ModelDefinition& model, const QString& group,
                         const QString& name, const std::string& destination) {
        DefinitionChoice choice;
        choice.group = group;
        choice.icon = Icon::Model;
        choice.title = shownName(model);
        choice.detail = toQString(model.description);
        choice.proposedName = name;
        choices.push_back(std::move(choice));
        m_begins.push_back({model.slug, destination});
    };
    for (const project::DestinationDefinition& destination : project.destinations)
        for (const project::ModelDefinition& model : project.models)
            add(model, tr("To %1").arg(shownName(destination)),
                tr("%1 to %2").arg(shownName(model), shownName(destination)), destination.slug);
    if (project.destinations.empty())
        for (const project::ModelDefinition& model : project.models)
            add(model, tr("Models"), shownName(model), {});
    if (project.models.empty())
        m_dialog->setRemark(tr("A sync sends the rows of a model. Make a model first."));
    m_dialog->setChoices(std::move(choices));
}

void NewSync::make(int choice, const QString& name)
{
    const Begin& begin = m_begins[static_cast<std::size_t>(choice)];
    project::SyncDefinition sync;
    sync.id = makeId(m_random);
    sync.slug = m_session.documents().freeSlug(PageKind::Sync, name);
    sync.name = name.toStdString();
    sync.model = begin.model;
    sync.destination = begin.destination;
    sync.recordKey = m_session.documents().model(begin.model)->value().rowKey;
    const PageId id{PageKind::Sync, sync.slug};
    m_session.documents().add(std::move(sync));
    Q_EMIT made(id);
    deleteLater();
}

} // namespace headgate::ui
