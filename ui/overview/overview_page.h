// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/page.h"
#include "session/sync_verdict.h"

#include <QTimer>
#include <map>

class QVBoxLayout;

namespace headgate::ui {

class Beginning;
class Card;
class LiveRuns;
class MessageStrip;
class ProjectSession;
class Verdict;

/// How every sync stands, those that need somebody first, with what they need: the causes of
/// failures, records in doubt, a plan that a gate stopped. Above them the runs of other programs.
class OverviewPage final : public Page
{
    Q_OBJECT

public:
    OverviewPage(ProjectSession& session, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;

Q_SIGNALS:
    /// Another page, in front, and in it that place as its setPlace() takes it.
    void placeWanted(const headgate::ui::PageId& id, const QString& place);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Row
    {
        Card* card = nullptr;
        Verdict* verdict = nullptr;
        QWidget* troubles = nullptr;
        std::uint64_t causes = 0;
        std::uint64_t asked = 0; ///< answers to earlier questions are dropped
        SyncAction action = SyncAction::Run;
    };

    void onStatus();
    void showBeginning();
    void update();
    [[nodiscard]] Row makeRow(const service::SyncStatus& status);
    void act(const std::string& sync, SyncAction action);
    void askTroubles(const service::SyncStatus& status);
    void showTroubles(const std::string& sync, const service::SyncTroubles& troubles);
    [[nodiscard]] QWidget* makeTroubles(const std::string& sync,
                                        const service::SyncTroubles& troubles);
    void retry(const std::string& sync, const service::FailureGroup& group);
    void resolve(const std::string& sync, const std::vector<Hash128>& records,
                 service::Resolution resolution, QWidget* asking);
    void confirm(const std::string& sync, const std::string& plan);
    void discard(const std::string& sync, const std::string& plan);
    void showRecord(const std::string& sync, const service::FailedRecord& record,
                    const std::string& outcome);
    void lookForLive();
    void takeLive(std::vector<service::LiveRun> runs);
    void cancelRun(const std::string& run);
    void say(const QString& sentence);

    ProjectSession& m_session;
    const Clock& m_clock;
    MessageStrip* m_message;
    QVBoxLayout* m_column;
    LiveRuns* m_live;
    Beginning* m_beginning = nullptr; ///< made for a project without syncs
    std::map<std::string, Row> m_rows;
    QTimer m_poll;
    bool m_looking = false;
    std::vector<std::string> m_liveIds;
};

} // namespace headgate::ui
