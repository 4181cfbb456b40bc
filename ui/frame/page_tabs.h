// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/page.h"

#include <QTabWidget>
#include <functional>
#include <optional>
#include <vector>

namespace headgate::ui {

/// The open pages, one tab each; a page is open once at most.
class PageTabs final : public QTabWidget
{
    Q_OBJECT

public:
    /// `makePage` may return null: there is no such page.
    explicit PageTabs(std::function<Page*(const PageId&)> makePage, QWidget* parent = nullptr);

    /// Brings it to the front; makes it if it is not there.
    void open(const PageId& id);
    /// Opens those that are not there, in this order, and brings the one at `current` to the front.
    void restore(const std::vector<PageId>& ids, int current);
    [[nodiscard]] Page* current() const;
    [[nodiscard]] std::vector<PageId> ids() const;
    [[nodiscard]] std::vector<Page*> pages() const;
    void closeTab(int index);
    void closeCurrent() { closeTab(currentIndex()); }
    /// Those that show this document; they are gone on return.
    void closeDocument(const PageId& document);
    void reopen();
    /// The next tab, or the one before; from the last to the first.
    void step(int by);
    void closeAll();
    /// Marks the tabs whose documents have changes that are not saved.
    void showModified(const std::vector<PageId>& documents);

Q_SIGNALS:
    void currentPageChanged();
    void newWanted(headgate::ui::PageKind kind);

private:
    [[nodiscard]] std::optional<int> find(const PageId& id) const;
    [[nodiscard]] Page* pageAt(int index) const;
    void showTitle(const Page* page);

    std::function<Page*(const PageId&)> m_makePage;
    std::vector<PageId> m_modified;
    std::vector<PageId> m_closed;
};

} // namespace headgate::ui
