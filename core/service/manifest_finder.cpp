// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/manifest_finder.h"

#include "base/text.h"
#include "dbt/yaml_reader.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <array>
#include <istream>
#include <set>
#include <streambuf>

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

/// A file for a stream, a block at a time.
class FileBytes final : public std::streambuf
{
public:
    explicit FileBytes(QFile& file) : m_file(file) {}

protected:
    int_type underflow() override
    {
        const qint64 count = m_file.read(m_block.data(), static_cast<qint64>(m_block.size()));
        if (count <= 0)
            return traits_type::eof();
        setg(m_block.data(), m_block.data(), m_block.data() + count);
        return traits_type::to_int_type(*gptr());
    }
    pos_type seekpos(pos_type position, std::ios_base::openmode) override
    {
        setg(nullptr, nullptr, nullptr);
        return m_file.seek(std::streamoff(position)) ? position : pos_type(off_type(-1));
    }

private:
    QFile& m_file;
    std::array<char, 1 << 16> m_block{};
};

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
    FileBytes blocks(opened);
    std::istream bytes(&blocks);
    auto manifest = dbt::readManifest(bytes, static_cast<std::uint64_t>(opened.size()), stop);
    if (opened.error() != QFileDevice::NoError)
        return unreadable();
    if (!manifest)
        return propagate(std::move(manifest), toQString(file));
    return manifest;
}

} // namespace headgate::service
