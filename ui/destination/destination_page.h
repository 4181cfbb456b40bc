// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "session/page.h"

class QPushButton;
class QVBoxLayout;

namespace headgate::ui {

class MessageStrip;
class ProjectSession;
class Spinner;
class Verdict;

/// An account of a tool: whether it answers, and the syncs that send to it.
class DestinationPage final : public Page
{
    Q_OBJECT

public:
    DestinationPage(ProjectSession& session, std::string destination, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;

private:
    [[nodiscard]] QWidget* makeHeader();
    void addSyncs(QVBoxLayout* column);
    void test();

    ProjectSession& m_session;
    QPushButton* m_test = nullptr;
    Spinner* m_spinner = nullptr;
    MessageStrip* m_message;
    Verdict* m_verdict;
};

} // namespace headgate::ui
