// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/inbox_session.h"
#include "session/page.h"

#include <QTimer>
#include <vector>

class QLabel;
class QListWidget;

namespace headgate::ui {

class ElidedLabel;
class EmptyState;
class JsonView;
class MessageStrip;
class MisbehaviourBar;
class ProjectSession;

/// What the stand-in for a destination was sent, as it arrives.
class InboxPage final : public Page
{
    Q_OBJECT

public:
    explicit InboxPage(ProjectSession& session, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;

private:
    void poll();
    void misbehave();
    void showRequest(int row);

    ProjectSession& m_session;
    QTimer m_timer;
    std::vector<inbox::ReceivedRequest>
        m_requests; ///< oldest first; the list shows the newest first
    std::uint64_t m_last = 0;
    EmptyState* m_nothing;
    QWidget* m_content;
    MessageStrip* m_message;
    MisbehaviourBar* m_bar;
    QLabel* m_summary;
    QListWidget* m_list;
    ElidedLabel* m_head;
    JsonView* m_request;
    ElidedLabel* m_status;
    JsonView* m_answer;
};

} // namespace headgate::ui
