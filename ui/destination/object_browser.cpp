// SPDX-License-Identifier: GPL-3.0-or-later
#include "destination/object_browser.h"

#include "base/text.h"
#include "destination/connector_fields.h"
#include "session/field_table.h"
#include "theme/fonts.h"
#include "widgets/elided_label.h"
#include "widgets/empty_state.h"
#include "widgets/message_strip.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

namespace {

QString useOf(const connector::FieldInfo& field)
{
    QStringList uses;
    if (field.matchable)
        uses.append(ObjectBrowser::tr("records can be matched on it"));
    if (!field.writable)
        uses.append(ObjectBrowser::tr("read only"));
    return uses.join(QStringLiteral(", "));
}

} // namespace

ObjectBrowser::ObjectBrowser(QWidget* parent)
    : QWidget(parent), m_stack(new QStackedWidget),
      m_nothing(new EmptyState(Icon::Destination, QString(), QString())), m_list(new QListWidget)
{
    m_list->setAccessibleName(tr("Objects"));
    m_list->setFrameShape(QFrame::NoFrame);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("destination.objects"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(makeDetails());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({220, 720});
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_list, &QListWidget::currentRowChanged, this, &ObjectBrowser::choose);
}

QWidget* ObjectBrowser::makeDetails()
{
    m_title = new ElidedLabel;
    m_title->setAccessibleName(tr("Object"));
    m_title->setFont(textFont(TextSize::Body, QFont::DemiBold));
    m_limits = new QLabel;
    m_limits->setAccessibleName(tr("Limits"));
    m_limits->setForegroundRole(QPalette::PlaceholderText);
    m_limits->setTextFormat(Qt::PlainText);
    m_limits->setWordWrap(true);
    m_spinner = new Spinner;
    m_search = new SearchField(tr("Search fields"));
    m_message = new MessageStrip;
    m_fields = new FieldTable(tr("Use"));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_limits);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    head->setSpacing(grid::gap);
    head->addLayout(texts, 1);
    head->addWidget(m_spinner);
    head->addWidget(m_search, 0, Qt::AlignTop);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_message);
    layout->addWidget(m_fields, 1);
    connect(m_search, &SearchField::searched, m_fields, &FieldTable::filter);
    return box;
}

void ObjectBrowser::setNothing(const QString& title, const QString& sentence)
{
    m_objects.clear();
    m_nothing->setTexts(title, sentence);
    m_stack->setCurrentIndex(0);
}

void ObjectBrowser::setObjects(const std::vector<connector::ObjectInfo>& objects)
{
    if (objects.empty())
        return setNothing(tr("No objects"), tr("This account holds nothing to write to."));
    const int before = m_list->currentRow();
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        m_objects = objects;
        for (const connector::ObjectInfo& object : m_objects) {
            auto* item = new QListWidgetItem(
                themeIcon(Icon::TypeJson),
                object.label.isEmpty() ? toQString(object.id) : object.label, m_list);
            item->setToolTip(toQString(object.id));
        }
    }
    m_stack->setCurrentIndex(1);
    m_list->setCurrentRow(std::clamp(before, 0, m_list->count() - 1));
}

void ObjectBrowser::choose(int row)
{
    if (row < 0)
        return;
    const connector::ObjectInfo& object = m_objects[static_cast<std::size_t>(row)];
    m_title->setText(object.label.isEmpty() ? toQString(object.id) : object.label);
    m_limits->clear();
    m_message->clear();
    m_fields->setRowCount(0);
    m_spinner->start();
    Q_EMIT objectChosen(object.id);
}

void ObjectBrowser::showDetails(const service::ObjectDetails& details, bool takesOthers)
{
    m_spinner->stop();
    m_message->clear();
    const QString can =
        tr("Can %1; %2.")
            .arg(operationsText(details.capabilities), limitsText(details.capabilities));
    m_limits->setText(takesOthers ? can + QLatin1Char(' ') +
                                        tr("It also takes fields that are not listed here.")
                                  : can);
    m_fields->setFields(details.fields, [](const connector::FieldInfo& field) {
        return FieldTable::Remark{useOf(field)};
    });
    m_fields->filter(m_search->text());
}

void ObjectBrowser::showTrouble(const Error& error)
{
    m_spinner->stop();
    m_message->showMessage(messageOf(error));
}

} // namespace headgate::ui
