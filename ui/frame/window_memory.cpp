// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/window_memory.h"

#include <QStandardPaths>
#include <array>
#include <utility>

namespace headgate::ui {

namespace {

constexpr qsizetype mostRecentProjects = 10;

constexpr std::array<std::pair<ColorSchemeChoice, const char*>, 3> colorNames{
    {{ColorSchemeChoice::System, "system"},
     {ColorSchemeChoice::Light, "light"},
     {ColorSchemeChoice::Dark, "dark"}}};

QString memoryFile(const QString& file)
{
    return file.isEmpty()
               ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                     QStringLiteral("/headgate/window.ini")
               : file;
}

QString tabsKey(const QString& projectId, const char* what)
{
    return QStringLiteral("tabs/") + projectId + QLatin1Char('/') + QLatin1String(what);
}

QString placeKey(const QString& projectId, const PageId& page)
{
    return QStringLiteral("places/") + projectId + QLatin1Char('/') + page.toText();
}

} // namespace

WindowMemory::WindowMemory(const QString& file) : m_settings(memoryFile(file), QSettings::IniFormat)
{}

QByteArray WindowMemory::geometry() const
{
    return m_settings.value(QStringLiteral("window/geometry")).toByteArray();
}

void WindowMemory::setGeometry(const QByteArray& geometry)
{
    m_settings.setValue(QStringLiteral("window/geometry"), geometry);
}

QByteArray WindowMemory::splitter(const QString& name) const
{
    return m_settings.value(QStringLiteral("splitters/") + name).toByteArray();
}

void WindowMemory::setSplitter(const QString& name, const QByteArray& state)
{
    m_settings.setValue(QStringLiteral("splitters/") + name, state);
}

ColorSchemeChoice WindowMemory::colors() const
{
    const QString stored = m_settings.value(QStringLiteral("window/colors")).toString();
    for (const auto& [choice, name] : colorNames)
        if (stored == QLatin1String(name))
            return choice;
    return ColorSchemeChoice::System;
}

void WindowMemory::setColors(ColorSchemeChoice wanted)
{
    for (const auto& [choice, name] : colorNames)
        if (choice == wanted)
            m_settings.setValue(QStringLiteral("window/colors"), QLatin1String(name));
}

QStringList WindowMemory::recentProjects() const
{
    return m_settings.value(QStringLiteral("recent/projects")).toStringList();
}

void WindowMemory::addRecentProject(const QString& folder)
{
    QStringList recent = recentProjects();
    recent.removeAll(folder);
    recent.prepend(folder);
    m_settings.setValue(QStringLiteral("recent/projects"), recent.mid(0, mostRecentProjects));
}

WindowMemory::OpenTabs WindowMemory::tabs(const QString& projectId) const
{
    OpenTabs open;
    for (const QString& text : m_settings.value(tabsKey(projectId, "pages")).toStringList())
        if (const auto id = PageId::fromText(text))
            open.pages.push_back(*id);
    open.current = m_settings.value(tabsKey(projectId, "current")).toInt();
    return open;
}

void WindowMemory::setTabs(const QString& projectId, const OpenTabs& tabs)
{
    QStringList texts;
    for (const PageId& id : tabs.pages)
        texts.append(id.toText());
    m_settings.setValue(tabsKey(projectId, "pages"), texts);
    m_settings.setValue(tabsKey(projectId, "current"), tabs.current);
}

QString WindowMemory::place(const QString& projectId, const PageId& page) const
{
    return m_settings.value(placeKey(projectId, page)).toString();
}

void WindowMemory::setPlace(const QString& projectId, const PageId& page, const QString& place)
{
    const QString key = placeKey(projectId, page);
    if (m_settings.value(key).toString() != place)
        m_settings.setValue(key, place);
}

std::optional<QList<QKeySequence>> WindowMemory::shortcuts(const QString& action) const
{
    const QVariant stored = m_settings.value(QStringLiteral("keys/") + action);
    if (!stored.isValid())
        return std::nullopt;
    return QKeySequence::listFromString(stored.toString(), QKeySequence::PortableText);
}

void WindowMemory::setShortcuts(const QString& action, const QList<QKeySequence>& keys)
{
    m_settings.setValue(QStringLiteral("keys/") + action,
                        QKeySequence::listToString(keys, QKeySequence::PortableText));
}

void WindowMemory::forgetShortcuts(const QString& action)
{
    m_settings.remove(QStringLiteral("keys/") + action);
}

bool WindowMemory::areFirstStepsDismissed(const QString& projectId) const
{
    return m_settings.value(QStringLiteral("steps/") + projectId).toBool();
}

void WindowMemory::dismissFirstSteps(const QString& projectId)
{
    m_settings.setValue(QStringLiteral("steps/") + projectId, true);
}

} // namespace headgate::ui
