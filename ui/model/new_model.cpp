// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/new_model.h"

#include "base/id.h"
#include "base/text.h"
#include "model/dbt_picker.h"
#include "service/found_places.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "widgets/new_definition_dialog.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QPointer>

namespace headgate::ui {

namespace {

QString nameOf(const project::SourceDefinition& source)
{
    return toQString(source.name.empty() ? source.slug : source.name);
}

} // namespace

NewModel::NewModel(ProjectSession& session, Random& random, QWidget* window)
    : QObject(window), m_session(session), m_random(random), m_window(window),
      m_dialog(new NewDefinitionDialog(
          tr("New model"), tr("Search tables"),
          [this](const QString& name) {
              return tr("models/%1.json")
                  .arg(toQString(m_session.documents().freeSlug(PageKind::Model, name)));
          },
          window))
{
    connect(m_dialog, &NewDefinitionDialog::chosen, this, &NewModel::make);
    connect(m_dialog, &QDialog::rejected, this, &QObject::deleteLater);
    connect(&m_session, &QObject::destroyed, m_dialog, &QDialog::reject);
    showChoices();
    findManifests();
    if (m_session.contents()->trusted)
        askTables();
    m_dialog->open();
}

void NewModel::askTables()
{
    const project::Project project = m_session.documents().edited();
    m_asked = project.sources.size();
    if (m_asked > 0)
        m_dialog->setBusy(tr("Reading the lists of tables"));
    for (const project::SourceDefinition& source : project.sources)
        askTables(source.slug);
}

void NewModel::askTables(const std::string& source)
{
    using Tables = Result<std::vector<warehouse::TableInfo>>;
    m_session.askSource(
        this, source,
        [definition = m_session.documents().source(source)->value()](
            service::Workspace& workspace, const StopToken& stop) -> Tables {
            return workspace.tables(definition, stop);
        },
        [this, source, dialog = QPointer<NewDefinitionDialog>(m_dialog)](Tables tables) {
            if (!dialog)
                return;
            if (tables)
                m_tables[source] = *std::move(tables);
            else
                m_refused[source] = tables.error().message;
            if (--m_asked == 0)
                m_dialog->setBusy({});
            showChoices();
        });
}

void NewModel::showChoices()
{
    const project::Project project = m_session.documents().edited();
    std::vector<DefinitionChoice> choices;
    QStringList remarks;
    m_begins.clear();
    for (const project::SourceDefinition& source : project.sources) {
        DefinitionChoice query;
        query.group = tr("Write a query");
        query.icon = Icon::Code;
        query.title = tr("SQL at %1").arg(nameOf(source));
        query.proposedName = tr("New model");
        choices.push_back(std::move(query));
        m_begins.push_back({source.slug, std::nullopt, std::nullopt});
        if (const auto refused = m_refused.find(source.slug); refused != m_refused.end())
            remarks.append(tr("%1: %2").arg(nameOf(source), refused->second));
    }
    addManifests(choices);
    for (const project::SourceDefinition& source : project.sources)
        for (const warehouse::TableInfo& table : m_tables[source.slug]) {
            DefinitionChoice choice;
            choice.group = tr("Tables and views of %1").arg(nameOf(source));
            choice.icon = Icon::Table;
            choice.title = table.schema.empty() ? toQString(table.name)
                                                : toQString(table.schema + '.' + table.name);
            choice.detail = toQString(table.comment);
            choice.proposedName = toQString(table.name);
            choices.push_back(std::move(choice));
            m_begins.push_back({source.slug, table, std::nullopt});
        }
    if (project.sources.empty())
        remarks.append(tr("A model reads rows of a source. Make a source first."));
    m_dialog->setRemark(remarks.join(QLatin1Char('\n')));
    m_dialog->setChoices(std::move(choices));
}

void NewModel::make(int choice, const QString& name)
{
    const Begin& begin = m_begins[static_cast<std::size_t>(choice)];
    if (begin.manifest)
        return begin.manifest->empty() ? openManifest() : pickOf(*begin.manifest);
    project::ModelDefinition model;
    model.name = name.toStdString();
    model.source = begin.source;
    if (begin.table)
        model.table = project::TableReference{begin.table->schema, begin.table->name};
    add(std::move(model));
}

void NewModel::findManifests()
{
    using Found = Result<std::vector<service::FoundManifest>>;
    m_session.ask(
        this,
        [folder = m_session.directory()](service::Workspace&, const StopToken&) -> Found {
            const auto environment = service::FoundPlaces::ofThisUser(folder).environment;
            return service::findManifests(folder, environment);
        },
        [this, dialog = QPointer<NewDefinitionDialog>(m_dialog)](Found found) {
            // Without the folder there is no manifest in it either.
            if (!dialog || !found)
                return;
            m_manifests = *std::move(found);
            showChoices();
        });
}

void NewModel::addManifests(std::vector<DefinitionChoice>& choices)
{
    const QDir folder(toQString(m_session.directory()));
    for (const service::FoundManifest& manifest : m_manifests) {
        DefinitionChoice choice;
        choice.group = tr("Models of dbt");
        choice.icon = Icon::Model;
        choice.title = manifest.project.empty()
                           ? tr("A model of dbt")
                           : tr("A model of the dbt project %1").arg(toQString(manifest.project));
        choice.detail =
            tr("%1, written %2")
                .arg(folder.relativeFilePath(toQString(manifest.file)),
                     QLocale().toString(QDateTime::fromMSecsSinceEpoch(manifest.written),
                                        QLocale::ShortFormat));
        choice.proceed = tr("Choose the model...");
        choices.push_back(std::move(choice));
        m_begins.push_back({{}, std::nullopt, manifest.file});
    }
    DefinitionChoice open;
    open.group = tr("Models of dbt");
    open.icon = Icon::Open;
    open.title = tr("Open a manifest.json of dbt");
    open.detail = tr("From the target folder of a dbt project");
    open.proceed = tr("Open...");
    choices.push_back(std::move(open));
    m_begins.push_back({{}, std::nullopt, std::string()});
}

void NewModel::openManifest()
{
    auto* dialog =
        new QFileDialog(m_window, tr("Open a manifest of dbt"), toQString(m_session.directory()),
                        tr("Manifest of dbt (manifest*.json);;JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { pickOf(file.toStdString()); });
    connect(dialog, &QDialog::rejected, this, &QObject::deleteLater);
    connect(&m_session, &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

void NewModel::pickOf(const std::string& manifest)
{
    auto* picker = new DbtPicker(m_session, manifest, m_window);
    connect(picker, &DbtPicker::picked, this, &NewModel::add);
    connect(picker, &QDialog::rejected, this, &QObject::deleteLater);
    picker->open();
}

void NewModel::add(project::ModelDefinition model)
{
    model.id = makeId(m_random);
    model.slug = m_session.documents().freeSlug(PageKind::Model, toQString(model.name));
    const PageId id{PageKind::Model, model.slug};
    m_session.documents().add(std::move(model));
    Q_EMIT made(id);
    deleteLater();
}

} // namespace headgate::ui
