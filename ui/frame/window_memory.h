// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/page.h"
#include "theme/color_scheme.h"

#include <QByteArray>
#include <QKeySequence>
#include <QSettings>
#include <QStringList>
#include <vector>

namespace headgate::ui {

/// What the window looked like: losing it is harmless. A file of the user's configuration folder.
class WindowMemory
{
public:
    /// `file` empty: the user's own.
    explicit WindowMemory(const QString& file = {});

    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    /// Of the window itself, "window", or of a kind of page.
    [[nodiscard]] QByteArray splitter(const QString& name) const;
    void setSplitter(const QString& name, const QByteArray& state);
    [[nodiscard]] ColorSchemeChoice colors() const;
    void setColors(ColorSchemeChoice choice);

    /// Folders, the last one first.
    [[nodiscard]] QStringList recentProjects() const;
    void addRecentProject(const QString& folder);

    struct OpenTabs
    {
        std::vector<PageId> pages;
        int current = 0;
    };
    [[nodiscard]] OpenTabs tabs(const QString& projectId) const;
    void setTabs(const QString& projectId, const OpenTabs& tabs);

    /// Where the user was in a page, see Page::place().
    [[nodiscard]] QString place(const QString& projectId, const PageId& page) const;
    void setPlace(const QString& projectId, const PageId& page, const QString& place);

    /// The strip of first steps, per project.
    [[nodiscard]] bool areFirstStepsDismissed(const QString& projectId) const;
    void dismissFirstSteps(const QString& projectId);

    /// Keys that the user gave an action; none: its own.
    [[nodiscard]] std::optional<QList<QKeySequence>> shortcuts(const QString& action) const;
    void setShortcuts(const QString& action, const QList<QKeySequence>& keys);
    void forgetShortcuts(const QString& action);

private:
    QSettings m_settings;
};

} // namespace headgate::ui
