// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/project_tree.h"

#include "base/text.h"
#include "theme/fonts.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <QTreeWidgetItemIterator>

namespace headgate::ui {

namespace {

constexpr int pageRole = Qt::UserRole;

QTreeWidgetItem* row(const PageId& id, const QString& text)
{
    auto* item = new QTreeWidgetItem({text});
    item->setData(0, pageRole, id.toText());
    item->setIcon(0, themeIcon(iconOf(id.kind)));
    item->setToolTip(0, text);
    return item;
}

QTreeWidgetItem* heading(const QString& text)
{
    auto* item = new QTreeWidgetItem({text});
    item->setFlags(Qt::ItemIsEnabled);
    item->setFont(0, textFont(TextSize::Small, QFont::DemiBold));
    return item;
}

template <typename Definition>
QTreeWidgetItem* section(const QString& title, PageKind kind,
                         const std::vector<Definition>& definitions)
{
    QTreeWidgetItem* const top = heading(title);
    for (const Definition& definition : definitions)
        top->addChild(row({kind, definition.slug},
                          toQString(definition.name.empty() ? definition.slug : definition.name)));
    return top;
}

} // namespace

ProjectTree::ProjectTree(QWidget* parent) : QTreeWidget(parent)
{
    setAccessibleName(tr("Project"));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(12);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    connect(this, &QTreeWidget::itemActivated, this, &ProjectTree::open);
    connect(this, &QTreeWidget::itemClicked, this, &ProjectTree::open);
}

void ProjectTree::show(const project::Project& project)
{
    const QSignalBlocker blocker(this);
    clear();
    addTopLevelItem(row({PageKind::Overview, {}}, tr("Overview")));
    addTopLevelItem(section(tr("Syncs"), PageKind::Sync, project.syncs));
    addTopLevelItem(section(tr("Models"), PageKind::Model, project.models));
    addTopLevelItem(section(tr("Sources"), PageKind::Source, project.sources));
    addTopLevelItem(section(tr("Destinations"), PageKind::Destination, project.destinations));
    addTopLevelItem(row({PageKind::Runs, {}}, tr("Runs")));
    addTopLevelItem(row({PageKind::Inbox, {}}, tr("Inbox")));
    expandAll();
}

void ProjectTree::clearProject()
{
    clear();
}

void ProjectTree::setCurrent(const PageId& id)
{
    const QString text = id.toText();
    for (QTreeWidgetItemIterator each(this); *each != nullptr; ++each)
        if ((*each)->data(0, pageRole).toString() == text)
            return setCurrentItem(*each);
    setCurrentItem(nullptr);
}

void ProjectTree::open(const QTreeWidgetItem* item)
{
    if (const auto id = PageId::fromText(item->data(0, pageRole).toString()))
        Q_EMIT pageWanted(*id);
}

} // namespace headgate::ui
