// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/dbt_picker.h"

#include "base/text.h"
#include "model/dbt_model_details.h"
#include "model/dbt_models_model.h"
#include "service/manifest_finder.h"
#include "session/documents.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/tokens.h"
#include "widgets/message_strip.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"
#include "widgets/table_view.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSplitter>

namespace headgate::ui {

namespace {

constexpr QSize pickerSize(1040, 680);
constexpr int nameWidth = 200;
constexpr int kindWidth = 72;

/// "shop, 212 models, dbt 1.8.2, written 2 January 2026 03:04"
QString aboutText(const dbt::Manifest& manifest)
{
    QStringList parts;
    if (!manifest.project.empty())
        parts.append(toQString(manifest.project));
    parts.append(DbtPicker::tr("%n models", nullptr, static_cast<int>(manifest.models.size())));
    if (!manifest.dbtVersion.empty())
        parts.append(DbtPicker::tr("dbt %1").arg(toQString(manifest.dbtVersion)));
    const QDateTime written =
        QDateTime::fromString(toQString(manifest.generatedAt), Qt::ISODateWithMs).toLocalTime();
    if (written.isValid())
        parts.append(
            DbtPicker::tr("written %1").arg(QLocale().toString(written, QLocale::ShortFormat)));
    return parts.join(QStringLiteral("  \u00B7  "));
}

} // namespace

DbtPicker::DbtPicker(ProjectSession& session, const std::string& manifestFile, QWidget* window)
    : QDialog(window), m_session(session), m_file(manifestFile)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New model of dbt"));
    resize(pickerSize);
    build();
    connect(&m_session, &QObject::destroyed, this, &QDialog::reject);
    read();
}

DbtPicker::~DbtPicker() = default;

QWidget* DbtPicker::makeList()
{
    m_models = new DbtModelsModel(this);
    m_search = new SearchField(tr("Search models and columns"));
    m_list = new QTableView;
    m_list->setAccessibleName(tr("Models of dbt"));
    m_list->setModel(m_models);
    dressTable(m_list);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->verticalHeader()->hide();
    m_list->horizontalHeader()->setStretchLastSection(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setColumnWidth(DbtModelsModel::NameColumn, nameWidth);
    m_list->setColumnWidth(DbtModelsModel::KindColumn, kindWidth);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, grid::gap, 0);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    connect(m_search, &SearchField::searched, this, [this](const QString& text) {
        m_models->setFilter(text);
        m_list->selectRow(0);
        showCurrent();
    });
    connect(m_search, &SearchField::wentDown, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_search, &SearchField::accepted, this, &DbtPicker::pick);
    connect(m_search, &SearchField::left, this, &QDialog::reject);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &DbtPicker::showCurrent);
    connect(m_list, &QTableView::activated, this, &DbtPicker::pick);
    return box;
}

QWidget* DbtPicker::makeChoice()
{
    m_relation = new QRadioButton(tr("Read the relation that dbt built"));
    m_sql = new QRadioButton(tr("Read by its compiled SQL"));
    m_source = new QComboBox;
    m_source->setAccessibleName(tr("Source"));
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name"));
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_named = !text.isEmpty();
        showCurrent();
    });
    m_create = new QPushButton(tr("Create"));
    setButtonKind(m_create, ButtonKind::Primary);
    m_create->setDefault(true);
    connect(m_create, &QPushButton::clicked, this, &DbtPicker::pick);
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* box = new QWidget;
    auto* layout = new QGridLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(grid::gap);
    layout->setVerticalSpacing(grid::gap);
    layout->addWidget(m_relation, 0, 0, 1, 2);
    layout->addWidget(m_sql, 1, 0, 1, 2);
    const auto labelled = [&](const QString& text, QWidget* field, int row) {
        auto* label = new QLabel(text);
        label->setBuddy(field);
        layout->addWidget(label, row, 2);
        layout->addWidget(field, row, 3, 1, 3);
    };
    labelled(tr("&Source"), m_source, 0);
    labelled(tr("&Name"), m_name, 1);
    layout->addWidget(cancel, 2, 4);
    layout->addWidget(m_create, 2, 5);
    layout->setColumnStretch(1, 1);
    layout->setColumnStretch(3, 1);
    return box;
}

void DbtPicker::build()
{
    m_about = new QLabel(toQString(m_file));
    m_about->setAccessibleName(tr("About the manifest"));
    m_about->setTextFormat(Qt::PlainText);
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_spinner = new Spinner;
    m_spinner->setText(tr("Reading the manifest"));
    m_message = new MessageStrip;
    m_message->clear();
    m_message->setDismissable(false);
    m_details = new DbtModelDetails;
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeList());
    splitter->addWidget(m_details);
    splitter->setSizes({480, 540});
    auto* head = new QHBoxLayout;
    head->addWidget(m_about, 1);
    head->addWidget(m_spinner);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::section, grid::section, grid::section);
    layout->setSpacing(grid::gap + grid::unit);
    layout->addLayout(head);
    layout->addWidget(m_message);
    layout->addWidget(splitter, 1);
    layout->addWidget(makeChoice());
    m_search->setFocus();
    showCurrent();
}

void DbtPicker::read()
{
    m_spinner->start();
    m_question.ask(
        m_session, this,
        [file = m_file](service::Workspace&, const StopToken& stop) {
            return service::readManifestFile(file, stop);
        },
        [this](Result<dbt::Manifest> manifest) {
            m_spinner->stop();
            if (manifest)
                return take(*std::move(manifest));
            m_message->showMessage(messageOf(manifest.error()));
        });
}

void DbtPicker::take(dbt::Manifest manifest)
{
    m_manifest = std::make_shared<const dbt::Manifest>(std::move(manifest));
    m_about->setText(aboutText(*m_manifest));
    m_about->setToolTip(toQString(m_file));
    QStringList notes;
    for (const QString& note : m_manifest->notes)
        notes.append(note);
    if (m_manifest->models.empty())
        notes.append(tr("This dbt project has no model, seed or snapshot."));
    if (!notes.isEmpty())
        m_message->showMessage({Tone::Info, notes.join(QLatin1Char(' ')), {}, {}, {}});
    chooseSource();
    m_models->setManifest(m_manifest);
    m_list->selectRow(0);
    showCurrent();
}

/// The first source of the manifest's own kind of warehouse is the likely one.
void DbtPicker::chooseSource()
{
    const project::Project project = m_session.documents().edited();
    const std::string& kind =
        m_manifest->warehouse.empty() ? m_manifest->adapter : m_manifest->warehouse;
    int likely = -1;
    for (const project::SourceDefinition& source : project.sources) {
        m_source->addItem(toQString(source.name.empty() ? source.slug : source.name),
                          toQString(source.slug));
        if (likely < 0 && source.warehouse == kind)
            likely = m_source->count() - 1;
    }
    m_source->setCurrentIndex(std::max(likely, 0));
    if (project.sources.empty())
        m_message->showMessage({Tone::Warning,
                                tr("A model reads rows of a source. Make a source first."),
                                {},
                                {},
                                {}});
    else if (likely < 0 && !m_manifest->adapter.empty())
        m_message->showMessage(
            {Tone::Warning,
             tr("dbt builds these models with its adapter '%1'; no source here is of that kind.")
                 .arg(toQString(m_manifest->adapter)),
             tr("Choose the source that has the same tables, or make one."),
             {},
             {}});
}

const dbt::ManifestModel* DbtPicker::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? &m_models->modelAt(index.row()) : nullptr;
}

void DbtPicker::showCurrent()
{
    const dbt::ManifestModel* const model = current();
    m_details->showModel(model);
    m_relation->setEnabled(model != nullptr && !model->relation.empty());
    m_sql->setEnabled(model != nullptr && !model->compiledSql.empty());
    if (m_relation->isEnabled() && (!m_sql->isChecked() || !m_sql->isEnabled()))
        m_relation->setChecked(true);
    else if (m_sql->isEnabled() && !m_relation->isEnabled())
        m_sql->setChecked(true);
    if (!m_named)
        m_name->setText(model == nullptr ? QString() : toQString(model->name));
    const bool readable = m_relation->isEnabled() || m_sql->isEnabled();
    m_create->setEnabled(readable && m_source->count() > 0 && !m_name->text().trimmed().isEmpty());
}

void DbtPicker::pick()
{
    const dbt::ManifestModel* const model = current();
    if (model == nullptr || !m_create->isEnabled())
        return;
    const std::string slug = m_source->currentData().toString().toStdString();
    const SourceDocument* const source = m_session.documents().source(slug);
    if (source == nullptr)
        return;
    project::ModelDefinition draft =
        draftOf(*model, m_sql->isChecked() ? DbtReading::CompiledSql : DbtReading::Relation,
                databaseOf(source->value(), m_session.contents()->target));
    draft.source = slug;
    draft.name = m_name->text().trimmed().toStdString();
    Q_EMIT picked(draft);
    accept();
}

} // namespace headgate::ui
