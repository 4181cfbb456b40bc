// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "session/page.h"

#include <QTimer>
#include <vector>

class QTableView;

namespace headgate::ui {

class EmptyState;
class MessageStrip;
class ProjectSession;
class RunChart;
class RunDetails;
class RunFilters;
class RunsModel;
struct RecordWish;

/// The history: runs of all syncs and processes, newest first, with filters and a chart of the last
/// ones; and of the chosen run its records.
class RunsPage final : public Page
{
    Q_OBJECT

public:
    RunsPage(ProjectSession& session, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::string currentSync() const override;
    [[nodiscard]] QList<QAction*> pageActions() const override;
    void refresh() override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void load(bool more);
    void showRuns(std::vector<state::RunRow> runs);
    void showChart();
    void showCurrent();
    void showRun(const state::RunRow& run);
    void askForRun(const std::string& run);
    void selectRun(const std::string& run);
    void takeWish();
    void lookForLive();
    void takeLive(const std::vector<service::LiveRun>& runs);
    void cancelRun(const std::string& run);
    [[nodiscard]] std::string slugOf(const state::RunRow& run) const;

    ProjectSession& m_session;
    const Clock& m_clock;
    MessageStrip* m_message;
    RunFilters* m_filters;
    RunsModel* m_model;
    QTableView* m_table;
    RunChart* m_chart;
    RunDetails* m_details;
    EmptyState* m_nothing;
    QWidget* m_content;
    QTimer m_poll;
    std::uint64_t m_asked = 0; ///< answers to earlier questions are dropped
    bool m_looking = false;
    std::string m_run; ///< the chosen one, also where a filter hides it
    std::string m_wishedOutcome;
    std::string m_wishedKey;
    bool m_wished = false; ///< the newest run of the list, or m_run, is to be searched
    std::vector<std::string> m_live;
};

} // namespace headgate::ui
