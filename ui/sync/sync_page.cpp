// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/sync_page.h"

#include "base/text.h"
#include "plan/plan_view.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "session/report_text.h"
#include "session/row_test.h"
#include "sync/push_dialog.h"
#include "sync/record_rows_model.h"
#include "sync/run_strip.h"
#include "sync/sync_form.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/elided_label.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"
#include "widgets/spinner.h"
#include "widgets/table_view.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr std::uint64_t previewedRecords = 200;
constexpr std::size_t listedInPlan = 1000; ///< of each kind

QString nameOf(const project::SyncDefinition& sync)
{
    return toQString(sync.name.empty() ? sync.slug : sync.name);
}

/// "Product views to user in Inbox, upsert by email"
QString summaryOf(const project::SyncDefinition& sync, const project::Project& project)
{
    const auto* model = project.model(sync.model);
    const auto* destination = project.destination(sync.destination);
    const QString from = toQString(model && !model->name.empty() ? model->name : sync.model);
    const QString to =
        toQString(destination && !destination->name.empty() ? destination->name : sync.destination);
    const QString mode = QString::fromLatin1(project::name(sync.mode));
    if (sync.object.empty())
        return SyncPage::tr("%1 \u2192 %2").arg(from, to);
    if (sync.matching.column.empty())
        return SyncPage::tr("%1 \u2192 %2 in %3 \u00B7 %4")
            .arg(from, toQString(sync.object), to, mode);
    return SyncPage::tr("%1 \u2192 %2 in %3 \u00B7 %4, matched by %5")
        .arg(from, toQString(sync.object), to, mode, toQString(sync.matching.field));
}

QWidget* pane(const QString& title, QWidget* content, QLabel** note = nullptr)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    auto* label = new QLabel(title);
    label->setFont(textFont(TextSize::Small, QFont::DemiBold));
    label->setBuddy(content);
    head->addWidget(label);
    head->addStretch();
    if (note != nullptr) {
        *note = new QLabel;
        (*note)->setFont(textFont(TextSize::Small));
        head->addWidget(*note);
    }
    layout->addLayout(head);
    layout->addWidget(content, 1);
    return box;
}

} // namespace

SyncPage::SyncPage(ProjectSession& session, const std::string& sync, const Clock& clock,
                   QWidget* parent)
    : Page({PageKind::Sync, sync}, parent), m_session(session), m_clock(clock),
      m_document(*session.documents().sync(sync)), m_message(new MessageStrip),
      m_strip(new RunStrip)
{
    setAcceptDrops(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Parts of the sync"));
    m_tabs->addTab(makeRecords(), tr("Records"));
    m_plan = new PlanView;
    m_tabs->addTab(m_plan, tr("Plan"));
    auto* settings = new SyncForm(m_session, m_document);
    m_tabs->addTab(settings, tr("Settings"));
    connect(settings, &SyncForm::shapeWanted, this, [this] {
        Q_EMIT pageWanted({PageKind::Shape, id().slug});
    });
    if (!m_document.value().shape || m_document.value().object.empty())
        m_tabs->setCurrentWidget(settings);
    setFirstFocus(m_tabs->currentWidget() == settings ? settings : static_cast<QWidget*>(m_list));
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_strip);
    m_message->clear();

    connect(&m_session, &ProjectSession::trustChanged, this, &SyncPage::refresh);
    connect(&m_session, &ProjectSession::runsProgressed, this, &SyncPage::showRun);
    connect(&m_session, &ProjectSession::runStarted, this, &SyncPage::updateButtons);
    connect(&m_session, &ProjectSession::runFinished, this, &SyncPage::showEnd);
    connect(m_strip, &RunStrip::cancelWanted, this, [this] { m_session.cancelRun(id().slug); });
    connect(m_strip, &RunStrip::detailsWanted, this, [this] {
        Q_EMIT pageWanted({PageKind::Runs, {}});
    });
    connect(m_plan, &PlanView::recordShown, this, &SyncPage::askRequest);
    connect(m_plan, &PlanView::planWanted, this, [this] { start(run::RunKind::DryRun); });
    connect(m_plan, &PlanView::confirmWanted, this, [this](const std::string& plan) {
        service::RunRequest request;
        request.sync = id().slug;
        request.confirm = plan;
        m_session.startRun(request);
    });
    connect(&m_document, &Document::changed, this, &SyncPage::showDefinition);
    connect(&m_session, &ProjectSession::contentsChanged, this, &SyncPage::refresh);
    showDefinition();
    refresh();
}

QString SyncPage::title() const
{
    return nameOf(m_document.value());
}

void SyncPage::showDefinition()
{
    const project::SyncDefinition& sync = m_document.value();
    m_name->setText(nameOf(sync));
    m_summary->setText(summaryOf(sync, m_session.documents().edited()));
    updateButtons();
    Q_EMIT titleChanged();
}

QWidget* SyncPage::makeHeader()
{
    m_name = new QLabel;
    m_name->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_summary = new ElidedLabel(QString());
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    auto* shape = new QPushButton(themeIcon(Icon::Shape), tr("Edit the shape"));
    shape->setAccessibleName(tr("Edit the shape"));
    connect(shape, &QPushButton::clicked, this, [this] {
        Q_EMIT pageWanted({PageKind::Shape, id().slug});
    });
    m_test = new QPushButton(tr("Test a row"));
    m_test->setAccessibleName(tr("Test a row"));
    m_test->setToolTip(tr("Sends the record that is chosen, after a question, and shows the "
                          "answer"));
    connect(m_test, &QPushButton::clicked, this, &SyncPage::testRow);
    m_push = new QPushButton(tr("Push records..."));
    m_push->setAccessibleName(tr("Push records"));
    m_push->setToolTip(tr("Sends the records that are chosen, or those of a file of keys, after "
                          "saying what is sent"));
    connect(m_push, &QPushButton::clicked, this, &SyncPage::pushRecords);
    m_spinner = new Spinner;
    m_spinner->setText(tr("Reading records"));
    m_dryRun = new QPushButton(themeIcon(Icon::DryRun), tr("Dry run"));
    m_dryRun->setAccessibleName(tr("Dry run"));
    m_dryRun->setToolTip(tr("Reads and compares, shows what a run would do, and sends nothing"));
    m_run = new QPushButton(themeIcon(Icon::Run, IconColor::OnAccent), tr("Run"));
    m_run->setAccessibleName(tr("Run"));
    setButtonKind(m_run, ButtonKind::Primary);
    offer("sync.test_row", m_test);
    offer("sync.push", m_push);
    connect(m_run, &QPushButton::clicked, this, [this] { start(run::RunKind::Run); });
    connect(m_dryRun, &QPushButton::clicked, this, [this] { start(run::RunKind::DryRun); });

    auto* header = new QWidget;
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_name);
    texts->addWidget(m_summary);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(grid::section, grid::gap + grid::unit, grid::section,
                               grid::gap + grid::unit);
    layout->setSpacing(grid::gap);
    layout->addLayout(texts, 1);
    layout->addWidget(m_spinner);
    layout->addWidget(shape);
    layout->addWidget(m_test);
    layout->addWidget(m_push);
    layout->addWidget(m_dryRun);
    layout->addWidget(m_run);
    return header;
}

QWidget* SyncPage::makeRecords()
{
    m_list = new QListWidget;
    m_list->setAccessibleName(tr("Records"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_rows = new QTableView;
    m_rowsModel = new RecordRowsModel(this);
    m_rows->setAccessibleName(tr("Source rows"));
    m_rows->setModel(m_rowsModel);
    dressTable(m_rows);
    m_rows->setFrameShape(QFrame::NoFrame);
    m_payload = new JsonView;
    m_payload->setAccessibleName(tr("Payload"));
    m_payload->setFrameShape(QFrame::NoFrame);
    m_problems = new MessageStrip;
    m_problems->setDismissable(false);
    m_problems->clear();
    auto* payload = new QWidget;
    auto* column = new QVBoxLayout(payload);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_payload, 1);
    column->addWidget(m_problems);
    connect(m_list, &QListWidget::currentRowChanged, this, &SyncPage::showRecord);

    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("sync.records"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(pane(tr("Records"), m_list, &m_count));
    splitter->addWidget(pane(tr("Rows in the warehouse"), m_rows));
    splitter->addWidget(pane(tr("Payload that will be sent"), payload));
    splitter->setSizes({220, 520, 420});
    splitter->setStretchFactor(1, 1);
    return splitter;
}

void SyncPage::refresh()
{
    updateButtons();
    if (!m_session.contents()->trusted)
        return;
    const project::SyncDefinition* const sync = m_session.contents()->project.sync(id().slug);
    if (sync == nullptr || !sync->shape) {
        m_message->showMessage({Tone::Info,
                                tr("This sync has no shape yet."),
                                tr("Make the payload of its columns, and save."),
                                {},
                                {}});
        m_message->setDismissable(false);
        connect(m_message->addButton(tr("Edit the shape")), &QPushButton::clicked, this, [this] {
            Q_EMIT pageWanted({PageKind::Shape, id().slug});
        });
        return;
    }
    loadRecords();
}

void SyncPage::loadRecords()
{
    m_spinner->start();
    const std::string sync = id().slug;
    m_session.askSource(
        this, m_session.documents().sourceOf(id()),
        [sync](service::Workspace& workspace, const StopToken& stop) {
            return workspace.previewRecords(sync, previewedRecords, stop);
        },
        [this](Result<std::vector<service::RecordPreview>> records) {
            m_spinner->stop();
            if (!records) {
                m_message->showMessage(messageOf(records.error()));
                connect(m_message->addButton(tr("Try again")), &QPushButton::clicked, this,
                        &SyncPage::refresh);
                return;
            }
            m_message->clear();
            showRecords(*std::move(records));
        });
}

void SyncPage::showRecords(std::vector<service::RecordPreview> records)
{
    const int row = std::max(m_list->currentRow(), 0);
    m_records = std::move(records);
    m_list->clear();
    for (const service::RecordPreview& record : m_records) {
        auto* item = new QListWidgetItem(
            toQString(record.match.empty() ? record.key : record.match), m_list);
        item->setSizeHint({0, rowHeight()}); // as wide as the list: longer ones are elided
        item->setToolTip(item->text());
        if (record.problems.empty())
            continue;
        item->setIcon(themeIcon(Tone::Warning));
        item->setToolTip(toQString(record.problems.front()));
    }
    m_count->setText(m_records.size() < previewedRecords ? tr("all %1").arg(m_records.size())
                                                         : tr("first %1").arg(m_records.size()));
    updateButtons();
    if (!m_records.empty())
        m_list->setCurrentRow(std::min(row, static_cast<int>(m_records.size()) - 1));
}

void SyncPage::showRecord(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_records.size())
        return;
    const service::RecordPreview& record = m_records[static_cast<std::size_t>(row)];
    m_rowsModel->setRows(record.rows);
    m_rows->resizeColumnsToContents();
    m_payload->setJson(record.payload, JsonChange::Other);
    if (record.problems.empty())
        return m_problems->clear();
    QStringList problems;
    for (const std::string& problem : record.problems)
        problems.append(toQString(problem));
    m_problems->showMessage(
        {Tone::Warning, problems.join(QLatin1Char('\n')), tr("It is not sent like this."), {}, {}});
}

void SyncPage::testRow()
{
    const int row = m_list->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= m_records.size())
        return;
    const service::RecordPreview& record = m_records[static_cast<std::size_t>(row)];
    auto* test = new RowTest(m_session, id().slug, record.key, record.payload, this);
    test->open();
}

void SyncPage::pushRecords()
{
    std::vector<std::string> keys;
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->isSelected())
            keys.push_back(m_records[static_cast<std::size_t>(row)].key);
    openPush(keys);
}

PushDialog* SyncPage::openPush(const std::vector<std::string>& keys)
{
    m_pushing = new PushDialog(m_session, id().slug, keys, this);
    m_pushing->open();
    return m_pushing;
}

void SyncPage::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    event->setAccepted(m_push->isEnabled() && urls.size() == 1 && urls.front().isLocalFile());
    if (event->isAccepted())
        event->setDropAction(Qt::CopyAction);
}

void SyncPage::dropEvent(QDropEvent* event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    openPush({})->addFile(event->mimeData()->urls().front().toLocalFile());
}

void SyncPage::start(run::RunKind kind)
{
    service::RunRequest request;
    request.sync = id().slug;
    request.kind = kind;
    request.samples = listedInPlan;
    m_session.startRun(request);
}

void SyncPage::askRequest(const plan::PlanSample& sample)
{
    const std::string key = m_requestOf = sample.keyText;
    m_session.ask(
        this,
        [sync = id().slug, sample](service::Workspace& workspace, const StopToken&) {
            return workspace.previewRequests(sync, sample);
        },
        [this, key](const Result<service::RequestPreview>& preview) {
            if (key == m_requestOf)
                m_plan->showRequest(preview ? requestText(*preview) : preview.error().message);
        });
}

void SyncPage::updateButtons()
{
    const bool ready = m_session.contents()->trusted && m_document.value().shape &&
                       !m_session.isRunning(id().slug);
    m_run->setEnabled(ready);
    m_dryRun->setEnabled(ready);
    m_test->setEnabled(ready && !m_records.empty());
    m_push->setEnabled(ready);
    showRun();
}

void SyncPage::showRun()
{
    if (!m_session.isRunning(id().slug))
        return;
    const run::RunProgress progress = m_session.progressOf(id().slug);
    if (progress.phase != m_phase) {
        m_phase = progress.phase;
        m_phaseBegan = m_clock.steady();
    }
    m_strip->showRunning(progress, m_clock.steady() - m_phaseBegan);
}

void SyncPage::showEnd(const run::RunReport& report)
{
    if (report.sync != id().slug)
        return;
    updateButtons();
    m_strip->showReport(report);
    if (m_pushing)
        return;
    if (report.kind == run::RunKind::DryRun || !report.stops.empty()) {
        m_plan->showPlan(report);
        m_tabs->setCurrentWidget(m_plan);
    }
}

} // namespace headgate::ui
