// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/welcome_page.h"

#include "frame/action_table.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/card.h"
#include "widgets/elided_label.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int columnWidth = 760;

Card* choice(QAction* action, Icon icon, const QString& title, const QString& sentence)
{
    auto* card = new Card(title);
    card->setSubtitle(sentence);
    card->setIcon(icon);
    card->setClickable(true);
    card->setAccessibleName(title);
    QObject::connect(card, &Card::clicked, action, &QAction::trigger);
    return card;
}

} // namespace

WelcomePage::WelcomePage(const ActionTable& actions, QWidget* parent)
    : QWidget(parent), m_recent(new QWidget), m_recentList(new QVBoxLayout(m_recent))
{
    auto* title = new QLabel(tr("Headgate"));
    QFont large = textFont(TextSize::Title, QFont::DemiBold);
    large.setPointSizeF(large.pointSizeF() * 1.5);
    title->setFont(large);
    auto* sentence = new QLabel(
        tr("Rows of your warehouse, shaped by eye into the JSON that your tools expect. Nothing "
           "leaves this machine but the requests."));
    sentence->setWordWrap(true);
    sentence->setForegroundRole(QPalette::PlaceholderText);

    auto* choices = new QHBoxLayout;
    choices->setSpacing(grid::section);
    const auto add = [choices](Card* card) { choices->addWidget(card, 1); };
    add(choice(actions[ActionId::OpenSample], Icon::Sample, tr("Open the sample"),
               tr("A small shop, and an inbox on this machine that answers as "
                  "Iterable would. No account, no network.")));
    add(choice(actions[ActionId::NewProject], Icon::Add, tr("New project"),
               tr("An empty folder of text files, made for git.")));
    add(choice(actions[ActionId::OpenProject], Icon::Open, tr("Open a project"),
               tr("A folder with a headgate.json.")));

    m_recentList->setContentsMargins(0, 0, 0, 0);
    m_recentList->setSpacing(0);
    auto* column = new QWidget;
    column->setFixedWidth(columnWidth);
    auto* inner = new QVBoxLayout(column);
    inner->setSpacing(grid::section);
    inner->addWidget(title);
    inner->addWidget(sentence);
    inner->addSpacing(grid::gap);
    inner->addLayout(choices);
    inner->addSpacing(grid::gap);
    inner->addWidget(m_recent);
    auto* middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(column);
    middle->addStretch();
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(2);
    outer->addLayout(middle);
    outer->addStretch(3);
    m_recent->hide();
}

void WelcomePage::setRecentProjects(const QStringList& folders)
{
    qDeleteAll(m_recent->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    auto* heading = new QLabel(tr("Recent"));
    heading->setFont(textFont(TextSize::Small, QFont::DemiBold));
    m_recentList->addWidget(heading);
    for (const QString& folder : folders) {
        auto* open = new QPushButton(QDir(folder).dirName() + QStringLiteral("   ") +
                                     QDir::toNativeSeparators(folder));
        open->setAccessibleName(tr("Open %1").arg(folder));
        open->setIcon(themeIcon(Icon::Folder));
        setButtonKind(open, ButtonKind::Quiet);
        connect(open, &QPushButton::clicked, this,
                [this, folder] { Q_EMIT projectWanted(folder); });
        m_recentList->addWidget(open, 0, Qt::AlignLeft);
    }
    m_recent->setVisible(!folders.isEmpty());
}

} // namespace headgate::ui
