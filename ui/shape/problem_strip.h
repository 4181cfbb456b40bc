// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/sample_survey.h"
#include "shape/shape_check.h"
#include "shape/shape_repair.h"

#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QToolButton;

namespace headgate::ui {

class ToneIcon;

/// What is wrong with a shape over the records at hand, one problem after the other: it counts
/// them, names the records it has looked at, and shows one that has the problem.
class ProblemStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemStrip(QWidget* parent = nullptr);

    void setFindings(const std::vector<shape::ShapeFinding>& findings);
    /// `complete`: the records are all that there are.
    void setSurvey(const std::shared_ptr<const service::SampleSurvey>& survey, bool complete);
    /// What could be done about a problem; asked for the one that is shown.
    using Repairs = std::function<std::optional<shape::ShapeRepair>(
        shape::NodeId node, const std::string& code,
        const std::optional<service::SampleSurvey::Weight>& heaviest)>;
    void setRepairs(Repairs repairs) { m_repairs = std::move(repairs); }
    [[nodiscard]] std::size_t count() const { return m_problems.size(); }
    void step(int by);

Q_SIGNALS:
    void nodeWanted(headgate::shape::NodeId node);
    void recordWanted(std::size_t record);
    void repairWanted(const headgate::shape::ShapeRepair& repair);

private:
    struct Problem
    {
        shape::NodeId node = 0;
        std::string code;
        bool error = false;
        QString text;
        std::optional<std::size_t> record = std::nullopt; ///< one that has it
        std::optional<service::SampleSurvey::Weight> heaviest = std::nullopt;
    };
    void collect();
    void show();

    std::vector<shape::ShapeFinding> m_findings;
    std::shared_ptr<const service::SampleSurvey> m_survey;
    bool m_complete = false;
    std::vector<Problem> m_problems;
    std::size_t m_current = 0;
    ToneIcon* m_icon;
    QLabel* m_text;
    Repairs m_repairs;
    std::optional<shape::ShapeRepair> m_repair; ///< of the problem that is shown
    QPushButton* m_repairIt;
    QPushButton* m_record;
    QToolButton* m_previous;
    QToolButton* m_next;
};

} // namespace headgate::ui
