// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/inbox_page.h"

#include "base/text.h"
#include "inbox/misbehaviour_bar.h"
#include "session/project_session.h"
#include "theme/fonts.h"
#include "widgets/count_text.h"
#include "widgets/elided_label.h"
#include "widgets/empty_state.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"

#include <QLabel>
#include <QListWidget>
#include <QSplitter>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int pollEvery = 300;
constexpr std::size_t mostRequests = 1000;

QString lineOf(const inbox::ReceivedRequest& request)
{
    const QString what = toQString(request.method) + QLatin1Char(' ') + toQString(request.target);
    return request.records == 0
               ? what
               : InboxPage::tr("%1  \u00B7  records: %2").arg(what).arg(request.records);
}

Tone toneOf(const inbox::ReceivedRequest& request)
{
    if (request.status == 0 || request.status >= 500)
        return Tone::Error;
    return request.status >= 400 || request.refused > 0 ? Tone::Warning : Tone::Success;
}

JsonView* jsonPane(const QString& name)
{
    auto* pane = new JsonView;
    pane->setAccessibleName(name);
    pane->setFrameShape(QFrame::NoFrame);
    return pane;
}

ElidedLabel* headOf(const QString& name)
{
    auto* head = new ElidedLabel;
    head->setAccessibleName(name);
    head->setFont(textFont(TextSize::Small, QFont::DemiBold));
    head->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    return head;
}

QWidget* headed(ElidedLabel* head, JsonView* pane)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(pane, 1);
    return box;
}

QString headersOf(const inbox::ReceivedRequest& request)
{
    QStringList lines;
    for (const inbox::HttpHeader& header : request.headers)
        lines.append(toQString(header.name) + QStringLiteral(": ") + toQString(header.value));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

InboxPage::InboxPage(ProjectSession& session, QWidget* parent)
    : Page({PageKind::Inbox, {}}, parent), m_session(session),
      m_nothing(new EmptyState(Icon::Inbox, tr("Nothing has arrived"),
                               tr("What a run sends to the stand-in on this machine appears here "
                                  "as it arrives."))),
      m_content(new QWidget), m_message(new MessageStrip), m_bar(new MisbehaviourBar),
      m_summary(new QLabel), m_list(new QListWidget), m_head(headOf(tr("Request line"))),
      m_request(jsonPane(tr("Request"))), m_status(headOf(tr("Status"))),
      m_answer(jsonPane(tr("Answer")))
{
    m_summary->setAccessibleName(tr("Summary"));
    m_summary->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    m_list->setAccessibleName(tr("Requests"));
    m_list->setFrameShape(QFrame::NoFrame);
    auto* right = new QSplitter(Qt::Vertical);
    right->setObjectName(QStringLiteral("inbox.request"));
    right->addWidget(headed(m_head, m_request));
    right->addWidget(headed(m_status, m_answer));
    right->setSizes({420, 160});
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("inbox.all"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(right);
    splitter->setSizes({340, 700});
    auto* inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    inner->addWidget(splitter, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_summary);
    layout->addWidget(m_bar);
    layout->addWidget(m_nothing, 1);
    layout->addWidget(m_content, 1);
    m_content->hide();
    m_message->clear();
    connect(m_bar, &MisbehaviourBar::changed, this, &InboxPage::misbehave);
    connect(&m_session, &ProjectSession::inboxStarted, this, &InboxPage::misbehave);

    connect(m_list, &QListWidget::currentRowChanged, this, &InboxPage::showRequest);
    connect(&m_timer, &QTimer::timeout, this, &InboxPage::poll);
    m_timer.start(pollEvery);
    poll();
}

QString InboxPage::title() const
{
    return tr("Inbox");
}

void InboxPage::misbehave()
{
    service::InboxSession* const inbox = m_session.inbox();
    if (inbox == nullptr)
        return;
    const auto done = inbox->misbehave(m_bar->misbehaviours());
    if (done)
        m_message->clear();
    else
        m_message->showMessage(messageOf(done.error()));
}

void InboxPage::poll()
{
    m_bar->setVisible(m_session.inbox() != nullptr);
    if (m_session.inbox() == nullptr) {
        m_summary->setText(tr("No stand-in runs in this window. The sample's starts by itself; "
                              "for another destination run \u201Cheadgate inbox\u201D."));
        return;
    }
    m_summary->setText(toQString(m_session.inbox()->url()));
    for (inbox::ReceivedRequest& request : m_session.inbox()->received(m_last)) {
        m_last = request.number;
        auto* item = new QListWidgetItem(themeIcon(toneOf(request)), lineOf(request));
        m_list->insertItem(0, item);
        m_requests.push_back(std::move(request));
    }
    if (m_requests.empty())
        return;
    if (m_requests.size() > mostRequests) {
        m_requests.erase(m_requests.begin(),
                         m_requests.end() - static_cast<std::ptrdiff_t>(mostRequests));
        while (m_list->count() > static_cast<int>(mostRequests))
            delete m_list->takeItem(m_list->count() - 1);
    }
    const service::InboxSummary summary = m_session.inbox()->summary();
    m_summary->setText(tr("%1  \u00B7  %2, %3 taken, %4 refused")
                           .arg(toQString(m_session.inbox()->url()), requestsText(summary.requests),
                                recordsText(summary.taken), countText(summary.refused)));
    m_nothing->hide();
    m_content->show();
    if (m_list->currentRow() < 0)
        m_list->setCurrentRow(0);
}

void InboxPage::showRequest(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_requests.size())
        return;
    const inbox::ReceivedRequest& request =
        m_requests[m_requests.size() - 1 - static_cast<std::size_t>(row)];
    m_head->setText(lineOf(request));
    m_head->setToolTip(headersOf(request));
    m_request->setJson(request.body, JsonChange::Other);
    m_status->setText(request.status == 0 ? tr("The connection was cut on purpose")
                                          : tr("Answered with %1").arg(request.status));
    m_answer->setJson(request.answer, JsonChange::Other);
}

} // namespace headgate::ui
