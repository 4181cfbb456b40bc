// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/row_test.h"

#include "base/text.h"
#include "session/documents.h"
#include "session/recipient_text.h"
#include "session/report_text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"
#include "widgets/spinner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr QSize rowTestSize(760, 560);

QPlainTextEdit* readOnlyText(QTabWidget* tabs, const QString& title)
{
    auto* text = new QPlainTextEdit;
    text->setAccessibleName(title);
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(codeFont());
    tabs->addTab(text, title);
    return text;
}

} // namespace

RowTest::RowTest(ProjectSession& session, const std::string& sync, const std::string& key,
                 const std::string& payload, QWidget* parent)
    : QDialog(parent), m_session(session), m_sync(sync), m_payloadKey(key)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Test a row"));
    resize(rowTestSize);
    build(key, payload);
    connect(&m_session, &QObject::destroyed, this, &QDialog::reject);
    connect(&m_session, &ProjectSession::runFinished, this, &RowTest::showEnd);
    connect(&m_session, &ProjectSession::failed, this, [this](const Error& error) {
        if (!m_sending)
            return;
        m_sending = false;
        m_message->showMessage(messageOf(error));
        showState();
    });
    showState();
}

void RowTest::build(const std::string& key, const std::string& payload)
{
    m_where = new QLabel;
    m_where->setWordWrap(true);
    m_where->setTextFormat(Qt::PlainText);
    m_key = new QLineEdit(toQString(key));
    m_key->setAccessibleName(tr("Record key"));
    m_spinner = new Spinner;
    m_spinner->setText(tr("Sending"));
    m_send = new QPushButton;
    setButtonKind(m_send, ButtonKind::Primary);
    m_send->setDefault(true);
    auto* asked = new QHBoxLayout;
    asked->setSpacing(grid::gap);
    auto* label = new QLabel(tr("Record &key"));
    label->setBuddy(m_key);
    asked->addWidget(label);
    asked->addWidget(m_key, 1);
    asked->addWidget(m_spinner);
    asked->addWidget(m_send);
    m_message = new MessageStrip;
    m_message->clear();
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("What is sent and what comes back"));
    m_payload = new JsonView;
    m_payload->setAccessibleName(tr("Payload"));
    m_payload->setFrameShape(QFrame::NoFrame);
    m_payload->setJson(payload, JsonChange::Other);
    m_tabs->addTab(m_payload, tr("Payload"));
    m_request = readOnlyText(m_tabs, tr("Request"));
    m_answer = readOnlyText(m_tabs, tr("Answer"));
    m_tabs->setTabVisible(1, false);
    m_tabs->setTabVisible(2, false);
    auto* close = new QPushButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &RowTest::send);
    connect(m_key, &QLineEdit::textChanged, this, &RowTest::showState);
    auto* end = new QHBoxLayout;
    end->addStretch();
    end->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_where);
    layout->addLayout(asked);
    layout->addWidget(m_message);
    layout->addWidget(m_tabs, 1);
    layout->addLayout(end);
}

void RowTest::showState()
{
    const QString to = recipientText(m_session, m_sync);
    if (to.isEmpty())
        return reject();
    m_where->setText(tr("This really sends one record to %1. It changes nothing else: no record is "
                        "removed there "
                        "and the next run is not moved on.")
                         .arg(to));
    const bool unsaved = !m_session.documents().modified().empty();
    m_send->setText(unsaved ? tr("Save all and send it") : tr("Send it"));
    m_send->setEnabled(!m_sending && !m_session.isRunning(m_sync) && !m_key->text().isEmpty());
    m_tabs->setTabVisible(0, m_key->text().toStdString() == m_payloadKey);
}

void RowTest::send()
{
    m_message->clear();
    m_sending = true;
    m_spinner->start();
    showState();
    if (m_session.documents().modified().empty())
        return start();
    connect(&m_session, &ProjectSession::contentsChanged, this, &RowTest::start,
            Qt::SingleShotConnection);
    m_session.documents().saveAll();
}

void RowTest::start()
{
    service::RunRequest request;
    request.sync = m_sync;
    request.kind = run::RunKind::Push;
    request.keys = {m_key->text().toStdString()};
    m_session.startRun(request);
}

void RowTest::showEnd(const run::RunReport& report)
{
    if (!m_sending || report.sync != m_sync || report.kind != run::RunKind::Push)
        return;
    m_sending = false;
    m_spinner->stop();
    showState();
    if (report.error)
        m_message->showMessage(messageOf(*report.error));
    else
        m_message->showMessage(
            {report.exitCode == 0 ? Tone::Success : Tone::Warning, reportText(report), {}, {}, {}});
    if (!report.samples.empty())
        m_payload->setJson(report.samples.front().payload, JsonChange::Other);
    m_payloadKey = m_key->text().toStdString();
    showExchanges(report.exchanges);
}

void RowTest::showExchanges(const std::vector<run::ShownExchange>& exchanges)
{
    QStringList requests;
    QStringList answers;
    for (const run::ShownExchange& exchange : exchanges) {
        requests.append(toQString(exchange.request));
        answers.append(exchange.answer.empty()
                           ? tr("No whole answer came: %1").arg(toQString(exchange.failure))
                           : toQString(exchange.answer));
        answers.last() +=
            tr("\n\n(after %n ms)", nullptr, static_cast<int>(exchange.duration.count()));
    }
    const QString line = QStringLiteral("\n\n%1\n\n").arg(QString(40, QChar(0x2500)));
    m_request->setPlainText(requests.join(line));
    m_answer->setPlainText(answers.join(line));
    m_tabs->setTabVisible(0, !m_payload->lines().isEmpty());
    m_tabs->setTabVisible(1, !exchanges.empty());
    m_tabs->setTabVisible(2, !exchanges.empty());
    if (!exchanges.empty())
        m_tabs->setCurrentIndex(2);
}

} // namespace headgate::ui
