// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/folder_register.h"

#include "base/hash.h"
#include "base/text.h"
#include "data/json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <optional>

namespace headgate::service {

namespace {

constexpr qint64 largestFile = 4 << 20;

Failure unwritable(const QString& file, const QString& why)
{
    return fail(ErrorKind::State, "state.folders",
                Text::tr("%1 could not be written: %2.").arg(file, why));
}

Failure unreadable(const QFile& file)
{
    return fail(ErrorKind::State, "state.folders",
                Text::tr("%1 could not be read: %2.").arg(file.fileName(), file.errorString()));
}

Result<data::JsonNode> load(const std::string& path)
{
    QFile file(toQString(path));
    if (!file.exists())
        return data::JsonNode::object();
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return unreadable(file);
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return unreadable(file);
    auto json = data::parseJson({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!json || !json->is_object())
        return fail(ErrorKind::State, "state.folders",
                    Text::tr("%1 is damaged. Remove it; projects then ask for trust again.")
                        .arg(file.fileName()));
    return json;
}

Result<void> save(const std::string& root, const std::string& path, const data::JsonNode& json)
{
    if (!QDir().mkpath(toQString(root)))
        return unwritable(toQString(root), Text::tr("the folder cannot be made"));
    QFile::setPermissions(toQString(root),
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    const std::string text = data::toFileText(json);
    QSaveFile file(toQString(path));
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
        file.write(text.data(), size) != size || !file.flush() ||
        file.error() != QFileDevice::NoError || !file.commit())
        return unwritable(file.fileName(), file.errorString());
    return {};
}

QString whyNot(QLockFile::LockError error)
{
    switch (error) {
    case QLockFile::NoError:
    case QLockFile::LockFailedError:
        return Text::tr("another program holds its lock");
    case QLockFile::PermissionError:
        return Text::tr("its folder is read-only");
    case QLockFile::UnknownError:
        break;
    }
    return Text::tr("the disk is full or broken");
}

/// The state of a folder that is known already.
std::optional<std::string> knownState(const data::JsonNode& json, const std::string& projectId,
                                      const std::string& path)
{
    const auto projects = json.find("projects");
    if (projects == json.end() || !projects->is_object())
        return std::nullopt;
    const auto folders = projects->find(projectId);
    if (folders == projects->end() || !folders->is_object() || !folders->contains(path))
        return std::nullopt;
    return (*folders)[path].value("state", projectId);
}

/// Programs that open projects at the same time take turns.
Result<std::unique_ptr<QLockFile>> locked(const std::string& root, const std::string& path)
{
    constexpr int patience = 10'000;
    // Of a lock file without contents: its maker died before it wrote them. One that lives has the
    // file itself locked too, and keeps it.
    constexpr int abandonedAfter = 1'000;
    if (!QDir().mkpath(toQString(root)))
        return unwritable(toQString(root), Text::tr("the folder cannot be made"));
    auto lock = std::make_unique<QLockFile>(toQString(path) + QStringLiteral(".lock"));
    lock->setStaleLockTime(abandonedAfter);
    if (!lock->tryLock(patience))
        return unwritable(toQString(path), whyNot(lock->error()));
    return lock;
}

bool holdsProject(const std::string& folder, const std::string& projectId)
{
    QFile file(toQString(folder) + QStringLiteral("/headgate.json"));
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return false;
    const QByteArray bytes = file.readAll();
    const auto json = data::parseJson({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    return json && json->is_object() && json->value("id", std::string()) == projectId;
}

std::string canonicalFolder(const std::string& folder)
{
    return QFileInfo(toQString(folder)).canonicalFilePath().toStdString();
}

} // namespace

FolderRegister::FolderRegister(std::string stateRoot)
    : m_root(std::move(stateRoot)), m_file(m_root + "/folders.json")
{}

Result<std::string> FolderRegister::stateIdOf(const std::string& folder,
                                              const std::string& projectId, Clone choice)
{
    const std::string path = canonicalFolder(folder);
    if (choice == Clone::Ask) {
        const auto known = load(m_file);
        if (!known)
            return Failure(known.error());
        if (auto id = knownState(*known, projectId, path))
            return std::move(*id);
    }
    const auto lock = locked(m_root, m_file);
    if (!lock)
        return Failure(lock.error());
    auto json = load(m_file);
    if (!json)
        return propagate(std::move(json));
    data::JsonNode& folders = (*json)["projects"][projectId];

    std::string other;
    if (folders.is_object())
        for (const auto& [known, entry] : folders.items())
            if (known != path && holdsProject(known, projectId))
                other = known;
    if (!other.empty() && choice == Clone::Ask)
        return fail(
            ErrorKind::Usage, "project.clone",
            Text::tr("This project is also in %1, which has a state on this machine. Choose once: "
                     "--share to continue that state here, --separate to start one of its own.")
                .arg(toQString(other)));
    const std::string id =
        choice == Clone::Separate ? projectId + '-' + sha256Hex(path).substr(0, 8) : projectId;
    folders[path]["state"] = id;
    HEADGATE_TRY(save(m_root, m_file, *json));
    return id;
}

Result<bool> FolderRegister::isTrusted(const std::string& folder, const std::string& projectId)
{
    auto json = load(m_file);
    if (!json)
        return propagate(std::move(json));
    const std::string path = canonicalFolder(folder);
    const auto trusted = json->find("trusted");
    return trusted != json->end() && trusted->is_object() &&
           trusted->value(path, std::string()) == projectId;
}

Result<void> FolderRegister::trust(const std::string& folder, const std::string& projectId)
{
    const auto lock = locked(m_root, m_file);
    if (!lock)
        return Failure(lock.error());
    auto json = load(m_file);
    if (!json)
        return propagate(std::move(json));
    (*json)["trusted"][canonicalFolder(folder)] = projectId;
    return save(m_root, m_file, *json);
}

} // namespace headgate::service
