// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/project_tree.h"

#include "base/text.h"
#include "theme/fonts.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QTreeWidgetItemIterator>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int pageRole = Qt::UserRole;
constexpr int newRole = Qt::UserRole + 1;

QTreeWidgetItem* heading(const QString& text)
{
    auto* item = new QTreeWidgetItem({text});
    item->setFlags(Qt::ItemIsEnabled);
    item->setFont(0, textFont(TextSize::Small, QFont::DemiBold));
    return item;
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

void ProjectTree::show(const project::Project& project, const std::vector<PageId>& modified)
{
    const auto rows = [&modified](PageKind kind, const auto& definitions) {
        std::vector<Row> made;
        for (const auto& each : definitions) {
            const PageId id{kind, each.slug};
            made.push_back({id, toQString(each.name.empty() ? each.slug : each.name),
                            std::find(modified.begin(), modified.end(), id) != modified.end()});
        }
        return made;
    };
    std::vector<Section> sections = {
        {{}, {{{PageKind::Overview, {}}, tr("Overview")}}},
        {tr("Sources"), rows(PageKind::Source, project.sources)},
        {tr("Models"), rows(PageKind::Model, project.models)},
        {tr("Destinations"), rows(PageKind::Destination, project.destinations)},
        {tr("Syncs"), rows(PageKind::Sync, project.syncs)},
        {{}, {{{PageKind::Runs, {}}, tr("Runs")}, {{PageKind::Inbox, {}}, tr("Inbox")}}}};
    if (sections == m_sections)
        return;
    const QSignalBlocker blocker(this);
    m_sections = std::move(sections);
    clear();
    for (const Section& section : m_sections)
        fill(section);
    offerFirst(tr("Sources"), PageKind::Source, tr("New source..."));
    offerFirst(tr("Models"), PageKind::Model, tr("New model..."));
    offerFirst(tr("Destinations"), PageKind::Destination, tr("New destination..."));
    offerFirst(tr("Syncs"), PageKind::Sync, tr("New sync..."));
    expandAll();
}

void ProjectTree::fill(const Section& section)
{
    QTreeWidgetItem* const top = section.first.isEmpty() ? nullptr : heading(section.first);
    for (const Row& row : section.second) {
        auto* item = new QTreeWidgetItem({row.text});
        item->setData(0, pageRole, row.id.toText());
        item->setIcon(0, themeIcon(iconOf(row.id.kind)));
        item->setToolTip(0, row.modified ? tr("%1 (not saved)").arg(row.text) : row.text);
        if (row.modified) {
            QFont font = item->font(0);
            font.setItalic(true);
            item->setFont(0, font);
            item->setText(0, row.text + QStringLiteral(" \u2022"));
            item->setData(0, Qt::AccessibleTextRole, item->toolTip(0));
        }
        if (top != nullptr)
            top->addChild(item);
        else
            addTopLevelItem(item);
    }
    if (top != nullptr)
        addTopLevelItem(top);
}

void ProjectTree::offerFirst(const QString& section, PageKind kind, const QString& text)
{
    for (QTreeWidgetItem* const top : findItems(section, Qt::MatchExactly))
        if (top->childCount() == 0 && !top->data(0, pageRole).isValid()) {
            auto* item = new QTreeWidgetItem(top, {text});
            item->setData(0, newRole, static_cast<int>(kind));
            item->setIcon(0, themeIcon(Icon::Add, IconColor::Accent));
        }
}

void ProjectTree::clearProject()
{
    m_sections.clear();
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

void ProjectTree::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QTreeWidgetItem* const item = byKey ? currentItem() : itemAt(event->pos());
    if (item == nullptr)
        return;
    const auto id = PageId::fromText(item->data(0, pageRole).toString());
    if (id)
        Q_EMIT menuWanted(*id, byKey ? viewport()->mapToGlobal(visualItemRect(item).center())
                                     : event->globalPos());
}

void ProjectTree::open(const QTreeWidgetItem* item)
{
    if (const QVariant kind = item->data(0, newRole); kind.isValid())
        Q_EMIT newWanted(static_cast<PageKind>(kind.toInt()));
    else if (const auto id = PageId::fromText(item->data(0, pageRole).toString()))
        Q_EMIT pageWanted(*id);
}

} // namespace headgate::ui
