// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/push_dialog.h"

#include "base/text.h"
#include "session/documents.h"
#include "session/recipient_text.h"
#include "session/report_text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/count_text.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"
#include "widgets/spinner.h"
#include "widgets/table_view.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>

namespace headgate::ui {

namespace {

constexpr QSize pushSize(920, 620);
constexpr int keyWidth = 180;
constexpr std::size_t mostShown = 20'000; ///< records whose payload and outcome are told one by one

QString fileIn(const QMimeData& mime)
{
    const QList<QUrl> urls = mime.urls();
    return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}

PushState plannedState(plan::Category category)
{
    switch (category) {
    case plan::Category::Added:
        return {Tone::Info, PushDialog::tr("is sent for the first time")};
    case plan::Category::Changed:
    case plan::Category::Rekeyed:
    case plan::Category::Retried:
        return {Tone::Info, PushDialog::tr("is sent again")};
    case plan::Category::Removed:
    case plan::Category::Unchanged:
    case plan::Category::Filtered:
    case plan::Category::Invalid:
    case plan::Category::Held:
        break;
    }
    return {Tone::Warning, PushDialog::tr("is not sent")};
}

PushState outcomeState(const state::HistoryRow& row)
{
    const QString why =
        row.message.empty() ? QString() : QStringLiteral(": ") + toQString(row.message);
    if (row.outcome == "successful")
        return {Tone::Success, PushDialog::tr("was delivered")};
    if (row.outcome == "unconfirmed")
        return {Tone::Success, PushDialog::tr("was sent; the destination does not say whether it "
                                              "took it")};
    if (row.outcome == "rejected")
        return {Tone::Error, PushDialog::tr("was refused%1").arg(why)};
    if (row.outcome == "in_doubt")
        return {Tone::Warning, PushDialog::tr("is in doubt: no whole answer came")};
    if (row.outcome == "invalid")
        return {Tone::Warning, PushDialog::tr("cannot be sent%1").arg(why)};
    return {Tone::Warning, toQString(row.outcome) + why};
}

/// Why chosen records are left out: "1 is left out by the filter."
QStringList leftOut(const run::RunReport& report)
{
    using plan::Category;
    QStringList lines;
    const auto add = [&](Category category, const QString& text) {
        if (const std::uint64_t count = report.planned[category]; count > 0)
            lines.append(text.arg(countText(count)));
    };
    add(Category::Filtered, PushDialog::tr("%1 left out by the sync's filter."));
    add(Category::Invalid, PushDialog::tr("%1 cannot be made into a payload."));
    add(Category::Held, PushDialog::tr("%1 held back: skipped, paused or awaiting a decision."));
    add(Category::Unchanged,
        PushDialog::tr("%1 already delivered, which this mode does only once."));
    for (const run::ReasonCount& reason : report.invalid)
        lines.append(
            PushDialog::tr("%1: %2").arg(toQString(reason.example), toQString(reason.message)));
    return lines;
}

} // namespace

PushDialog::PushDialog(ProjectSession& session, const std::string& sync,
                       const std::vector<std::string>& keys, QWidget* parent)
    : QDialog(parent), m_session(session), m_sync(sync), m_model(new PushKeysModel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    setWindowTitle(tr("Push chosen records"));
    resize(pushSize);
    build();
    connectSession();
    m_model->add(keys);
    keysChanged();
}

void PushDialog::connectSession()
{
    connect(&m_session, &QObject::destroyed, this, &QDialog::reject);
    connect(&m_session, &ProjectSession::runFinished, this, &PushDialog::showEnd);
    connect(&m_session, &ProjectSession::failed, this, [this](const Error& error) {
        if (m_step != Step::Looking && m_step != Step::Sending)
            return;
        m_step = Step::Choosing;
        m_message->showMessage(messageOf(error));
        showState();
    });
}

QWidget* PushDialog::makeKeys()
{
    m_keys = new QTableView;
    m_keys->setAccessibleName(tr("Chosen records"));
    m_keys->setModel(m_model);
    dressTable(m_keys);
    m_keys->verticalHeader()->hide();
    m_keys->horizontalHeader()->setStretchLastSection(true);
    m_keys->setColumnWidth(PushKeysModel::KeyColumn, keyWidth);
    connect(m_keys->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showPayload();
        showState();
    });
    m_typed = new QLineEdit;
    m_typed->setAccessibleName(tr("Add a record key"));
    m_typed->setPlaceholderText(tr("Add a record key"));
    connect(m_typed, &QLineEdit::returnPressed, this, &PushDialog::addTyped);
    auto* open = new QPushButton(themeIcon(Icon::Open), tr("Open a CSV of keys..."));
    open->setAutoDefault(false);
    connect(open, &QPushButton::clicked, this, &PushDialog::chooseFile);
    m_remove = new QPushButton(tr("Take out"));
    m_remove->setAutoDefault(false);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        std::vector<int> rows;
        for (const QModelIndex& index : m_keys->selectionModel()->selectedRows())
            rows.push_back(index.row());
        m_model->remove(rows);
        keysChanged();
    });
    m_header = new QCheckBox(tr("The first line is a header"));
    m_header->hide();
    connect(m_header, &QCheckBox::clicked, this, [this](bool header) {
        readFile(header ? service::KeyListHeader::Yes : service::KeyListHeader::No);
    });
    m_count = new QLabel;
    m_count->setAccessibleName(tr("How many are chosen"));
    auto* tools = new QHBoxLayout;
    tools->setSpacing(grid::gap);
    tools->addWidget(m_typed, 1);
    tools->addWidget(open);
    tools->addWidget(m_remove);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_count, 1);
    foot->addWidget(m_header);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::gap);
    layout->addLayout(tools);
    layout->addWidget(m_keys, 1);
    layout->addLayout(foot);
    return box;
}

void PushDialog::build()
{
    m_where = new QLabel;
    m_where->setAccessibleName(tr("What this does"));
    m_where->setWordWrap(true);
    m_where->setTextFormat(Qt::PlainText);
    m_message = new MessageStrip;
    m_message->clear();
    m_payload = new JsonView;
    m_payload->setAccessibleName(tr("Payload"));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeKeys());
    splitter->addWidget(m_payload);
    splitter->setSizes({560, 320});
    m_spinner = new Spinner;
    m_cancel = new QPushButton(tr("Cancel the run"));
    m_cancel->setAutoDefault(false);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_session.cancelRun(m_sync); });
    m_look = new QPushButton;
    m_look->setAutoDefault(false);
    connect(m_look, &QPushButton::clicked, this, &PushDialog::look);
    m_send = new QPushButton;
    m_send->setAutoDefault(false);
    setButtonKind(m_send, ButtonKind::Primary);
    connect(m_send, &QPushButton::clicked, this, &PushDialog::send);
    auto* close = new QPushButton(tr("Close"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto* end = new QHBoxLayout;
    end->setSpacing(grid::gap);
    end->addWidget(m_spinner);
    end->addWidget(m_cancel);
    end->addStretch();
    end->addWidget(close);
    end->addWidget(m_look);
    end->addWidget(m_send);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::section, grid::section, grid::section);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_where);
    layout->addWidget(m_message);
    layout->addWidget(splitter, 1);
    layout->addLayout(end);
}

std::vector<std::string> PushDialog::recordKey() const
{
    const SyncDocument* const sync = m_session.documents().sync(m_sync);
    return sync == nullptr ? std::vector<std::string>() : sync->value().recordKey;
}

void PushDialog::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Open a CSV of keys"), QString(),
                                   tr("Keys (*.csv *.txt);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PushDialog::addFile);
    dialog->open();
}

void PushDialog::addFile(const QString& file)
{
    m_file = file;
    m_before = m_model->keys();
    m_header->setChecked(false);
    readFile(service::KeyListHeader::Guess);
}

void PushDialog::readFile(service::KeyListHeader header)
{
    using List = Result<service::KeyList>;
    m_session.ask(
        this,
        [file = m_file.toStdString(), key = recordKey(), header](service::Workspace&,
                                                                 const StopToken&) -> List {
            const auto bytes = service::readKeyListFile(file);
            return bytes ? service::readKeyList(*bytes, key, header) : List(Failure(bytes.error()));
        },
        [this, file = m_file](List list) {
            if (list)
                return takeList(*std::move(list), file);
            m_message->showMessage(messageOf(list.error()));
            m_header->hide();
        });
}

void PushDialog::takeList(service::KeyList list, const QString& file)
{
    m_model->setKeys(m_before);
    const std::size_t known = m_model->add(list.keys);
    QStringList columns;
    for (const std::string& column : list.columns)
        columns.append(toQString(column));
    const QString name = QFileInfo(file).fileName();
    QStringList said{
        columns.isEmpty()
            ? tr("%n keys in %1.", nullptr, static_cast<int>(list.keys.size())).arg(name)
            : tr("%n keys in %1, column %2.", nullptr, static_cast<int>(list.keys.size()))
                  .arg(name, columns.join(QStringLiteral(", ")))};
    if (list.repeated + known > 0)
        said.append(tr("%1 were there already.", nullptr, pluralOf(list.repeated + known))
                        .arg(countText(list.repeated + known)));
    if (list.empty > 0)
        said.append(
            tr("%1 lines have no key.", nullptr, pluralOf(list.empty)).arg(countText(list.empty)));
    m_header->setVisible(columns.isEmpty() && !m_header->isChecked() && list.keys.size() > 1);
    keysChanged();
    m_message->showMessage(
        {list.keys.empty() ? Tone::Warning : Tone::Info, said.join(QLatin1Char(' ')), {}, {}, {}});
}

void PushDialog::addTyped()
{
    const QString key = m_typed->text().trimmed();
    m_typed->clear();
    if (!key.isEmpty())
        m_model->add({key.toStdString()});
    keysChanged();
}

void PushDialog::keysChanged()
{
    m_step = Step::Choosing;
    m_payloads.clear();
    m_message->clear();
    m_payload->setJson({}, JsonChange::Other);
    showState();
}

void PushDialog::showState()
{
    const QString to = recipientText(m_session, m_sync);
    if (to.isEmpty())
        return reject();
    m_where->setText(
        tr("Sends these records to %1, whether or not they changed. It changes nothing else: no "
           "record is removed there and the next run is not moved on.")
            .arg(to));
    const bool busy = m_step == Step::Looking || m_step == Step::Sending;
    const bool ready = !busy && !m_session.isRunning(m_sync) && !m_model->keys().empty();
    const bool unsaved = !m_session.documents().modified().empty();
    m_count->setText(tr("%n records chosen", nullptr, m_model->rowCount()));
    m_look->setText(unsaved ? tr("Save all and see what is sent") : tr("See what is sent"));
    m_look->setEnabled(ready);
    setButtonKind(m_look, m_step == Step::Choosing ? ButtonKind::Primary : ButtonKind::Secondary);
    setButtonKind(m_send, m_step == Step::Choosing ? ButtonKind::Secondary : ButtonKind::Primary);
    m_send->setText(m_step == Step::Known
                        ? tr("Send %n records", nullptr, static_cast<int>(m_toSend))
                        : tr("Send"));
    m_send->setEnabled(ready && m_step == Step::Known && m_toSend > 0);
    m_remove->setEnabled(!busy && m_keys->selectionModel()->hasSelection());
    m_typed->setEnabled(!busy);
    m_cancel->setVisible(busy);
    m_spinner->setText(m_step == Step::Sending ? tr("Sending") : tr("Reading the records"));
    if (busy)
        m_spinner->start();
    else
        m_spinner->stop();
}

void PushDialog::look()
{
    m_message->clear();
    m_step = Step::Looking;
    showState();
    if (m_session.documents().modified().empty())
        return start(run::RunKind::DryRun);
    connect(
        &m_session, &ProjectSession::contentsChanged, this, [this] { start(run::RunKind::DryRun); },
        Qt::SingleShotConnection);
    m_session.documents().saveAll();
}

void PushDialog::send()
{
    m_message->clear();
    m_step = Step::Sending;
    showState();
    start(run::RunKind::Push);
}

void PushDialog::start(run::RunKind kind)
{
    service::RunRequest request;
    request.sync = m_sync;
    request.kind = kind;
    request.keys = m_model->keys();
    request.samples = std::min(request.keys.size(), mostShown);
    m_session.startRun(request);
}

void PushDialog::showEnd(const run::RunReport& report)
{
    if (report.sync != m_sync)
        return;
    if (m_step == Step::Looking && report.kind == run::RunKind::DryRun)
        showPlan(report);
    else if (m_step == Step::Sending && report.kind == run::RunKind::Push)
        showOutcomes(report);
    showState();
}

void PushDialog::showPlan(const run::RunReport& report)
{
    if (report.error) {
        m_step = Step::Choosing;
        m_message->showMessage(messageOf(*report.error));
        return;
    }
    if (report.state == state::RunState::Cancelled) {
        m_step = Step::Choosing;
        m_message->showMessage({Tone::Neutral, tr("Cancelled. Nothing was sent."), {}, {}, {}});
        return;
    }
    m_step = Step::Known;
    m_toSend = report.planned.sent();
    std::unordered_map<std::string, PushState> states;
    m_payloads.clear();
    for (const plan::PlanSample& sample : report.samples) {
        states[sample.keyText] = plannedState(sample.category);
        m_payloads[sample.keyText] = sample.payload;
    }
    for (const std::string& key : report.absentKeys)
        states[key] = {Tone::Warning, tr("no record has this key")};
    const bool allTold = report.samples.size() == m_toSend;
    m_model->setStates(std::move(states),
                       allTold ? PushState{Tone::Warning, tr("is not sent")} : PushState());
    QStringList said{m_toSend == 0 ? tr("Nothing of this would be sent.")
                                   : tr("%n records would be sent. Nothing was sent yet.", nullptr,
                                        static_cast<int>(m_toSend))};
    said += leftOut(report);
    if (!report.absentKeys.empty())
        said.append(absentText(report.absentKeys));
    m_message->showMessage({m_toSend == m_model->keys().size() ? Tone::Info : Tone::Warning,
                            said.join(QLatin1Char('\n')),
                            {},
                            {},
                            {}});
    if (!m_keys->selectionModel()->hasSelection())
        m_keys->selectRow(0);
    showPayload();
}

void PushDialog::showOutcomes(const run::RunReport& report)
{
    m_step = Step::Sent;
    if (report.error)
        m_message->showMessage(messageOf(*report.error));
    else
        m_message->showMessage(
            {report.exitCode == 0 && report.absentKeys.empty() ? Tone::Success : Tone::Warning,
             reportText(report),
             {},
             {},
             {}});
    using Rows = Result<std::vector<state::HistoryRow>>;
    m_session.ask(
        this,
        [run = report.run](service::Workspace& workspace, const StopToken&) -> Rows {
            return workspace.records(run, {}, {}, static_cast<std::uint32_t>(mostShown));
        },
        [this, absent = report.absentKeys](Rows rows) {
            if (!rows)
                return;
            std::unordered_map<std::string, PushState> states;
            for (const state::HistoryRow& row : *rows)
                states[row.keyText] = outcomeState(row);
            for (const std::string& key : absent)
                states[key] = {Tone::Warning, tr("no record has this key")};
            const bool allTold = rows->size() < mostShown;
            m_model->setStates(std::move(states), allTold
                                                      ? PushState{Tone::Warning, tr("was not sent")}
                                                      : PushState());
        });
}

void PushDialog::showPayload()
{
    const QModelIndex index = m_keys->currentIndex();
    const auto found = index.isValid()
                           ? m_payloads.find(m_model->keys()[static_cast<std::size_t>(index.row())])
                           : m_payloads.end();
    m_payload->setJson(found == m_payloads.end() ? std::string() : found->second,
                       JsonChange::Other);
}

void PushDialog::dragEnterEvent(QDragEnterEvent* event)
{
    const bool busy = m_step == Step::Looking || m_step == Step::Sending;
    event->setAccepted(!busy && !fileIn(*event->mimeData()).isEmpty());
    if (event->isAccepted())
        event->setDropAction(Qt::CopyAction);
}

void PushDialog::dropEvent(QDropEvent* event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    addFile(fileIn(*event->mimeData()));
}

} // namespace headgate::ui
