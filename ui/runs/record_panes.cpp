// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/record_panes.h"

#include "base/text.h"
#include "session/report_text.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/elided_label.h"
#include "widgets/json_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

JsonView* jsonView(const QString& name)
{
    auto* view = new JsonView;
    view->setAccessibleName(name);
    view->setFrameShape(QFrame::NoFrame);
    return view;
}

QPlainTextEdit* plainView(const QString& name)
{
    auto* view = new QPlainTextEdit;
    view->setAccessibleName(name);
    view->setReadOnly(true);
    view->setFrameShape(QFrame::NoFrame);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setFont(codeFont());
    return view;
}

QSplitter* besideEachOther(QWidget* left, QWidget* right)
{
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("record.row_payload"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setSizes({500, 500});
    return splitter;
}

} // namespace

RecordPanes::RecordPanes(QWidget* parent)
    : QWidget(parent), m_row(jsonView(tr("Row"))), m_payload(jsonView(tr("Payload"))),
      m_request(plainView(tr("Request"))), m_answer(plainView(tr("Answer")))
{
    m_rowPane = makePane(tr("Row"), m_row, {});
    m_payloadPane = makePane(tr("Payload"), m_payload, tr("Copy payload"));
    m_requestPane = makePane(tr("Request"), m_request, tr("Copy as cURL"));
    m_answerPane = makePane(tr("Answer"), m_answer, {});
    auto* rows = new QSplitter(Qt::Vertical);
    rows->setObjectName(QStringLiteral("record.all"));
    rows->setChildrenCollapsible(false);
    rows->addWidget(besideEachOther(m_rowPane.frame, m_payloadPane.frame));
    rows->addWidget(besideEachOther(m_requestPane.frame, m_answerPane.frame));
    rows->setSizes({500, 500});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(rows);
    connect(m_payloadPane.copy, &QToolButton::clicked, this, &RecordPanes::copyPayload);
    connect(m_requestPane.copy, &QToolButton::clicked, this, &RecordPanes::copyCurl);
    clear();
}

RecordPanes::Pane RecordPanes::makePane(const QString& title, QWidget* view,
                                        const QString& copyText)
{
    Pane pane;
    pane.frame = new QWidget;
    auto* heading = new QLabel(title);
    heading->setFont(textFont(TextSize::Small, QFont::DemiBold));
    pane.note = new ElidedLabel;
    pane.note->setFont(textFont(TextSize::Small));
    pane.note->setForegroundRole(QPalette::PlaceholderText);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::gap, 0, grid::unit, 0);
    head->addWidget(heading);
    head->addWidget(pane.note, 1);
    if (!copyText.isEmpty()) {
        pane.copy = new QToolButton;
        pane.copy->setIcon(themeIcon(Icon::Copy));
        pane.copy->setText(copyText);
        pane.copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        pane.copy->setAccessibleName(copyText);
        pane.copy->setFont(textFont(TextSize::Small));
        head->addWidget(pane.copy);
    }
    auto* bar = new QWidget;
    bar->setLayout(head);
    bar->setFixedHeight(rowHeight());
    auto* layout = new QVBoxLayout(pane.frame);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(view, 1);
    return pane;
}

void RecordPanes::setTrace(service::RecordTrace trace)
{
    m_trace = std::move(trace);
    const state::HistoryRow& row = m_trace.row;
    const bool sent = row.outcome == "successful" || row.outcome == "unconfirmed";
    const QString notKept = tr("not kept");
    m_row->setJson(row.row, JsonChange::Other);
    m_rowPane.note->setText(row.row.empty() ? notKept : QString());
    m_payload->setJson(row.payload, JsonChange::Other);
    m_payloadPane.note->setText(row.payload.empty() ? notKept : QString());
    m_payloadPane.copy->setEnabled(!row.payload.empty());
    m_request->setPlainText(shownRequest(row.request));
    const QString ofAccepted = tr("not kept of records that were accepted");
    m_requestPane.note->setText(!row.request.empty()
                                    ? (m_trace.cutRequest ? tr("the beginning") : QString())
                                : sent ? ofAccepted
                                       : notKept);
    m_requestPane.copy->setEnabled(!m_trace.curl.text.empty());
    m_requestPane.copy->setToolTip(m_trace.cutRequest
                                       ? tr("The request was longer than what is kept of one.")
                                       : tr("Secrets become variables of the shell"));
    m_answer->setPlainText(indentedIfJson(row.answer));
    m_answerPane.note->setText(!row.answer.empty() ? QString() : sent ? ofAccepted : notKept);
}

void RecordPanes::clear()
{
    m_trace = {};
    for (JsonView* view : {m_row, m_payload})
        view->setJson({}, JsonChange::Other);
    for (QPlainTextEdit* view : {m_request, m_answer})
        view->clear();
    for (const Pane& pane : {m_rowPane, m_payloadPane, m_requestPane, m_answerPane}) {
        pane.note->clear();
        if (pane.copy)
            pane.copy->setEnabled(false);
    }
}

void RecordPanes::copyPayload()
{
    if (m_trace.row.payload.empty())
        return;
    QGuiApplication::clipboard()->setText(toQString(m_trace.row.payload));
    Q_EMIT copied(tr("The payload is on the clipboard."));
}

void RecordPanes::copyCurl()
{
    if (m_trace.curl.text.empty())
        return;
    QGuiApplication::clipboard()->setText(toQString(m_trace.curl.text));
    QStringList variables;
    for (const std::string& variable : m_trace.curl.variables)
        variables.append(QLatin1Char('$') + toQString(variable));
    Q_EMIT copied(variables.isEmpty()
                      ? tr("The command is on the clipboard.")
                      : tr("The command is on the clipboard, without secrets: set %1 before you "
                           "run it.")
                            .arg(variables.join(u", ")));
}

} // namespace headgate::ui
