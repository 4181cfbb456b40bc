// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

#include <QWidget>
#include <map>

class QVBoxLayout;

namespace headgate::ui {

class Card;
class Verdict;

/// Runs of other processes, a card each, with how far they are.
class LiveRuns final : public QWidget
{
    Q_OBJECT

public:
    explicit LiveRuns(QWidget* parent = nullptr);

    void setRuns(const std::vector<service::LiveRun>& runs);

Q_SIGNALS:
    void cancelWanted(const std::string& run);

private:
    struct Row
    {
        Card* card = nullptr;
        Verdict* verdict = nullptr;
    };
    [[nodiscard]] Row makeRow(const std::string& run);

    QVBoxLayout* m_layout;
    std::map<std::string, Row> m_rows;
};

} // namespace headgate::ui
