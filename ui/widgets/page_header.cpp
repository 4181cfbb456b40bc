// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/page_header.h"

#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/elided_label.h"
#include "widgets/spinner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {

PageHeader::PageHeader(QPushButton* ask, QWidget* parent)
    : QWidget(parent), m_layout(new QHBoxLayout(this)), m_title(new QLabel),
      m_about(new ElidedLabel), m_spinner(new Spinner),
      m_cancel(new QPushButton(themeIcon(Icon::Cancel), tr("Cancel"))), m_ask(ask)
{
    m_title->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_cancel->setAccessibleName(tr("Cancel the question"));
    m_cancel->hide();
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_about);
    m_layout->setContentsMargins(grid::section, grid::gap + grid::unit, grid::section,
                                 grid::gap + grid::unit);
    m_layout->setSpacing(grid::gap);
    m_layout->addLayout(texts, 1);
    m_layout->addWidget(m_spinner);
    m_layout->addWidget(m_cancel);
    m_layout->addWidget(m_ask);
    connect(m_ask, &QPushButton::clicked, this, &PageHeader::askWanted);
    connect(m_cancel, &QPushButton::clicked, this, &PageHeader::cancelWanted);
}

void PageHeader::setTitle(const QString& title)
{
    m_title->setText(title);
}

void PageHeader::setAbout(const QStringList& facts)
{
    m_about->setText(facts.join(QStringLiteral("  \u00B7  ")));
}

void PageHeader::addButton(QPushButton* button)
{
    m_layout->insertWidget(m_layout->indexOf(m_ask), button);
}

void PageHeader::setAsking(const QString& what)
{
    m_spinner->setText(what);
    QPushButton* const shown = what.isEmpty() ? m_ask : m_cancel;
    QPushButton* const hidden = what.isEmpty() ? m_cancel : m_ask;
    shown->show();
    if (hidden->hasFocus())
        shown->setFocus();
    hidden->hide();
    if (what.isEmpty())
        m_spinner->stop();
    else
        m_spinner->start();
}

} // namespace headgate::ui
