// SPDX-License-Identifier: GPL-3.0-or-later
#include "destination/destination_page.h"

#include "base/text.h"
#include "session/project_session.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/card.h"
#include "widgets/message_strip.h"
#include "widgets/spinner.h"
#include "widgets/verdict.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int widestCards = 920;

const project::DestinationDefinition& destinationOf(const ProjectSession& session,
                                                    const std::string& slug)
{
    static const project::DestinationDefinition gone;
    const auto* found =
        session.contents() ? session.contents()->project.destination(slug) : nullptr;
    return found ? *found : gone;
}

QString nameOf(const project::DestinationDefinition& destination)
{
    return toQString(destination.name.empty() ? destination.slug : destination.name);
}

/// "iterable, at http://127.0.0.1:8825"
QString summaryOf(const project::DestinationDefinition& destination)
{
    const QString connector = toQString(destination.connector);
    const std::string& url = destination.settings.common.baseUrl;
    return url.empty() ? connector
                       : DestinationPage::tr("%1, at %2").arg(connector, toQString(url));
}

} // namespace

DestinationPage::DestinationPage(ProjectSession& session, std::string destination, QWidget* parent)
    : Page({PageKind::Destination, std::move(destination)}, parent), m_session(session),
      m_message(new MessageStrip), m_verdict(new Verdict)
{
    m_message->clear();
    m_verdict->setAction({});
    m_verdict->hide();
    auto* content = new QWidget;
    content->setMaximumWidth(widestCards);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(grid::section, 0, grid::section, grid::section);
    column->setSpacing(grid::gap + grid::unit);
    column->addWidget(m_verdict);
    addSyncs(column);
    column->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    layout->addWidget(content, 1);
    connect(m_test, &QPushButton::clicked, this, &DestinationPage::test);
    connect(&m_session, &ProjectSession::trustChanged, this, &DestinationPage::refresh);
    refresh();
}

QString DestinationPage::title() const
{
    return nameOf(destinationOf(m_session, id().slug));
}

QWidget* DestinationPage::makeHeader()
{
    const project::DestinationDefinition& destination = destinationOf(m_session, id().slug);
    auto* name = new QLabel(nameOf(destination));
    name->setFont(textFont(TextSize::Title, QFont::DemiBold));
    auto* summary = new QLabel(summaryOf(destination));
    summary->setForegroundRole(QPalette::PlaceholderText);
    m_spinner = new Spinner;
    m_spinner->setText(tr("Asking the destination"));
    m_test = new QPushButton(tr("Test"));
    m_test->setAccessibleName(tr("Test the account"));
    auto* header = new QWidget;
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(name);
    texts->addWidget(summary);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(grid::section, grid::gap + grid::unit, grid::section,
                               grid::gap + grid::unit);
    layout->addLayout(texts, 1);
    layout->addWidget(m_spinner);
    layout->addWidget(m_test);
    return header;
}

void DestinationPage::addSyncs(QVBoxLayout* column)
{
    if (!m_session.contents())
        return;
    for (const project::SyncDefinition& sync : m_session.contents()->project.syncs) {
        if (sync.destination != id().slug)
            continue;
        auto* card = new Card(toQString(sync.name.empty() ? sync.slug : sync.name));
        card->setIcon(Icon::Sync);
        card->setSubtitle(sync.object.empty() ? tr("Sends here; its object is not chosen yet")
                                              : tr("Sends %1").arg(toQString(sync.object)));
        card->setClickable(true);
        card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
        column->addWidget(card);
        connect(card, &Card::clicked, this, [this, slug = sync.slug] {
            Q_EMIT pageWanted({PageKind::Sync, slug});
        });
    }
}

void DestinationPage::refresh()
{
    m_test->setEnabled(m_session.contents() && m_session.contents()->trusted);
}

void DestinationPage::test()
{
    m_spinner->start();
    const std::string destination = id().slug;
    m_session.askFar(
        this,
        [destination](service::Workspace& workspace, const StopToken& stop) {
            return workspace.checkDestination(destination, stop);
        },
        [this](Result<connector::AccountCheck> check) {
            m_spinner->stop();
            if (!check)
                return m_message->showMessage(messageOf(check.error()));
            m_message->clear();
            m_verdict->setVerdict(Tone::Success, check->summary.isEmpty()
                                                     ? tr("The account answers")
                                                     : check->summary);
            m_verdict->show();
        });
}

} // namespace headgate::ui
