// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/new_source.h"

#include "base/id.h"
#include "base/text.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "session/secret_keeping.h"
#include "source/warehouse_fields.h"
#include "widgets/new_definition_dialog.h"

#include <QDir>

namespace headgate::ui {

namespace {

QString placeName(warehouse::FoundIn place)
{
    switch (place) {
    case warehouse::FoundIn::DbtProfiles:
        return NewSource::tr("dbt profile");
    case warehouse::FoundIn::PostgresServices:
        return NewSource::tr("PostgreSQL service");
    case warehouse::FoundIn::PostgresPasswords:
        return NewSource::tr("PostgreSQL password file");
    case warehouse::FoundIn::DBeaver:
        return NewSource::tr("DBeaver");
    case warehouse::FoundIn::OdbcDataSources:
        return NewSource::tr("ODBC data source");
    }
    return {};
}

/// "~/.pg_service.conf"
QString shortPath(const std::string& file)
{
    const QString path = toQString(file);
    const QString home = QDir::homePath();
    return path.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + path.mid(home.size())
                                                    : path;
}

QString warehouseName(const std::string& id)
{
    const auto spec = warehouse::loadWarehouseSpec(id);
    return spec ? toQString(spec->name) : toQString(id);
}

QString passwordNote(const warehouse::FoundConnection& found)
{
    if (!found.secretRefs.empty())
        return NewSource::tr("Its password is read from the environment (%1).")
            .arg(toQString(found.secretRefs.begin()->second));
    if (!found.secrets.empty())
        return NewSource::tr("Its password stands in plain text in %1 and is not carried over.")
            .arg(shortPath(found.file));
    if (found.driverHasPassword)
        return NewSource::tr("The database's own library finds its password: none is needed here.");
    return {};
}

DefinitionChoice choiceOf(const warehouse::FoundConnection& found)
{
    DefinitionChoice choice;
    choice.group = NewSource::tr("Found on this machine");
    choice.icon = Icon::Source;
    choice.title = toQString(found.name);
    choice.proposedName = choice.title;
    choice.possible = !found.warehouse.empty();
    QStringList parts;
    if (!found.warehouse.empty())
        parts.append(warehouseName(found.warehouse));
    if (const QString address = addressOf(found.fields); !address.isEmpty())
        parts.append(address);
    parts.append(NewSource::tr("%1 in %2").arg(placeName(found.place), shortPath(found.file)));
    choice.detail = parts.join(QStringLiteral("  \u00B7  "));
    if (const QString note = passwordNote(found); !note.isEmpty() && choice.possible)
        choice.notes.append(note);
    for (const QString& note : found.notes)
        choice.notes.append(note);
    if (!found.secrets.empty())
        choice.option = NewSource::tr("Copy its password to the keychain");
    return choice;
}

} // namespace

NewSource::NewSource(ProjectSession& session, Random& random, QWidget* window)
    : QObject(window), m_session(session), m_random(random),
      m_dialog(new NewDefinitionDialog(
          tr("New source"), tr("Search connections and warehouses"),
          [this](const QString& name) {
              return tr("sources/%1.json")
                  .arg(toQString(m_session.documents().freeSlug(PageKind::Source, name)));
          },
          window)),
      m_places(service::FoundPlaces::ofThisUser(session.directory())),
      m_warehouses(warehouse::warehouseIds())
{
    connect(m_dialog, &NewDefinitionDialog::chosen, this, &NewSource::make);
    connect(m_dialog, &QDialog::rejected, this, &QObject::deleteLater);
    connect(&m_session, &QObject::destroyed, m_dialog, &QDialog::reject);
    showChoices();
    find();
    m_dialog->open();
}

void NewSource::find()
{
    m_dialog->setBusy(tr("Looking on this machine"));
    m_session.ask(
        this,
        [places = m_places](service::Workspace&, const StopToken&) {
            return Result<service::FoundConnections>(service::findConnections(places));
        },
        [this, dialog = QPointer<NewDefinitionDialog>(m_dialog)](
            Result<service::FoundConnections> found) {
            if (!dialog)
                return;
            dialog->setBusy({});
            if (!found)
                return Q_EMIT failed(found.error());
            m_found = *std::move(found);
            QStringList troubles;
            for (const Issue& issue : m_found.issues)
                troubles.append(issue.message);
            dialog->setRemark(troubles.join(QLatin1Char('\n')));
            showChoices();
        });
}

void NewSource::showChoices()
{
    std::vector<DefinitionChoice> choices;
    for (const warehouse::FoundConnection& found : m_found.connections)
        choices.push_back(choiceOf(found));
    for (const std::string& id : m_warehouses) {
        DefinitionChoice choice;
        choice.group = tr("Warehouses");
        choice.icon = Icon::Table;
        choice.title = warehouseName(id);
        choice.proposedName = choice.title;
        choices.push_back(std::move(choice));
    }
    m_dialog->setChoices(std::move(choices));
}

void NewSource::make(int choice, const QString& name, bool keepPassword)
{
    const auto index = static_cast<std::size_t>(choice);
    const bool isFound = index < m_found.connections.size();
    project::SourceDefinition source;
    source.id = makeId(m_random);
    source.slug = m_session.documents().freeSlug(PageKind::Source, name);
    source.name = name.toStdString();
    if (!isFound) {
        source.warehouse = m_warehouses[index - m_found.connections.size()];
        return add(std::move(source));
    }
    const warehouse::FoundConnection& found = m_found.connections[index];
    source.warehouse = found.warehouse;
    source.settings.common.fields = found.fields;
    source.settings.common.secrets = found.secretRefs;
    if (keepPassword && !found.secrets.empty())
        return keepFoundSecret(std::move(source), found, found.secrets.begin()->first);
    add(std::move(source));
}

void NewSource::keepFoundSecret(project::SourceDefinition source,
                                const warehouse::FoundConnection& found, const std::string& field)
{
    const secrets::SecretRef ref{secrets::SecretPlace::Keychain,
                                 SecretKeeping::ownerOf(source.slug, source.id) + '/' + field};
    m_session.askKeychain(
        this,
        [places = m_places, found, field, reference = ref.text()](service::Workspace& workspace,
                                                                  const StopToken&) {
            const auto secret = service::readFoundSecret(places, found, field);
            return secret ? workspace.keepSecret(reference, *secret)
                          : Result<void>(Failure(secret.error()));
        },
        [this, source = std::move(source), field, reference = ref.text()](Result<void> kept) {
            project::SourceDefinition made = source;
            if (kept)
                made.settings.common.secrets[field] = reference;
            else
                Q_EMIT failed(kept.error());
            add(std::move(made));
        });
}

void NewSource::add(project::SourceDefinition source)
{
    const PageId id{PageKind::Source, source.slug};
    m_session.documents().add(std::move(source));
    Q_EMIT made(id);
    deleteLater();
}

} // namespace headgate::ui
