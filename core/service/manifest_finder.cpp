// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/manifest_finder.h"

#include "base/text.h"
#include "dbt/yaml_reader.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <set>

namespace headgate::service {

namespace {

constexpr int foldersUp = 3;
constexpr int foldersDown = 2;
constexpr std::size_t mostFolders = 1000; ///< looked into
constexpr qint64 longestProjectFile = 1 << 20;

/// Looks into folders, each once.
class ManifestFinder
{
public:
    explicit ManifestFinder(const dbt::Environment& environment) : m_environment(environment) {}

    void lookInto(const QDir& folder, int down);
    std::vector<FoundManifest> found;

private:
    void lookAt(const QDir& folder);
    void add(const QString& file, const std::string& project);

    const dbt::Environment& m_environment;
    std::set<QString> m_seen;
    std::set<QString> m_added;
};

/// What dbt_project.yml says; null where it cannot be read, as then nothing is found by it.
data::JsonNode projectFile(const QDir& folder)
{
    QFile file(folder.filePath(QStringLiteral("dbt_project.yml")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto yaml = dbt::readYaml(file.read(longestProjectFile).toStdString());
    return yaml && yaml->is_object() ? *yaml : data::JsonNode::object();
}

std::string textOf(const data::JsonNode& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void ManifestFinder::add(const QString& file, const std::string& project)
{
    const QFileInfo info(file);
    if (info.isFile() && m_added.insert(info.canonicalFilePath()).second)
        found.push_back({info.absoluteFilePath().toStdString(), project,
                         info.lastModified().toMSecsSinceEpoch()});
}

void ManifestFinder::lookAt(const QDir& folder)
{
    const data::JsonNode project = projectFile(folder);
    if (project.is_null())
        return;
    std::string target = m_environment("DBT_TARGET_PATH").value_or(textOf(project, "target-path"));
    if (target.empty())
        target = "target";
    const QDir place(folder.absoluteFilePath(toQString(target)));
    add(place.filePath(QStringLiteral("manifest.json")), textOf(project, "name"));
}

void ManifestFinder::lookInto(const QDir& folder, int down)
{
    if (m_seen.size() >= mostFolders || !m_seen.insert(folder.canonicalPath()).second)
        return;
    lookAt(folder);
    if (down == 0)
        return;
    for (const QString& name :
         folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks))
        lookInto(QDir(folder.filePath(name)), down - 1);
}

} // namespace

std::vector<FoundManifest> findManifests(const std::string& folder,
                                         const dbt::Environment& environment)
{
    ManifestFinder finder(environment);
    QDir at(toQString(folder));
    finder.lookInto(at, foldersDown);
    for (int up = 0; up < foldersUp && at.cdUp(); ++up)
        finder.lookInto(at, up == 0 ? 1 : 0);
    std::stable_sort(
        finder.found.begin(), finder.found.end(),
        [](const FoundManifest& a, const FoundManifest& b) { return a.written > b.written; });
    return std::move(finder.found);
}

Result<dbt::Manifest> readManifestFile(const std::string& file, const StopToken& stop)
{
    QFile opened(toQString(file));
    const auto unreadable = [&] {
        return fail(ErrorKind::Config, "dbt.manifest.read",
                    Text::tr("%1 cannot be read: %2.").arg(toQString(file), opened.errorString()));
    };
    if (!opened.open(QIODevice::ReadOnly))
        return unreadable();
    const auto most = static_cast<qint64>(dbt::longestManifest) + 1;
    const QByteArray bytes = opened.read(most);
    if (opened.error() != QFileDevice::NoError)
        return unreadable();
    auto manifest =
        dbt::readManifest({bytes.constData(), static_cast<std::size_t>(bytes.size())}, stop);
    if (!manifest)
        return propagate(std::move(manifest), toQString(file));
    return manifest;
}

} // namespace headgate::service
