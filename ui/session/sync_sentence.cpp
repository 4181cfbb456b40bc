// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sync_sentence.h"

#include "base/text.h"
#include "session/documents.h"
#include "session/matching_suggestion.h"
#include "session/project_session.h"
#include "theme/tokens.h"
#include "widgets/column_choice.h"
#include "widgets/elided_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace headgate::ui {

namespace {

constexpr int leastChoice = 110;

QComboBox* choice(const QString& name, const QString& none)
{
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setPlaceholderText(none);
    box->setMinimumWidth(leastChoice);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

} // namespace

SyncSentence::SyncSentence(ProjectSession& session, SyncDocument& document, QWidget* parent)
    : QWidget(parent), m_session(session), m_document(document), m_key(new ColumnChoice),
      m_object(choice(tr("Object"), tr("choose an object"))), m_destination(new ElidedLabel),
      m_foundBy(new QLabel(tr("found by"))), m_field(choice(tr("Field to match"), tr("a field")))
{
    m_key->setAccessibleName(tr("Record key"));
    m_key->setNone(tr("choose a record key"));
    m_key->setToolTip(tr("Rows with the same record key make one payload"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::gap);
    layout->addWidget(new QLabel(tr("One payload per")));
    layout->addWidget(m_key);
    layout->addWidget(new QLabel(tr("for")));
    layout->addWidget(m_object);
    layout->addWidget(m_destination);
    layout->addWidget(m_foundBy);
    layout->addWidget(m_field);
    layout->addStretch(1);
    connect(m_key, &ColumnChoice::edited, this, &SyncSentence::chooseKey);
    connect(m_object, &QComboBox::activated, this, [this](int index) {
        chooseObject(m_object->itemData(index).toString().toStdString());
    });
    connect(m_field, &QComboBox::textActivated, this,
            [this](const QString& text) { chooseField(text.toStdString()); });
    connect(&m_document, &Document::changed, this, &SyncSentence::show);
    connect(&m_session, &ProjectSession::trustChanged, this, &SyncSentence::askObjects);
    show();
    askObjects();
}

void SyncSentence::setColumns(const data::Schema& columns)
{
    m_columns = columns;
    show();
}

void SyncSentence::show()
{
    const project::SyncDefinition& sync = m_document.value();
    m_key->setColumns(m_columns, sync.recordKey);
    m_object->clear();
    for (const connector::ObjectInfo& each : m_objects)
        m_object->addItem(each.label.isEmpty() ? toQString(each.id) : each.label,
                          toQString(each.id));
    if (!sync.object.empty() && m_object->findData(toQString(sync.object)) < 0)
        m_object->addItem(toQString(sync.object), toQString(sync.object));
    m_object->setCurrentIndex(m_object->findData(toQString(sync.object)));
    const DestinationDocument* const destination =
        m_session.documents().destination(sync.destination);
    m_destination->setText(destination ? tr("in %1,").arg(destination->name()) : QString());
    m_field->clear();
    if (const connector::ObjectInfo* info = object(sync.object))
        for (const std::string& field : info->matchFields)
            m_field->addItem(toQString(field));
    const QString field = toQString(sync.matching.field);
    if (!field.isEmpty() && m_field->findText(field) < 0)
        m_field->addItem(field);
    m_field->setCurrentIndex(m_field->findText(field));
    m_foundBy->setVisible(m_field->count() > 0);
    m_field->setVisible(m_field->count() > 0);
    if (destination && m_objectsOf != sync.destination)
        askObjects();
}

void SyncSentence::askObjects()
{
    const std::string slug = m_document.value().destination;
    const DestinationDocument* const destination = m_session.documents().destination(slug);
    if (destination == nullptr || !m_session.contents()->trusted)
        return;
    m_objectsOf = slug;
    using Objects = Result<std::vector<connector::ObjectInfo>>;
    m_session.askFar(
        this,
        [definition = m_session.reached(destination->value())](service::Workspace& workspace,
                                                               const StopToken& stop) -> Objects {
            return workspace.objects(definition, stop);
        },
        // What is wrong with a destination is said on its page.
        [this, slug](Objects objects) {
            if (slug != m_objectsOf)
                return;
            if (!objects)
                return m_objectsOf.clear();
            m_objects = *std::move(objects);
            show();
        });
}

void SyncSentence::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_objectsOf.empty())
        askObjects();
}

const connector::ObjectInfo* SyncSentence::object(const std::string& id) const
{
    for (const connector::ObjectInfo& each : m_objects)
        if (each.id == id)
            return &each;
    return nullptr;
}

void SyncSentence::completeMatching(project::SyncDefinition& sync) const
{
    if (const connector::ObjectInfo* const info = object(sync.object))
        sync.matching = suggestedMatching(sync, m_columns, info->matchFields);
}

void SyncSentence::chooseKey()
{
    project::SyncDefinition next = m_document.value();
    const bool matchedByKey =
        next.recordKey.size() == 1 && next.matching.column == next.recordKey.front();
    next.recordKey = m_key->chosen();
    if (matchedByKey)
        next.matching = {};
    completeMatching(next);
    m_document.change(tr("Record key"), std::move(next));
}

void SyncSentence::chooseObject(const std::string& chosen)
{
    project::SyncDefinition next = m_document.value();
    if (next.object == chosen)
        return;
    next.object = chosen;
    const connector::ObjectInfo* const info = object(chosen);
    if (info != nullptr && std::find(info->matchFields.begin(), info->matchFields.end(),
                                     next.matching.field) == info->matchFields.end())
        next.matching.field.clear();
    completeMatching(next);
    m_document.change(tr("Object"), std::move(next));
}

void SyncSentence::chooseField(const std::string& field)
{
    project::SyncDefinition next = m_document.value();
    next.matching.field = field;
    completeMatching(next);
    m_document.change(tr("Match field"), std::move(next));
}

} // namespace headgate::ui
