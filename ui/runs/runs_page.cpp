// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/runs_page.h"

#include "base/text.h"
#include "data/json_indent.h"
#include "runs/runs_model.h"
#include "session/project_session.h"
#include "theme/fonts.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <array>

namespace headgate::ui {

namespace {

constexpr std::uint32_t mostRuns = 200;
constexpr std::uint32_t mostRecords = 500;

struct OutcomeName
{
    const char* name;
    const char* text;
};

constexpr std::array outcomeNames{
    OutcomeName{"", QT_TRANSLATE_NOOP("headgate::ui::RunsPage", "All records")},
    OutcomeName{"successful", QT_TRANSLATE_NOOP("headgate::ui::RunsPage", "Successful")},
    OutcomeName{"unconfirmed", QT_TRANSLATE_NOOP("headgate::ui::RunsPage", "Unconfirmed")},
    OutcomeName{"rejected", QT_TRANSLATE_NOOP("headgate::ui::RunsPage", "Rejected")},
    OutcomeName{"in_doubt", QT_TRANSLATE_NOOP("headgate::ui::RunsPage", "In doubt")},
    OutcomeName{"skipped", QT_TRANSLATE_NOOP("headgate::ui::RunsPage", "Skipped")},
    OutcomeName{"invalid", QT_TRANSLATE_NOOP("headgate::ui::RunsPage", "Invalid")}};

Tone toneOfOutcome(const std::string& outcome)
{
    if (outcome == "successful")
        return Tone::Success;
    if (outcome == "rejected" || outcome == "invalid")
        return Tone::Error;
    return outcome == "in_doubt" ? Tone::Warning : Tone::Neutral;
}

QString prettyJson(const std::string& text)
{
    return text.starts_with('{') || text.starts_with('[') ? toQString(data::indentedJson(text))
                                                          : toQString(text);
}

JsonView* jsonPane(QTabWidget* tabs, const QString& title)
{
    auto* pane = new JsonView;
    pane->setAccessibleName(title);
    pane->setFrameShape(QFrame::NoFrame);
    tabs->addTab(pane, title);
    return pane;
}

QPlainTextEdit* textPane(QTabWidget* tabs, const QString& title)
{
    auto* pane = new QPlainTextEdit;
    pane->setAccessibleName(title);
    pane->setReadOnly(true);
    pane->setFrameShape(QFrame::NoFrame);
    pane->setLineWrapMode(QPlainTextEdit::NoWrap);
    pane->setFont(codeFont());
    tabs->addTab(pane, title);
    return pane;
}

/// "Read 60 = 12 added + 48 unchanged. Sent 12 = 12 successful."
QString sums(const state::RunRow& run)
{
    const std::map<std::string, std::uint64_t> counts = countsOf(run);
    const auto of = [&](const char* name) {
        const auto found = counts.find(name);
        return found == counts.end() ? std::uint64_t(0) : found->second;
    };
    const auto parts = [&](const std::vector<std::pair<const char*, QString>>& names) {
        QStringList shown;
        for (const auto& [name, text] : names)
            if (of(name) > 0)
                shown.append(QLocale().toString(static_cast<qulonglong>(of(name))) +
                             QLatin1Char(' ') + text);
        return shown.isEmpty() ? QStringLiteral("0") : shown.join(QStringLiteral(" + "));
    };
    const QString read = parts({{"added", RunsPage::tr("added")},
                                {"changed", RunsPage::tr("changed")},
                                {"rekeyed", RunsPage::tr("re-keyed")},
                                {"retried", RunsPage::tr("retried")},
                                {"unchanged", RunsPage::tr("unchanged")},
                                {"filtered", RunsPage::tr("filtered")},
                                {"invalid", RunsPage::tr("invalid")},
                                {"held", RunsPage::tr("held")}});
    const QString sent = parts({{"successful", RunsPage::tr("successful")},
                                {"unconfirmed", RunsPage::tr("unconfirmed")},
                                {"rejected", RunsPage::tr("rejected")},
                                {"in_doubt", RunsPage::tr("in doubt")},
                                {"skipped", RunsPage::tr("skipped")},
                                {"pending", RunsPage::tr("pending")}});
    return RunsPage::tr("Read %1 = %2. Sent: %3.")
        .arg(QLocale().toString(static_cast<qulonglong>(of("read"))), read, sent);
}

} // namespace

RunsPage::RunsPage(ProjectSession& session, const Clock& clock, QWidget* parent)
    : Page({PageKind::Runs, {}}, parent), m_session(session), m_clock(clock),
      m_message(new MessageStrip), m_model(new RunsModel(this)), m_table(new QTableView)
{
    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight());
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(RunsModel::Sync, QHeaderView::Stretch);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(makeDetails());
    splitter->setSizes({260, 420});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(splitter, 1);
    m_message->clear();

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RunsPage::showRun);
    connect(&m_session, &ProjectSession::runFinished, this, &RunsPage::refresh);
    connect(&m_session, &ProjectSession::trustChanged, this, &RunsPage::refresh);
    refresh();
}

QString RunsPage::title() const
{
    return tr("Runs");
}

QWidget* RunsPage::makeDetails()
{
    m_sums = new QLabel;
    m_sums->setAccessibleName(tr("Sums"));
    m_sums->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_outcome = new QComboBox;
    m_outcome->setAccessibleName(tr("Outcome"));
    for (const OutcomeName& outcome : outcomeNames)
        m_outcome->addItem(tr(outcome.text), QLatin1String(outcome.name));
    m_records = new QListWidget;
    m_records->setAccessibleName(tr("Records of the run"));
    m_records->setFrameShape(QFrame::NoFrame);
    auto* tabs = new QTabWidget;
    tabs->setAccessibleName(tr("From row to answer"));
    tabs->setDocumentMode(true);
    m_row = jsonPane(tabs, tr("Row"));
    m_payload = jsonPane(tabs, tr("Payload"));
    m_request = textPane(tabs, tr("Request"));
    m_answer = textPane(tabs, tr("Answer"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    head->addWidget(m_sums, 1);
    head->addWidget(m_outcome);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_records);
    splitter->addWidget(tabs);
    splitter->setSizes({340, 700});
    splitter->setStretchFactor(1, 1);
    auto* details = new QWidget;
    auto* layout = new QVBoxLayout(details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(splitter, 1);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, &RunsPage::loadRecords);
    connect(m_records, &QListWidget::currentRowChanged, this, &RunsPage::showRecord);
    return details;
}

void RunsPage::refresh()
{
    if (!m_session.contents() || !m_session.contents()->trusted)
        return;
    m_session.ask(
        this,
        [](service::Workspace& workspace, const StopToken&) -> Result<std::vector<state::RunRow>> {
            std::vector<state::RunRow> all;
            for (const project::SyncDefinition& sync : workspace.project().syncs) {
                auto runs = workspace.runs(sync.slug, mostRuns);
                if (!runs)
                    return runs;
                std::move(runs->begin(), runs->end(), std::back_inserter(all));
            }
            return all;
        },
        [this](Result<std::vector<state::RunRow>> runs) {
            if (!runs)
                return m_message->showMessage(messageOf(runs.error()));
            showRuns(*std::move(runs));
        });
}

void RunsPage::showRuns(std::vector<state::RunRow> runs)
{
    const std::string before = m_run;
    m_model->setRuns(std::move(runs));
    m_table->resizeColumnToContents(RunsModel::Started);
    m_table->resizeColumnToContents(RunsModel::State);
    int row = 0;
    for (int i = 0; i < m_model->rowCount(); ++i)
        if (m_model->run(i)->id == before)
            row = i;
    if (m_model->rowCount() > 0)
        m_table->selectRow(row);
}

void RunsPage::showRun()
{
    const state::RunRow* const run = m_model->run(m_table->currentIndex().row());
    if (run == nullptr)
        return;
    m_run = run->id;
    m_sums->setText(sums(*run));
    loadRecords();
}

void RunsPage::loadRecords()
{
    if (m_run.empty())
        return;
    const std::string run = m_run;
    const std::string outcome = m_outcome->currentData().toString().toStdString();
    m_session.ask(
        this,
        [run, outcome](service::Workspace& workspace, const StopToken&) {
            return workspace.records(run, outcome, {}, mostRecords);
        },
        [this, run](Result<std::vector<state::HistoryRow>> records) {
            if (run != m_run)
                return;
            if (!records)
                return m_message->showMessage(messageOf(records.error()));
            showRecords(*std::move(records));
        });
}

void RunsPage::showRecords(std::vector<state::HistoryRow> records)
{
    m_history = std::move(records);
    m_records->clear();
    for (const state::HistoryRow& record : m_history) {
        const QString name = toQString(record.keyText);
        auto* item = new QListWidgetItem(
            record.message.empty() ? name : name + QStringLiteral("  ") + toQString(record.message),
            m_records);
        item->setIcon(themeIcon(toneOfOutcome(record.outcome)));
        item->setToolTip(toQString(record.message));
    }
    m_row->setJson({}, JsonChange::Other);
    m_payload->setJson({}, JsonChange::Other);
    m_request->clear();
    m_answer->clear();
    m_records->setCurrentRow(m_history.empty() ? -1 : 0);
}

void RunsPage::showRecord(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_history.size())
        return;
    const state::HistoryRow& record = m_history[static_cast<std::size_t>(row)];
    m_row->setJson(record.row, JsonChange::Other);
    m_payload->setJson(record.payload, JsonChange::Other);
    m_request->setPlainText(toQString(record.request));
    m_answer->setPlainText(prettyJson(record.answer));
}

} // namespace headgate::ui
