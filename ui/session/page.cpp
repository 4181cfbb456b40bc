// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/page.h"

#include "base/text.h"
#include "widgets/button_action.h"

#include <array>
#include <utility>

namespace headgate::ui {

namespace {

constexpr std::array<std::pair<PageKind, const char*>, 9> pageNames{
    {{PageKind::Overview, "overview"},
     {PageKind::Source, "source"},
     {PageKind::Model, "model"},
     {PageKind::Destination, "destination"},
     {PageKind::Sync, "sync"},
     {PageKind::Shape, "shape"},
     {PageKind::Runs, "runs"},
     {PageKind::Inbox, "inbox"},
     {PageKind::Settings, "settings"}}};

} // namespace

QString PageId::toText() const
{
    QString text;
    for (const auto& [each, name] : pageNames)
        if (each == kind)
            text = QLatin1String(name);
    return slug.empty() ? text : text + QLatin1Char('/') + toQString(slug);
}

std::optional<PageId> PageId::fromText(const QString& text)
{
    const QString kind = text.section(QLatin1Char('/'), 0, 0);
    for (const auto& [each, name] : pageNames)
        if (kind == QLatin1String(name))
            return PageId{each, text.section(QLatin1Char('/'), 1).toStdString()};
    return std::nullopt;
}

Icon iconOf(PageKind kind)
{
    switch (kind) {
    case PageKind::Overview:
        return Icon::Overview;
    case PageKind::Source:
        return Icon::Source;
    case PageKind::Model:
        return Icon::Model;
    case PageKind::Destination:
        return Icon::Destination;
    case PageKind::Sync:
        return Icon::Sync;
    case PageKind::Shape:
        return Icon::Shape;
    case PageKind::Runs:
        return Icon::Runs;
    case PageKind::Inbox:
        return Icon::Inbox;
    case PageKind::Settings:
        return Icon::Settings;
    }
    return Icon::Overview;
}

void Page::offer(const char* name, QAbstractButton* button)
{
    offer(new ButtonAction(name, button));
}

void Page::offer(QAction* action)
{
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    m_offered.append(action);
}

} // namespace headgate::ui
