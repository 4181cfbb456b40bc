// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/inbox_session.h"
#include "session/page.h"

#include <QTimer>
#include <vector>

class QLabel;
class QListWidget;
class QPlainTextEdit;

namespace headgate::ui {

class EmptyState;
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
    void showRequest(int row);

    ProjectSession& m_session;
    QTimer m_timer;
    std::vector<inbox::ReceivedRequest>
        m_requests; ///< oldest first; the list shows the newest first
    std::uint64_t m_last = 0;
    EmptyState* m_nothing;
    QWidget* m_content;
    QLabel* m_summary;
    QListWidget* m_list;
    QPlainTextEdit* m_request;
    QPlainTextEdit* m_answer;
};

} // namespace headgate::ui
