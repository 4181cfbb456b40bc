// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/last_sent_view.h"

#include "theme/fonts.h"
#include "widgets/json_difference.h"

#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

QWidget* headed(const QString& title, JsonView* view)
{
    view->setAccessibleName(title);
    view->setFrameShape(QFrame::NoFrame);
    auto* label = new QLabel(title);
    label->setFont(textFont(TextSize::Small, QFont::DemiBold));
    label->setContentsMargins(grid::section, grid::unit, grid::section, grid::unit);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(label);
    layout->addWidget(view, 1);
    return box;
}

} // namespace

LastSentView::LastSentView(QWidget* parent)
    : QWidget(parent), m_statement(new QLabel), m_before(new JsonView), m_after(new JsonView)
{
    m_statement->setWordWrap(true);
    m_statement->setTextFormat(Qt::PlainText);
    m_statement->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    auto* payloads = new QSplitter(Qt::Vertical);
    payloads->setObjectName(QStringLiteral("shape.last_sent"));
    payloads->setChildrenCollapsible(false);
    payloads->addWidget(headed(tr("Accepted last"), m_before));
    payloads->addWidget(headed(tr("Would be sent now"), m_after));
    m_payloads = payloads;
    m_payloads->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_statement);
    layout->addWidget(m_payloads, 1);
    layout->addStretch(0);
}

void LastSentView::show(const service::LastSent& last, const std::string& payload)
{
    m_statement->setText(last.statement);
    m_payloads->setVisible(last.payload.has_value());
    if (!last.payload)
        return;
    m_before->setJson(*last.payload, JsonChange::Other);
    m_after->setJson(payload, JsonChange::Other);
    const JsonDifference difference = differenceOf(m_before->lines(), m_after->lines());
    m_before->setMarks(difference.before);
    m_after->setMarks(difference.after);
}

void LastSentView::showText(const QString& text)
{
    m_statement->setText(text);
    m_payloads->hide();
}

} // namespace headgate::ui
