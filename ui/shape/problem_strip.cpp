// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/problem_strip.h"

#include "base/text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/count_text.h"
#include "widgets/tone_icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

namespace headgate::ui {

ProblemStrip::ProblemStrip(QWidget* parent)
    : QWidget(parent), m_icon(new ToneIcon(Tone::Success)), m_text(new QLabel),
      m_repairIt(new QPushButton), m_record(new QPushButton(tr("Show a record"))),
      m_previous(new QToolButton), m_next(new QToolButton)
{
    m_text->setAccessibleName(tr("Problems"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setFont(textFont(TextSize::Small));
    m_record->setAccessibleName(tr("Show a record with this problem"));
    setButtonKind(m_record, ButtonKind::Quiet);
    m_repairIt->setAccessibleName(tr("Repair"));
    m_repairIt->hide();
    m_previous->setIcon(themeIcon(Icon::ChevronUp));
    m_previous->setAccessibleName(tr("Previous problem"));
    m_next->setIcon(themeIcon(Icon::ChevronDown));
    m_next->setAccessibleName(tr("Next problem"));
    for (QToolButton* each : {m_previous, m_next})
        each->setAutoRaise(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::unit, grid::unit, grid::unit);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_repairIt);
    layout->addWidget(m_record);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_repairIt, &QPushButton::clicked, this, [this] {
        if (m_repair)
            Q_EMIT repairWanted(shape::ShapeRepair(*m_repair));
    });
    connect(m_record, &QPushButton::clicked, this, [this] {
        if (m_current < m_problems.size() && m_problems[m_current].record)
            Q_EMIT recordWanted(*m_problems[m_current].record);
    });
    show();
}

void ProblemStrip::setFindings(const std::vector<shape::ShapeFinding>& findings)
{
    m_findings = findings;
    m_survey.reset();
    collect();
}

void ProblemStrip::setSurvey(const std::shared_ptr<const service::SampleSurvey>& survey,
                             bool complete)
{
    m_survey = survey;
    m_complete = complete;
    collect();
}

void ProblemStrip::collect()
{
    m_problems.clear();
    for (const shape::ShapeFinding& finding : m_findings)
        m_problems.push_back(
            {finding.node, finding.issue.code, finding.issue.severity == Severity::Error,
             finding.issue.remedy.isEmpty()
                 ? finding.issue.message
                 : finding.issue.message + QLatin1Char(' ') + finding.issue.remedy});
    const int records = m_survey ? pluralOf(m_survey->records) : 0;
    if (m_survey)
        for (const service::SampleSurvey::Problem& problem : m_survey->problems)
            m_problems.push_back(
                {problem.node, problem.code, false,
                 (m_complete ? tr("%1 In %2 of %3 records.", nullptr, records)
                             : tr("%1 In %2 of the first %3 records.", nullptr, records))
                     .arg(problem.message, countText(problem.records),
                          countText(m_survey->records)),
                 problem.example, problem.heaviest});
    m_current = std::min(m_current, m_problems.empty() ? 0 : m_problems.size() - 1);
    show();
}

void ProblemStrip::show()
{
    const bool any = !m_problems.empty();
    for (QWidget* each : std::initializer_list<QWidget*>{m_previous, m_next})
        each->setVisible(m_problems.size() > 1);
    m_repair.reset();
    if (any && m_repairs)
        m_repair = m_repairs(m_problems[m_current].node, m_problems[m_current].code,
                             m_problems[m_current].heaviest);
    m_repairIt->setVisible(m_repair.has_value());
    m_repairIt->setText(m_repair ? m_repair->name : QString());
    m_record->setVisible(any && m_problems[m_current].record.has_value());
    if (!any) {
        m_icon->setTone(m_survey ? Tone::Success : Tone::Neutral);
        m_text->setText(!m_survey    ? QString()
                        : m_complete ? tr("No problem in %1.").arg(recordsText(m_survey->records))
                                     : tr("No problem in the first %1 records.", nullptr,
                                          pluralOf(m_survey->records))
                                           .arg(countText(m_survey->records)));
        return;
    }
    const Problem& problem = m_problems[m_current];
    m_icon->setTone(problem.error ? Tone::Error : Tone::Warning);
    m_text->setText(
        m_problems.size() == 1
            ? problem.text
            : tr("%1 of %2: %3").arg(m_current + 1).arg(m_problems.size()).arg(problem.text));
}

void ProblemStrip::step(int by)
{
    if (m_problems.empty())
        return;
    const auto count = static_cast<int>(m_problems.size());
    m_current = static_cast<std::size_t>((static_cast<int>(m_current) + by + count) % count);
    show();
    Q_EMIT nodeWanted(m_problems[m_current].node);
}

} // namespace headgate::ui
