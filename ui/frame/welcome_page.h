// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace headgate::ui {

class ActionTable;

/// What stands in the window while no project is open.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(const ActionTable& actions, QWidget* parent = nullptr);

    void setRecentProjects(const QStringList& folders);

Q_SIGNALS:
    void projectWanted(const QString& folder);

private:
    QWidget* m_recent;
    QVBoxLayout* m_recentList;
};

} // namespace headgate::ui
