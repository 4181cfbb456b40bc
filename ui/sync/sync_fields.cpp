// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/sync_fields.h"

#include "base/text.h"
#include "session/field_table.h"
#include "theme/fonts.h"
#include "theme/icon.h"

#include "widgets/count_text.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int rowsShown = 8;

/// Paths of a shape are "/address/city"; destinations name that field "address.city".
std::string fieldName(const std::string& path)
{
    std::string name = path.substr(path.empty() ? 0 : 1);
    std::replace(name.begin(), name.end(), '/', '.');
    return name;
}

/// What of the shape is the field or the first thing inside of it; empty: nothing.
std::string filling(const project::SyncDefinition& sync, const std::string& field)
{
    if (!sync.shape)
        return {};
    const std::string inside = field + '.';
    for (const std::string& path : sync.shape->leafPaths()) {
        const std::string name = fieldName(path);
        if (name == field || name.compare(0, inside.size(), inside) == 0)
            return name;
    }
    return {};
}

bool isMatched(const project::SyncDefinition& sync, const std::string& field)
{
    return sync.matching.field == field;
}

FieldTable::Remark remarkOf(const project::SyncDefinition& sync, const connector::FieldInfo& field)
{
    if (isMatched(sync, field.name)) {
        const std::string& by =
            sync.matching.column.empty() ? sync.matching.leaf : sync.matching.column;
        return {SyncFields::tr("records are matched by it, with %1").arg(toQString(by))};
    }
    const std::string leaf = filling(sync, field.name);
    if (!leaf.empty())
        return {leaf == field.name ? SyncFields::tr("the shape fills it")
                                   : SyncFields::tr("the shape fills %1").arg(toQString(leaf))};
    if (field.required)
        return {SyncFields::tr("nothing fills it"), true};
    return {field.writable ? QString() : SyncFields::tr("read only")};
}

} // namespace

SyncFields::SyncFields(QWidget* parent)
    : QWidget(parent), m_summary(new QLabel), m_spinner(new Spinner),
      m_search(new SearchField(tr("Search fields"))), m_table(new FieldTable(tr("Filled by")))
{
    m_summary->setAccessibleName(tr("Summary of the fields"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    auto* const again = new QToolButton;
    again->setIcon(themeIcon(Icon::Refresh));
    again->setAccessibleName(tr("Ask the destination again"));
    again->setToolTip(tr("Ask the destination again for its objects and fields"));
    auto* const shape = new QPushButton(themeIcon(Icon::Shape), tr("Fill in the shape"));
    shape->setAccessibleName(tr("Fill the fields in the shape"));
    auto* head = new QHBoxLayout;
    head->setSpacing(grid::gap);
    head->addWidget(m_summary, 1);
    head->addWidget(m_spinner);
    head->addWidget(m_search);
    head->addWidget(again);
    head->addWidget(shape);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::gap);
    layout->addLayout(head);
    layout->addWidget(m_table);
    m_table->setFrameShape(QFrame::StyledPanel);
    m_table->hide();
    connect(m_search, &SearchField::searched, m_table, &FieldTable::filter);
    connect(again, &QToolButton::clicked, this, &SyncFields::refreshWanted);
    connect(shape, &QPushButton::clicked, this, &SyncFields::shapeWanted);
}

void SyncFields::setAsking()
{
    m_spinner->start();
}

void SyncFields::setTrouble(const QString& sentence)
{
    m_spinner->stop();
    m_listed.clear();
    m_table->hide();
    m_summary->setText(sentence);
}

void SyncFields::setFields(const std::vector<connector::FieldInfo>& fields, bool takesOthers)
{
    m_spinner->stop();
    m_listed = fields;
    m_takesOthers = takesOthers;
    showFields();
}

void SyncFields::setSync(const project::SyncDefinition& sync)
{
    m_sync = sync;
    if (!m_listed.empty())
        showFields();
}

void SyncFields::showFields()
{
    if (m_listed.empty())
        return setTrouble(tr("The object names no fields: it takes what the shape says."));
    const auto missing = std::count_if(m_listed.begin(), m_listed.end(), [this](const auto& field) {
        return field.required && remarkOf(m_sync, field).isTrouble;
    });
    const QString count =
        tr("%1 fields", nullptr, pluralOf(m_listed.size())).arg(countText(m_listed.size()));
    const QString said = missing == 0
                             ? tr("%1; all that are needed are filled.").arg(count)
                             : tr("%1; %2 that are needed are not filled.", nullptr,
                                  pluralOf(static_cast<std::uint64_t>(missing)))
                                   .arg(count, countText(static_cast<std::uint64_t>(missing)));
    m_summary->setText(m_takesOthers ? said + QLatin1Char(' ') +
                                           tr("It also takes fields that are not listed here.")
                                     : said);
    m_table->setFields(
        m_listed, [this](const connector::FieldInfo& field) { return remarkOf(m_sync, field); });
    m_table->filter(m_search->text());
    const int rows = std::min(rowsShown, m_table->rowCount());
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                            rows * m_table->verticalHeader()->defaultSectionSize() +
                            2 * m_table->frameWidth());
    m_table->show();
}

} // namespace headgate::ui
