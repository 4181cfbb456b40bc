// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/state_paths.h"

#include "base/hash.h"
#include "base/id.h"
#include "base/text.h"

#include <QDir>
#include <QStandardPaths>

namespace headgate::state {

namespace {

QString absoluteVariable(const char* name)
{
    const QString value = qEnvironmentVariable(name);
    return QDir::isAbsolutePath(value) ? value : QString();
}

/// Empty if the user has no home.
QString defaultStateRoot()
{
#if defined(Q_OS_MACOS) || defined(Q_OS_WIN)
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return data.isEmpty() ? QString() : data + QStringLiteral("/Headgate");
#else
    if (const QString state = absoluteVariable("XDG_STATE_HOME"); !state.isEmpty())
        return state + QStringLiteral("/headgate");
    const QString home = absoluteVariable("HOME");
    return home.isEmpty() ? QString() : home + QStringLiteral("/.local/state/headgate");
#endif
}

std::string folderName(std::string_view text)
{
    return isSlug(text) ? std::string(text) : '.' + fastHash(text).hex();
}

} // namespace

Result<StatePaths> StatePaths::fromEnvironment()
{
    const QString chosen = qEnvironmentVariable("HEADGATE_STATE_DIR");
    const QString root = chosen.isEmpty() ? defaultStateRoot() : QDir(chosen).absolutePath();
    if (root.isEmpty())
        return fail(ErrorKind::State, "state.no_home",
                    Text::tr("There is no home folder to keep the state in. Set HEADGATE_STATE_DIR "
                             "to a local folder of yours."));
    return StatePaths(QDir::cleanPath(root).toStdString());
}

std::string StatePaths::directoryOf(std::string_view projectId, std::string_view target) const
{
    return m_root + "/projects/" + folderName(projectId) + '/' + folderName(target);
}

} // namespace headgate::state
