// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "run/run_report.h"

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace headgate::ui {

class EmptyState;
class JsonView;
class MessageStrip;

/// What a run would do, or did not do because a gate stopped it: counts, gates, and the records
/// themselves with what was accepted before beside what would be sent.
class PlanView final : public QWidget
{
    Q_OBJECT

public:
    explicit PlanView(QWidget* parent = nullptr);

    /// Of a dry run, or of a run that a gate stopped.
    void showPlan(const run::RunReport& report);
    /// The exact requests of the record that is shown; empty: they are not known.
    void showRequest(const QString& text);

Q_SIGNALS:
    /// A dry run, to have a plan.
    void planWanted();
    /// Deliver exactly this stopped plan.
    void confirmWanted(const std::string& plan);
    /// A record that would be sent came in front.
    void recordShown(const plan::PlanSample& sample);

private:
    struct Group
    {
        std::optional<plan::Category> category; ///< none: the reasons of Invalid ones
        std::uint64_t count = 0;
    };

    void build();
    [[nodiscard]] QWidget* makeRecords();
    void showGates();
    void showGroups();
    void showGroup(int row);
    void showRecord(int row);

    run::RunReport m_report;
    std::vector<Group> m_groups;
    std::vector<const plan::PlanSample*> m_shown; ///< of m_report, by row of m_records
    QStackedWidget* m_stack = nullptr;
    EmptyState* m_nothing = nullptr;
    QLabel* m_sum = nullptr;
    QPushButton* m_again = nullptr;
    MessageStrip* m_gates = nullptr;
    QListWidget* m_list = nullptr;
    QLabel* m_note = nullptr;
    QListWidget* m_records = nullptr;
    QWidget* m_oldPane = nullptr;
    JsonView* m_old = nullptr;
    QLabel* m_oldTitle = nullptr;
    JsonView* m_new = nullptr;
    QLabel* m_newTitle = nullptr;
    QPlainTextEdit* m_request = nullptr;
    QWidget* m_requestPane = nullptr;
};

} // namespace headgate::ui
