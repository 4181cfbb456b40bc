// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/page_tabs.h"

#include <QTabBar>
#include <algorithm>

namespace headgate::ui {

namespace {

/// Where the keyboard was on this page.
void returnTo(const Page& page)
{
    if (page.focusWidget() != nullptr)
        page.focusWidget()->setFocus(Qt::OtherFocusReason);
}

void begin(const Page& page)
{
    QWidget* there = page.firstFocus();
    for (QWidget* each = page.nextInFocusChain(); there == nullptr && page.isAncestorOf(each);
         each = each->nextInFocusChain())
        if ((each->focusPolicy() & Qt::TabFocus) != 0 && each->isEnabledTo(&page) &&
            each->isVisibleTo(&page))
            there = each;
    if (there != nullptr)
        there->setFocus(Qt::OtherFocusReason);
}

} // namespace

PageTabs::PageTabs(std::function<Page*(const PageId&)> makePage, QWidget* parent)
    : QTabWidget(parent), m_makePage(std::move(makePage))
{
    setAccessibleName(tr("Pages"));
    setDocumentMode(true);
    setTabsClosable(true);
    setMovable(true);
    setElideMode(Qt::ElideRight);
    tabBar()->setAccessibleName(tr("Open pages"));
    connect(this, &QTabWidget::tabCloseRequested, this, &PageTabs::closeTab);
    connect(this, &QTabWidget::currentChanged, this, &PageTabs::currentPageChanged);
}

Page* PageTabs::pageAt(int index) const
{
    return qobject_cast<Page*>(widget(index));
}

Page* PageTabs::current() const
{
    return pageAt(currentIndex());
}

std::optional<int> PageTabs::find(const PageId& id) const
{
    for (int i = 0; i < count(); ++i)
        if (pageAt(i)->id() == id)
            return i;
    return std::nullopt;
}

void PageTabs::open(const PageId& id)
{
    if (const auto index = find(id)) {
        setCurrentIndex(*index);
        return returnTo(*pageAt(*index));
    }
    Page* const page = m_makePage(id);
    if (page == nullptr)
        return;
    connect(page, &Page::titleChanged, this, [this, page] { showTitle(page); });
    connect(page, &Page::pageWanted, this, &PageTabs::open);
    connect(page, &Page::newWanted, this, &PageTabs::newWanted);
    const int index = addTab(page, themeIcon(iconOf(id.kind)), page->title());
    showTitle(page);
    setCurrentIndex(index);
    begin(*page);
}

void PageTabs::restore(const std::vector<PageId>& ids, int current)
{
    int place = 0;
    std::optional<int> front;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        open(ids[i]);
        const std::optional<int> index = find(ids[i]);
        if (!index)
            continue;
        tabBar()->moveTab(*index, place);
        if (static_cast<int>(i) == current)
            front = place;
        ++place;
    }
    if (front)
        setCurrentIndex(*front);
}

void PageTabs::showTitle(const Page* page)
{
    for (int i = 0; i < count(); ++i)
        if (widget(i) == page) {
            const bool modified = std::find(m_modified.begin(), m_modified.end(),
                                            page->documentId()) != m_modified.end();
            setTabText(i, modified ? page->title() + QStringLiteral(" \u2022") : page->title());
            setTabToolTip(i, modified ? tr("%1 (not saved)").arg(page->title()) : page->title());
        }
}

void PageTabs::showModified(const std::vector<PageId>& documents)
{
    m_modified = documents;
    for (int i = 0; i < count(); ++i)
        showTitle(pageAt(i));
}

std::vector<Page*> PageTabs::pages() const
{
    std::vector<Page*> pages;
    for (int i = 0; i < count(); ++i)
        pages.push_back(pageAt(i));
    return pages;
}

std::vector<PageId> PageTabs::ids() const
{
    std::vector<PageId> open;
    for (int i = 0; i < count(); ++i)
        open.push_back(pageAt(i)->id());
    return open;
}

void PageTabs::closeTab(int index)
{
    Page* const page = pageAt(index);
    if (page == nullptr)
        return;
    m_closed.push_back(page->id());
    removeTab(index);
    page->deleteLater();
}

void PageTabs::closeDocument(const PageId& document)
{
    for (int i = count() - 1; i >= 0; --i) {
        Page* const page = pageAt(i);
        if (page->documentId() != document)
            continue;
        removeTab(i);
        delete page;
    }
}

void PageTabs::reopen()
{
    if (m_closed.empty())
        return;
    const PageId id = m_closed.back();
    m_closed.pop_back();
    open(id);
}

void PageTabs::step(int by)
{
    if (count() > 0)
        setCurrentIndex((currentIndex() + by + count()) % count());
}

void PageTabs::closeAll()
{
    while (count() > 0)
        closeTab(0);
    m_closed.clear();
}

} // namespace headgate::ui
