// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "session/page.h"

#include <QTreeWidget>

namespace headgate::ui {

/// What the project holds, by kind. Activating a row opens its page.
class ProjectTree final : public QTreeWidget
{
    Q_OBJECT

public:
    explicit ProjectTree(QWidget* parent = nullptr);

    void show(const project::Project& project);
    void clearProject();
    /// Marks the row of the page that is in front.
    void setCurrent(const PageId& id);

Q_SIGNALS:
    void pageWanted(const headgate::ui::PageId& id);

private:
    void open(const QTreeWidgetItem* item);
};

} // namespace headgate::ui
