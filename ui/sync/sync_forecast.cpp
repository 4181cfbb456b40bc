// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/sync_forecast.h"

#include "base/text.h"
#include "service/record_sample.h"
#include "session/cost_text.h"
#include "session/documents.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/count_text.h"
#include "widgets/spinner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int afterTyping = 600; ///< ms
constexpr std::uint64_t sampledRecords = 1000;

/// Whether both take the same rows for the same records.
bool readsTheSame(const project::SyncDefinition& a, const project::SyncDefinition& b)
{
    return a.model == b.model && a.recordKey == b.recordKey && a.related == b.related;
}

/// Keys of several rows are one record; rows without a key are none.
std::uint64_t recordsOf(const service::RowKeyCheck& check)
{
    return check.rows - check.withoutKey - check.repeatingRows + check.repeatedKeys;
}

QLabel* quiet(QLabel* label)
{
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

SyncForecast::SyncForecast(ProjectSession& session, SyncDocument& document, QWidget* parent)
    : QWidget(parent), m_session(session), m_document(document), m_count(new QLabel),
      m_countAll(new QPushButton(tr("Count all"))), m_cost(quiet(new QLabel)),
      m_spinner(new Spinner)
{
    m_count->setAccessibleName(tr("How many records"));
    m_count->setTextFormat(Qt::PlainText);
    m_countAll->setAccessibleName(tr("Count all records"));
    m_countAll->setToolTip(tr("Counts in the warehouse."));
    setButtonKind(m_countAll, ButtonKind::Quiet);
    m_countAll->hide();
    m_cost->setAccessibleName(tr("What goes again"));
    m_spinner->setText(tr("Counting"));
    auto* first = new QHBoxLayout;
    first->setSpacing(grid::gap);
    first->addWidget(m_count);
    first->addWidget(m_countAll);
    first->addWidget(m_spinner);
    first->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    layout->addLayout(first);
    layout->addWidget(m_cost);
    m_soon.setSingleShot(true);
    m_soon.setInterval(afterTyping);
    connect(&m_soon, &QTimer::timeout, this, &SyncForecast::follow);
    connect(&m_document, &Document::changed, &m_soon, qOverload<>(&QTimer::start));
    connect(&m_session, &ProjectSession::statusChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(&m_session, &ProjectSession::trustChanged, this, &SyncForecast::follow);
    connect(m_countAll, &QPushButton::clicked, this, &SyncForecast::countAll);
}

void SyncForecast::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_soon.start();
}

bool SyncForecast::isReadable() const
{
    const project::SyncDefinition& sync = m_document.value();
    return m_session.contents()->trusted && m_session.documents().model(sync.model) != nullptr &&
           !sync.recordKey.empty();
}

void SyncForecast::follow()
{
    if (!isVisible() || !isReadable())
        return;
    if (!m_sample || !readsTheSame(m_read, m_document.value()))
        readSample();
    else
        askCost();
}

void SyncForecast::readSample()
{
    m_read = m_document.value();
    m_sample.reset();
    m_cost->clear();
    m_countAll->hide();
    m_spinner->start();
    m_sampling.ask(
        m_session, this,
        [project = m_session.documents().edited(),
         sync = m_document.id().slug](service::Workspace& workspace, const StopToken& stop) {
            return workspace.sampleRecords(project, sync, sampledRecords, stop);
        },
        [this](Result<Sample> sample) {
            m_spinner->stop();
            if (!sample) {
                m_count->clear();
                return m_cost->setText(sample.error().message);
            }
            m_sample = *std::move(sample);
            showCount(m_sample->records.size(), m_sample->complete);
            askCost();
        });
}

void SyncForecast::showCount(std::uint64_t records, bool isExact)
{
    m_count->setText(isExact ? recordsText(records) : tr("More than %1").arg(recordsText(records)));
    m_countAll->setVisible(!isExact);
}

void SyncForecast::countAll()
{
    const ModelDocument* const model = m_session.documents().model(m_document.value().model);
    const SourceDocument* const source =
        model ? m_session.documents().source(model->value().source) : nullptr;
    if (source == nullptr)
        return;
    project::ModelDefinition counted = model->value();
    counted.rowKey = m_document.value().recordKey;
    m_countAll->hide();
    m_spinner->start();
    m_counting.ask(
        m_session, this,
        [counted, source = source->value()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.checkRowKey(source, counted, stop);
        },
        [this](Result<service::RowKeyCheck> check) {
            m_spinner->stop();
            if (check)
                return showCount(recordsOf(*check), true);
            m_countAll->show();
            m_cost->setText(check.error().message);
        });
}

void SyncForecast::askCost()
{
    const service::SyncStatus* const status = m_session.statusOf(m_document.id().slug);
    if (status == nullptr || status->delivered == 0)
        return m_cost->setText(tr("None was delivered yet: the first run sends all that pass the "
                                  "filter."));
    if (!m_document.value().shape)
        return m_cost->clear();
    m_costing.ask(
        m_session, this,
        [project = m_session.documents().edited(), sync = m_document.id().slug,
         sample = m_sample](service::Workspace& workspace, const StopToken& stop) {
            return workspace.costOfEdit(project, sync, sample, stop);
        },
        [this](Result<service::EditCost> cost) {
            if (cost)
                showCost(*cost);
            else
                m_cost->setText(cost.error().message);
        });
}

void SyncForecast::showCost(const service::EditCost& cost)
{
    if (m_document.isModified())
        return m_cost->setText(costText(cost));
    if (cost.changed == 0)
        return m_cost->setText(
            tr("Of %1 delivered records none has changed since.", nullptr, pluralOf(cost.of))
                .arg(countText(cost.of)));
    const QString changed = cost.isExact ? countText(cost.estimatedRecords)
                                         : tr("about %1").arg(countText(cost.estimatedRecords));
    m_cost->setText(tr("A run now sends %1 of %2 delivered records again, for they have changed.",
                       nullptr, pluralOf(cost.of))
                        .arg(changed, countText(cost.of)));
}

} // namespace headgate::ui
