// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/first_steps.h"

#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace headgate::ui {

namespace {

std::size_t numberOf(FirstStep step)
{
    return static_cast<std::size_t>(step);
}

QString textOf(FirstStep step)
{
    switch (step) {
    case FirstStep::Rows:
        return FirstSteps::tr("Look at the rows");
    case FirstStep::Group:
        return FirstSteps::tr("Group them");
    case FirstStep::Json:
        return FirstSteps::tr("See the JSON");
    case FirstStep::Send:
        return FirstSteps::tr("Send it");
    }
    return {};
}

} // namespace

FirstSteps::FirstSteps(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("First steps"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::unit, grid::unit, grid::unit);
    layout->setSpacing(grid::unit);
    auto* title = new QLabel(tr("First steps"));
    title->setFont(textFont(TextSize::Small, QFont::DemiBold));
    layout->addWidget(title);
    for (const FirstStep step : firstSteps) {
        auto* button = new QPushButton;
        setButtonKind(button, ButtonKind::Quiet);
        m_buttons[numberOf(step)] = button;
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, step] { Q_EMIT stepWanted(step); });
        show(step);
    }
    layout->addStretch();
    auto* close = new QToolButton;
    close->setIcon(themeIcon(Icon::Close));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Hide the first steps"));
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &FirstSteps::dismissed);
}

bool FirstSteps::isDone(FirstStep step) const
{
    return m_done[numberOf(step)];
}

void FirstSteps::setDone(FirstStep step)
{
    if (isDone(step))
        return;
    m_done[numberOf(step)] = true;
    show(step);
}

void FirstSteps::show(FirstStep step)
{
    QPushButton* const button = m_buttons[numberOf(step)];
    button->setText(QStringLiteral("&%1 %2").arg(numberOf(step) + 1).arg(textOf(step)));
    button->setAccessibleName(isDone(step) ? tr("%1, done").arg(textOf(step)) : textOf(step));
    button->setIcon(isDone(step) ? themeIcon(Icon::Success, IconColor::Success)
                                 : themeIcon(Icon::ChevronRight, IconColor::Quiet));
}

} // namespace headgate::ui
