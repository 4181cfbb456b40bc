// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/name_index.h"

#include "base/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <algorithm>

namespace headgate::secrets {

namespace {

constexpr int indexLockMs = 10'000;
// Of a lock file without contents: its maker died before it wrote them. One that lives has the file
// itself locked too, and keeps it.
constexpr int abandonedIndexLockMs = 1'000;

} // namespace

Failure NameIndex::failure(const QString& why) const
{
    return fail(ErrorKind::State, "secret.index",
                Text::tr("The list of stored secrets in %1 cannot be used: %2. Check the file's "
                         "permissions and the free space.")
                    .arg(toQString(m_file), why));
}

Result<std::vector<std::string>> NameIndex::names() const
{
    QFile file(toQString(m_file));
    if (!file.exists())
        return std::vector<std::string>();
    if (!file.open(QIODevice::ReadOnly))
        return failure(file.errorString());
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure(file.errorString());
    std::vector<std::string> names;
    for (const QByteArray& line : bytes.split('\n'))
        if (!line.isEmpty())
            names.push_back(line.toStdString());
    return names;
}

template <typename Change>
Result<void> NameIndex::change(Change apply)
{
    const QFileInfo info(toQString(m_file));
    if (!QDir().mkpath(info.absolutePath()))
        return failure(Text::tr("its folder cannot be created"));
    QLockFile lock(info.absoluteFilePath() + QStringLiteral(".lock"));
    lock.setStaleLockTime(abandonedIndexLockMs);
    if (!lock.tryLock(indexLockMs))
        return failure(Text::tr("another process holds it"));
    auto known = names();
    if (!known)
        return propagate(std::move(known));
    std::vector<std::string> changed = *known;
    apply(changed);
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    return changed == *known ? Result<void>() : write(changed);
}

Result<void> NameIndex::write(const std::vector<std::string>& names) const
{
    QByteArray bytes;
    for (const std::string& name : names)
        bytes.append(name.data(), static_cast<qsizetype>(name.size())).append('\n');
    QSaveFile file(toQString(m_file));
    // commit() alone would replace the file by a cut one on a full disk.
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                         file.write(bytes) == bytes.size() && file.flush() &&
                         file.error() == QFileDevice::NoError;
    if (!written)
        file.cancelWriting();
    if (!file.commit())
        return failure(file.errorString());
    return {};
}

Result<void> NameIndex::add(const std::string& name)
{
    return change([&](std::vector<std::string>& names) { names.push_back(name); });
}

Result<void> NameIndex::remove(const std::string& name)
{
    return change([&](std::vector<std::string>& names) { std::erase(names, name); });
}

} // namespace headgate::secrets
