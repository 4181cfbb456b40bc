// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace headgate::ui {

/// Tells when files of a project folder were changed by somebody: an editor, git. Changes that
/// come within a moment are one. Belongs to the GUI thread; looks at names and times only.
class FolderWatch final : public QObject
{
    Q_OBJECT

public:
    explicit FolderWatch(const QString& folder, QObject* parent = nullptr);

Q_SIGNALS:
    void changed();

private:
    void watchAll();

    QString m_folder;
    QFileSystemWatcher m_watcher;
    QTimer m_pause;
};

} // namespace headgate::ui
