// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/folder_watch.h"

#include <QDir>
#include <QFile>

namespace headgate::ui {

namespace {

constexpr int pauseMilliseconds = 300;
constexpr int mostWatched = 2000; ///< each takes a handle of the system

} // namespace

FolderWatch::FolderWatch(const QString& folder, QObject* parent) : QObject(parent), m_folder(folder)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    const auto later = [this] { m_pause.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, later);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, later);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        watchAll();
        Q_EMIT changed();
    });
    watchAll();
}

void FolderWatch::watchAll()
{
    QStringList paths = {m_folder, m_folder + QStringLiteral("/headgate.json")};
    for (const char* name : {"sources", "destinations", "models", "syncs"}) {
        const QString folder = m_folder + QLatin1Char('/') + QLatin1String(name);
        paths.append(folder);
        for (const QString& file : QDir(folder).entryList(QDir::Files))
            if (paths.size() < mostWatched)
                paths.append(folder + QLatin1Char('/') + file);
    }
    // A file that an editor replaced is another one, which is not watched any more.
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    for (const QString& path : paths)
        if (!watched.contains(path) && QFile::exists(path))
            m_watcher.addPath(path);
}

} // namespace headgate::ui
