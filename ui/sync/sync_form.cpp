// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/sync_form.h"

#include "base/text.h"
#include "session/documents.h"
#include "session/matching_suggestion.h"
#include "session/project_session.h"
#include "sync/related_form.h"
#include "sync/sync_fields.h"
#include "sync/sync_forecast.h"
#include "theme/fonts.h"
#include "widgets/column_choice.h"
#include "widgets/condition_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <array>

namespace headgate::ui {

namespace {

using project::SyncDefinition;
using project::SyncMode;

constexpr int formWidth = 720;

QComboBox* named(QComboBox* box, const QString& name)
{
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

QString modeName(SyncMode mode)
{
    switch (mode) {
    case SyncMode::Upsert:
        return SyncForm::tr("Upsert");
    case SyncMode::Update:
        return SyncForm::tr("Update");
    case SyncMode::Insert:
        return SyncForm::tr("Insert");
    case SyncMode::Mirror:
        return SyncForm::tr("Mirror");
    case SyncMode::Replace:
        return SyncForm::tr("Replace");
    case SyncMode::Append:
        return SyncForm::tr("Append");
    case SyncMode::Delete:
        return SyncForm::tr("Delete");
    }
    return {};
}

QString modeNote(SyncMode mode)
{
    switch (mode) {
    case SyncMode::Upsert:
        return SyncForm::tr("Updates the records that are there and creates the others.");
    case SyncMode::Update:
        return SyncForm::tr("Updates the records that are there; creates none.");
    case SyncMode::Insert:
        return SyncForm::tr("Creates records; those that are there stay as they are.");
    case SyncMode::Mirror:
        return SyncForm::tr("As Upsert, and does something with records that left the model.");
    case SyncMode::Replace:
        return SyncForm::tr("Sends the whole set each time, in the place of what was there.");
    case SyncMode::Append:
        return SyncForm::tr("Sends each new record once and never again.");
    case SyncMode::Delete:
        return SyncForm::tr("Deletes the records that the model lists.");
    }
    return {};
}

constexpr std::array allModes{SyncMode::Upsert, SyncMode::Update,  SyncMode::Insert,
                              SyncMode::Mirror, SyncMode::Replace, SyncMode::Append,
                              SyncMode::Delete};

QString deleteName(project::DeleteBehaviour behaviour)
{
    switch (behaviour) {
    case project::DeleteBehaviour::Nothing:
        return SyncForm::tr("do nothing");
    case project::DeleteBehaviour::Clear:
        return SyncForm::tr("clear the fields that this sync fills");
    case project::DeleteBehaviour::Archive:
        return SyncForm::tr("archive the destination record");
    case project::DeleteBehaviour::Delete:
        return SyncForm::tr("delete the destination record");
    }
    return {};
}

QString inDoubtName(project::InDoubtPolicy policy)
{
    switch (policy) {
    case project::InDoubtPolicy::Ask:
        return SyncForm::tr("ask me");
    case project::InDoubtPolicy::Resend:
        return SyncForm::tr("send it again: a second copy does no harm");
    case project::InDoubtPolicy::Skip:
        return SyncForm::tr("do not send it again");
    }
    return {};
}

QLabel* note()
{
    auto* label = new QLabel;
    label->setFont(textFont(TextSize::Small));
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    return label;
}

template <typename Definition>
void fill(QComboBox* box, const std::vector<Definition>& definitions, const std::string& chosen)
{
    box->clear();
    for (const Definition& each : definitions)
        box->addItem(toQString(each.name.empty() ? each.slug : each.name), toQString(each.slug));
    box->setCurrentIndex(box->findData(toQString(chosen)));
}

} // namespace

SyncForm::SyncForm(ProjectSession& session, SyncDocument& document, QWidget* parent)
    : QWidget(parent), m_session(session), m_document(document)
{
    build();
    setFocusProxy(m_name);
    showSync();
    connect(&m_document, &Document::changed, this, &SyncForm::showSync);
    connect(&m_session, &ProjectSession::trustChanged, this, &SyncForm::showSync);
    connect(&m_session.documents(), &Documents::documentChanged, this, [this](const PageId& id) {
        if (id.kind == PageKind::Model) {
            m_asked.erase(id.slug);
            askSchemas();
        }
    });
}

QFormLayout* SyncForm::section(QVBoxLayout* column, const QString& title)
{
    auto* label = new QLabel(title);
    label->setFont(textFont(TextSize::Body, QFont::DemiBold));
    label->setContentsMargins(0, grid::section, 0, grid::unit);
    column->addWidget(label);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft);
    form->setSpacing(grid::gap);
    column->addLayout(form);
    m_sections.push_back(form);
    return form;
}

void SyncForm::alignLabels()
{
    std::vector<QWidget*> labels;
    int widest = 0;
    for (const QFormLayout* form : m_sections)
        for (int row = 0; row < form->rowCount(); ++row)
            if (const QLayoutItem* item = form->itemAt(row, QFormLayout::LabelRole)) {
                labels.push_back(item->widget());
                widest = std::max(widest, item->widget()->sizeHint().width());
            }
    for (QWidget* label : labels)
        label->setMinimumWidth(widest);
}

void SyncForm::build()
{
    auto* content = new QWidget;
    content->setMaximumWidth(formWidth);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(grid::section, 0, grid::section, grid::page);
    column->setSpacing(0);
    addWhat(section(column, tr("What data?")));
    addWhere(section(column, tr("Where to?")));
    addMatching(section(
        column, tr("How should rows in your model and records in the destination be matched?")));
    addChanges(section(column, tr("How should changes be synced?")));
    addFields(section(column, tr("Which fields?")));
    addGates(section(column, tr("When should a run stop before it sends anything?")));
    column->addStretch();
    alignLabels();
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

void SyncForm::addWhat(QFormLayout* form)
{
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name"));
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        change(
            tr("Name"), [&](SyncDefinition& sync) { sync.name = text.toStdString(); }, true);
    });
    form->addRow(tr("Name"), m_name);
    m_model = named(new QComboBox, tr("Model"));
    connect(m_model, &QComboBox::activated, this, [this](int index) {
        const std::string slug = m_model->itemData(index).toString().toStdString();
        change(tr("Model"), [&](SyncDefinition& sync) { sync.model = slug; });
    });
    form->addRow(tr("Model"), m_model);
    m_recordKey = new ColumnChoice;
    m_recordKey->setAccessibleName(tr("Record key"));
    m_recordKey->setToolTip(tr("Rows with the same record key are one record."));
    connect(m_recordKey, &ColumnChoice::edited, this, [this] {
        change(tr("Record key"),
               [this](SyncDefinition& sync) { sync.recordKey = m_recordKey->chosen(); });
    });
    form->addRow(tr("One record per"), m_recordKey);
    m_related = new RelatedForm;
    connect(m_related, &RelatedForm::edited, this, [this] {
        change(tr("Related models"),
               [this](SyncDefinition& sync) { sync.related = m_related->related(); });
    });
    form->addRow(tr("Related models"), m_related);
    m_filter = new ConditionEditor;
    connect(m_filter, &ConditionEditor::edited, this, [this](bool typing) {
        change(
            tr("Filter"), [this](SyncDefinition& sync) { sync.filter = m_filter->condition(); },
            typing);
    });
    form->addRow(tr("Only records where"), m_filter);
    m_forecast = new SyncForecast(m_session, m_document);
    form->addRow(tr("Records"), m_forecast);
}

void SyncForm::addWhere(QFormLayout* form)
{
    m_destination = named(new QComboBox, tr("Destination"));
    connect(m_destination, &QComboBox::activated, this, [this](int index) {
        const std::string slug = m_destination->itemData(index).toString().toStdString();
        change(tr("Destination"), [&](SyncDefinition& sync) {
            if (sync.destination == slug)
                return;
            sync.destination = slug;
            sync.object.clear();
            sync.matching = {};
        });
    });
    form->addRow(tr("Destination"), m_destination);
    m_object = named(new QComboBox, tr("Object"));
    connect(m_object, &QComboBox::activated, this, [this](int index) {
        const std::string chosen = m_object->itemData(index).toString().toStdString();
        change(tr("Object"), [&](SyncDefinition& sync) {
            sync.object = chosen;
            if (const connector::ObjectInfo* info = object(chosen))
                sync.matching = suggestedMatching(sync, m_schemas[sync.model], info->matchFields);
        });
    });
    m_objectNote = note();
    form->addRow(tr("Object"), m_object);
    form->addRow(QString(), m_objectNote);
    m_objectNote->hide();
}

void SyncForm::addMatching(QFormLayout* form)
{
    m_matchColumn = named(new QComboBox, tr("Value to match by"));
    connect(m_matchColumn, &QComboBox::activated, this, [this](int index) {
        const QStringList parts = m_matchColumn->itemData(index).toStringList();
        if (parts.size() != 2)
            return;
        change(tr("Match by"), [&](SyncDefinition& sync) {
            const bool leaf = parts.front() == QLatin1String("leaf");
            sync.matching.column = leaf ? std::string() : parts.back().toStdString();
            sync.matching.leaf = leaf ? parts.back().toStdString() : std::string();
        });
    });
    form->addRow(tr("The value of"), m_matchColumn);
    m_matchField = named(new QComboBox, tr("Field to match"));
    connect(m_matchField, &QComboBox::textActivated, this, [this](const QString& text) {
        change(tr("Match field"),
               [&](SyncDefinition& sync) { sync.matching.field = text.toStdString(); });
    });
    form->addRow(tr("is found in"), m_matchField);
}

void SyncForm::addChanges(QFormLayout* form)
{
    m_mode = named(new QComboBox, tr("Sync mode"));
    connect(m_mode, &QComboBox::activated, this, [this](int index) {
        const auto mode = static_cast<SyncMode>(m_mode->itemData(index).toInt());
        change(tr("Sync mode"), [mode](SyncDefinition& sync) { sync.mode = mode; });
    });
    m_modeNote = note();
    form->addRow(tr("Sync mode"), m_mode);
    form->addRow(QString(), m_modeNote);
    m_delete = named(new QComboBox, tr("What left the model"));
    for (const auto behaviour :
         {project::DeleteBehaviour::Nothing, project::DeleteBehaviour::Clear,
          project::DeleteBehaviour::Archive, project::DeleteBehaviour::Delete})
        m_delete->addItem(deleteName(behaviour), static_cast<int>(behaviour));
    connect(m_delete, &QComboBox::activated, this, [this](int index) {
        const auto chosen =
            static_cast<project::DeleteBehaviour>(m_delete->itemData(index).toInt());
        change(tr("What left the model"),
               [chosen](SyncDefinition& sync) { sync.deleteBehaviour = chosen; });
    });
    form->addRow(tr("What left the model"), m_delete);
    m_inDoubt = named(new QComboBox, tr("No answer came"));
    for (const auto policy : {project::InDoubtPolicy::Ask, project::InDoubtPolicy::Resend,
                              project::InDoubtPolicy::Skip})
        m_inDoubt->addItem(inDoubtName(policy), static_cast<int>(policy));
    connect(m_inDoubt, &QComboBox::activated, this, [this](int index) {
        const auto policy = static_cast<project::InDoubtPolicy>(m_inDoubt->itemData(index).toInt());
        change(tr("No answer came"), [policy](SyncDefinition& sync) { sync.onInDoubt = policy; });
    });
    form->addRow(tr("No answer came"), m_inDoubt);
    m_batch = new QSpinBox;
    m_batch->setAccessibleName(tr("Records a request"));
    m_batch->setRange(0, 100000);
    m_batch->setSpecialValueText(tr("as many as the destination takes"));
    connect(m_batch, &QSpinBox::valueChanged, this, [this](int records) {
        change(
            tr("Records a request"),
            [records](SyncDefinition& sync) {
                sync.batch.records = static_cast<std::uint32_t>(records);
            },
            true);
    });
    form->addRow(tr("Records a request"), m_batch);
}

void SyncForm::addFields(QFormLayout* form)
{
    m_fields = new SyncFields;
    connect(m_fields, &SyncFields::shapeWanted, this, &SyncForm::shapeWanted);
    connect(m_fields, &SyncFields::refreshWanted, this, &SyncForm::askAgain);
    form->addRow(m_fields);
}

void SyncForm::change(const QString& step, const std::function<void(SyncDefinition&)>& edit,
                      bool typing)
{
    SyncDefinition next = m_document.value();
    edit(next);
    m_document.change(step, std::move(next), typing ? step : QString());
}

const connector::ObjectInfo* SyncForm::object(const std::string& id) const
{
    for (const connector::ObjectInfo& each : m_objects)
        if (each.id == id)
            return &each;
    return nullptr;
}

void SyncForm::showSync()
{
    const SyncDefinition& sync = m_document.value();
    const project::Project project = m_session.documents().edited();
    if (m_name->text().toStdString() != sync.name)
        m_name->setText(toQString(sync.name));
    fill(m_model, project.models, sync.model);
    fill(m_destination, project.destinations, sync.destination);
    for (const auto& [box, share] : {std::pair(m_removed, sync.gates.removedShare),
                                     std::pair(m_changed, sync.gates.changedShare),
                                     std::pair(m_invalid, sync.gates.invalidShare),
                                     std::pair(m_relatedShrink, sync.gates.relatedShrinkShare)}) {
        const QSignalBlocker blocker(box);
        box->setValue(share * 100);
    }
    const QSignalBlocker ofBatch(m_batch);
    m_batch->setValue(static_cast<int>(sync.batch.records));
    const QSignalBlocker ofMinimum(m_removedMinimum);
    m_removedMinimum->setValue(static_cast<int>(
        std::min<std::uint64_t>(sync.gates.removedMinimum, m_removedMinimum->maximum())));
    const QSignalBlocker ofEmpty(m_empty);
    m_empty->setChecked(sync.gates.emptyAfterNonEmpty);
    m_fields->setSync(sync);
    m_delete->setCurrentIndex(m_delete->findData(static_cast<int>(sync.deleteBehaviour)));
    m_delete->setEnabled(sync.mode == SyncMode::Mirror);
    m_inDoubt->setCurrentIndex(m_inDoubt->findData(static_cast<int>(sync.onInDoubt)));
    showModes();
    showChoices();
    askSchemas();
    askObjects();
    askFields();
}

void SyncForm::showModes()
{
    const SyncDefinition& sync = m_document.value();
    m_mode->clear();
    for (const SyncMode mode : allModes)
        m_mode->addItem(modeName(mode), static_cast<int>(mode));
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(sync.mode)));
    m_modeNote->setText(modeNote(sync.mode));
}

/// What depends on answers of the warehouse and the destination.
void SyncForm::showChoices()
{
    const SyncDefinition& sync = m_document.value();
    const project::Project project = m_session.documents().edited();
    const auto schema = m_schemas.find(sync.model);
    const data::Schema columns = schema == m_schemas.end() ? data::Schema() : schema->second;
    if (m_recordKey->chosen() != sync.recordKey || !columns.columns.empty())
        m_recordKey->setColumns(columns, sync.recordKey);
    m_related->setRelated(project, sync.model, sync.related, m_schemas);
    m_filter->setSchema(columns);
    m_filter->setCondition(sync.filter);
    m_object->clear();
    for (const connector::ObjectInfo& each : m_objects)
        m_object->addItem(each.label.isEmpty() ? toQString(each.id) : each.label,
                          toQString(each.id));
    if (!sync.object.empty() && m_object->findData(toQString(sync.object)) < 0)
        m_object->addItem(toQString(sync.object), toQString(sync.object));
    m_object->setCurrentIndex(m_object->findData(toQString(sync.object)));
    showMatching();
}

void SyncForm::showMatching()
{
    const SyncDefinition& sync = m_document.value();
    m_matchColumn->clear();
    const auto schema = m_schemas.find(sync.model);
    if (schema != m_schemas.end())
        for (const std::string& name : schema->second.addressableNames())
            m_matchColumn->addItem(tr("column %1").arg(toQString(name)),
                                   QStringList{QStringLiteral("column"), toQString(name)});
    if (sync.shape)
        for (const std::string& path : sync.shape->leafPaths())
            m_matchColumn->addItem(tr("field %1").arg(toQString(path)),
                                   QStringList{QStringLiteral("leaf"), toQString(path)});
    const bool byLeaf = !sync.matching.leaf.empty();
    const QStringList chosen{byLeaf ? QStringLiteral("leaf") : QStringLiteral("column"),
                             toQString(byLeaf ? sync.matching.leaf : sync.matching.column)};
    if (!chosen.back().isEmpty() && m_matchColumn->findData(chosen) < 0)
        m_matchColumn->addItem(chosen.back(), chosen);
    m_matchColumn->setCurrentIndex(m_matchColumn->findData(chosen));
    m_matchField->clear();
    if (const connector::ObjectInfo* info = object(sync.object))
        for (const std::string& field : info->matchFields)
            m_matchField->addItem(toQString(field));
    const QString field = toQString(sync.matching.field);
    if (!field.isEmpty() && m_matchField->findText(field) < 0)
        m_matchField->addItem(field);
    m_matchField->setCurrentIndex(m_matchField->findText(field));
}

void SyncForm::askSchemas()
{
    askSchema(m_document.value().model);
    for (const project::ModelDefinition& model : m_session.documents().edited().models)
        askSchema(model.slug);
}

void SyncForm::askSchema(const std::string& slug)
{
    const ModelDocument* const model = m_session.documents().model(slug);
    if (model == nullptr || !m_session.contents()->trusted || !m_asked.insert(slug).second)
        return;
    const SourceDocument* const source = m_session.documents().source(model->value().source);
    if (source == nullptr)
        return;
    m_session.askSource(
        this, model->value().source,
        [draft = model->value(), source = source->value()](service::Workspace& workspace,
                                                           const StopToken& stop) {
            return workspace.previewQuery(source, draft, 1, stop);
        },
        [this, slug](Result<service::Rows> rows) {
            // What is wrong with a model is said on its page; it may be mended when this is seen
            // again.
            if (!rows) {
                m_asked.erase(slug);
                return;
            }
            m_schemas[slug] = rows->schema;
            showChoices();
        });
}

void SyncForm::askObjects()
{
    const std::string slug = m_document.value().destination;
    const DestinationDocument* const destination = m_session.documents().destination(slug);
    if (destination == nullptr || !m_session.contents()->trusted || slug == m_objectsOf)
        return;
    m_objectsOf = slug;
    m_objectNote->setText(tr("Asking the destination for its objects"));
    m_objectNote->show();
    m_session.askFar(
        this,
        [definition = m_session.reached(destination->value())](service::Workspace& workspace,
                                                               const StopToken& stop) {
            return workspace.objects(definition, stop);
        },
        [this](Result<std::vector<connector::ObjectInfo>> objects) {
            m_objectNote->setVisible(!objects);
            m_objectNote->setText(objects ? QString() : objects.error().message);
            if (!objects)
                m_objectsOf.clear();
            m_objects = objects ? *std::move(objects) : std::vector<connector::ObjectInfo>();
            showChoices();
        });
}

void SyncForm::askFields()
{
    const SyncDefinition& sync = m_document.value();
    const DestinationDocument* const destination =
        m_session.documents().destination(sync.destination);
    const std::string asked = sync.destination + '/' + sync.object;
    if (destination == nullptr || !m_session.contents()->trusted || asked == m_fieldsOf)
        return;
    m_fieldsOf = asked;
    if (sync.object.empty())
        return m_fields->setTrouble(tr("Choose an object: its fields are listed here."));
    m_fields->setAsking();
    using Fields = Result<std::pair<std::vector<connector::FieldInfo>, bool>>;
    m_session.askFar(
        this,
        [definition = m_session.reached(destination->value()),
         object = sync.object](service::Workspace& workspace, const StopToken& stop) -> Fields {
            auto details = workspace.objectDetails(definition, object, stop);
            if (!details)
                return propagate(std::move(details));
            const auto spec = workspace.connectors().find(definition.connector);
            const auto* const known = spec ? spec->findObject(object) : nullptr;
            return std::pair(std::move(details->fields), known != nullptr && known->freeFields);
        },
        [this, asked](Fields details) {
            if (asked != m_fieldsOf)
                return;
            if (details)
                return m_fields->setFields(details->first, details->second);
            m_fieldsOf.clear();
            m_fields->setTrouble(details.error().message);
        });
}

void SyncForm::askAgain()
{
    m_objectsOf.clear();
    m_fieldsOf.clear();
    askObjects();
    askFields();
}

void SyncForm::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    askSchemas();
    askObjects();
    askFields();
}

} // namespace headgate::ui
