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

    /// Those of `modified` have changes that are not saved.
    void show(const project::Project& project, const std::vector<PageId>& modified = {});
    void clearProject();
    /// Marks the row of the page that is in front.
    void setCurrent(const PageId& id);

Q_SIGNALS:
    void pageWanted(const headgate::ui::PageId& id);
    /// A first definition of a kind of which there is none.
    void newWanted(headgate::ui::PageKind kind);
    /// `at` on the screen.
    void menuWanted(const headgate::ui::PageId& id, const QPoint& at);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Row
    {
        PageId id;
        QString text;
        bool modified = false;
        bool operator==(const Row&) const = default;
    };
    using Section = std::pair<QString, std::vector<Row>>; ///< heading, empty: rows of their own
    void fill(const Section& section);
    void offerFirst(const QString& section, PageKind kind, const QString& text);
    void open(const QTreeWidgetItem* item);

    std::vector<Section> m_sections;
};

} // namespace headgate::ui
