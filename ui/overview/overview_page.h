// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/page.h"
#include "session/sync_verdict.h"

#include <map>

class QVBoxLayout;

namespace headgate::ui {

class Card;
class ProjectSession;
class Verdict;

/// How every sync stands, those that need somebody first.
class OverviewPage final : public Page
{
    Q_OBJECT

public:
    OverviewPage(ProjectSession& session, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;

private:
    struct Row
    {
        Card* card = nullptr;
        Verdict* verdict = nullptr;
        SyncAction action = SyncAction::Run;
    };

    void rebuild();
    void update();
    [[nodiscard]] Row makeRow(const service::SyncStatus& status);
    void act(const std::string& sync, SyncAction action);

    ProjectSession& m_session;
    const Clock& m_clock;
    QVBoxLayout* m_column;
    QWidget* m_nothing;
    std::map<std::string, Row> m_rows;
};

} // namespace headgate::ui
