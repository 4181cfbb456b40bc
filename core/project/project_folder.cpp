// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_folder.h"

#include "base/id.h"
#include "base/text.h"
#include "project/file_issues.h"
#include "project/project_path.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace headgate::project {

namespace fs = std::filesystem;

namespace {

constexpr const char* projectFile = "headgate.json";
constexpr std::array<const char*, 4> definitionFolders{"sources", "destinations", "models",
                                                       "syncs"};
constexpr std::size_t largestFile = 4 << 20;
constexpr std::size_t mostFiles = 10'000;
constexpr std::string_view gitIgnore = "# Passwords and what a database leaves beside its file\n"
                                       ".env\n"
                                       "*-journal\n"
                                       "*-shm\n"
                                       "*-wal\n";

Issue issueOf(const Error& error, const std::string& file)
{
    return {Severity::Error, error.code, file, error.message, {}};
}

bool isDefinitionFile(const std::string& folder, const std::string& name)
{
    return !name.starts_with('.') &&
           (name.ends_with(".json") || (folder == "models" && name.ends_with(".sql")));
}

/// Members of a folder in the order of their names.
Result<std::set<std::string>> namesIn(const fs::path& folder)
{
    std::set<std::string> names;
    std::error_code code;
    for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
        names.insert(shown(at->path().filename()).toStdString());
        if (names.size() > mostFiles)
            return fail(ErrorKind::Config, "project.folder.size",
                        Text::tr("The folder %1 holds more than %2 files.")
                            .arg(shown(folder))
                            .arg(qulonglong(mostFiles)));
    }
    if (code && code != std::errc::no_such_file_or_directory)
        return fail(
            ErrorKind::Config, "project.folder.read",
            Text::tr("The folder %1 cannot be read. Check its permissions.").arg(shown(folder)),
            QString::fromLocal8Bit(code.message().c_str()));
    return names;
}

template <typename Definition>
Result<void> checkSlugs(const std::vector<Definition>& definitions)
{
    std::set<std::string> slugs;
    for (const Definition& definition : definitions) {
        if (!isFileSlug(definition.slug) || !slugs.insert(definition.slug).second)
            return fail(ErrorKind::Config, "project.save.invalid",
                        Text::tr("\"%1\" is used twice or cannot be a file name. Use 1 to 64 of "
                                 "a-z, 0-9, _ and -.")
                            .arg(toQString(definition.slug)));
    }
    return {};
}

/// What we would refuse to read is not written.
Result<void> checkReadable(const Project& project, const std::map<std::string, std::string>& texts,
                           const ProjectFormat& format)
{
    HEADGATE_TRY(checkSlugs(project.sources));
    HEADGATE_TRY(checkSlugs(project.destinations));
    HEADGATE_TRY(checkSlugs(project.models));
    HEADGATE_TRY(checkSlugs(project.syncs));
    const auto read = readProject(texts, format);
    if (read && hasErrors(read->issues))
        return fail(
            ErrorKind::Config, "project.save.invalid",
            Text::tr("The project cannot be saved as it is: %1").arg(toString(read->issues)));
    return read.map([](const LoadedProject&) {});
}

} // namespace

ProjectFolder::ProjectFolder(fs::path root, ProjectFormat format)
    : m_root(std::move(root)), m_format(std::move(format))
{}

Result<void> ProjectFolder::create(const fs::path& root, const std::string& name, Random& random)
{
    std::error_code code;
    if (fs::exists(fs::symlink_status(root / projectFile, code)))
        return fail(ErrorKind::Usage, "project.exists",
                    Text::tr("%1 holds a project already. Open it, or choose another folder.")
                        .arg(shown(root)));
    Project project;
    project.id = makeId(random);
    project.name = name;
    project.targets.push_back({"development", "Development", data::JsonNode::object()});
    for (const char* folder : definitionFolders) {
        fs::create_directories(root / folder, code);
        if (code)
            return fail(ErrorKind::State, "project.write",
                        Text::tr("The folder %1 could not be made. Check its permissions.")
                            .arg(shown(root / folder)),
                        QString::fromLocal8Bit(code.message().c_str()));
    }
    if (!fs::exists(fs::symlink_status(root / ".gitignore", code)))
        HEADGATE_TRY(writeWholeFile(root / ".gitignore", gitIgnore));
    return writeWholeFile(root / projectFile, projectTexts(project).at(projectFile));
}

Result<void> ProjectFolder::readDirectory(const std::string& directory,
                                          std::map<std::string, std::string>& files,
                                          Issues& issues) const
{
    const auto folder = pathInside(m_root, directory);
    if (!folder)
        return Failure(folder.error());
    const auto names = namesIn(*folder);
    if (!names)
        return Failure(names.error());
    for (const std::string& name : *names) {
        if (!isDefinitionFile(directory, name))
            continue;
        const std::string file = directory + '/' + name;
        const auto bytes = readText(file, largestFile);
        if (bytes)
            files.emplace(file, *bytes);
        else
            issues.push_back(issueOf(bytes.error(), file));
    }
    return {};
}

Result<std::map<std::string, std::string>> ProjectFolder::readFiles(Issues& issues) const
{
    std::map<std::string, std::string> files;
    std::error_code code;
    if (fs::exists(fs::symlink_status(m_root / projectFile, code))) {
        auto header = readText(projectFile, largestFile);
        if (!header)
            return Failure(header.error());
        files.emplace(projectFile, std::move(*header));
    }
    for (const char* folder : definitionFolders) {
        if (const auto read = readDirectory(folder, files, issues); !read)
            issues.push_back(issueOf(read.error(), folder));
    }
    return files;
}

Result<LoadedProject> ProjectFolder::load()
{
    Issues issues;
    const auto files = readFiles(issues);
    if (!files)
        return Failure(files.error().within(shown(m_root)));
    auto loaded = readProject(*files, m_format);
    if (!loaded)
        return Failure(loaded.error().within(shown(m_root)));
    for (const Issue& issue : issues)
        loaded->unread.insert(issue.place);
    loaded->issues.insert(loaded->issues.begin(), issues.begin(), issues.end());
    m_unread = loaded->unread;
    m_known.clear();
    const auto texts = projectTexts(loaded->project, m_format.current);
    for (const auto& [file, bytes] : *files) {
        const auto text = texts.find(file);
        const bool asRead = loaded->format == m_format.current && text != texts.end();
        m_known[file] = {bytes, asRead ? text->second : bytes};
    }
    return loaded;
}

std::map<std::string, std::string> ProjectFolder::unsaved(const Project& project) const
{
    std::map<std::string, std::string> changed;
    for (auto& [file, text] : projectTexts(project, m_format.current)) {
        const auto known = m_known.find(file);
        if (known == m_known.end() || known->second.written != text)
            changed.emplace(file, text);
    }
    return changed;
}

Result<LoadedProject> ProjectFolder::loadOver(const std::map<std::string, std::string>& files) const
{
    Issues issues;
    auto all = readFiles(issues);
    if (!all)
        return Failure(all.error().within(shown(m_root)));
    for (const auto& [file, text] : files)
        (*all)[file] = text;
    auto loaded = readProject(*all, m_format);
    if (!loaded)
        return Failure(loaded.error().within(shown(m_root)));
    loaded->issues.insert(loaded->issues.begin(), issues.begin(), issues.end());
    return loaded;
}

Result<std::vector<std::string>> ProjectFolder::changedFiles() const
{
    Issues issues;
    const auto files = readFiles(issues);
    if (!files)
        return Failure(files.error().within(shown(m_root)));
    std::vector<std::string> changed;
    for (const auto& [file, bytes] : *files) {
        const auto known = m_known.find(file);
        if (known == m_known.end() || known->second.bytes != bytes)
            changed.push_back(file);
    }
    for (const auto& [file, known] : m_known)
        if (files->find(file) == files->end())
            changed.push_back(file);
    return changed;
}

std::string ProjectFolder::bytesOf(const std::string& file) const
{
    const auto known = m_known.find(file);
    return known == m_known.end() ? std::string() : known->second.bytes;
}

Result<void> ProjectFolder::save(const Project& project)
{
    const auto texts = projectTexts(project, m_format.current);
    HEADGATE_TRY(checkReadable(project, texts, m_format));
    std::vector<std::string> changed;
    for (const auto& [file, text] : unsaved(project)) {
        HEADGATE_TRY(checkUnchanged(file));
        changed.push_back(file);
    }
    std::vector<std::string> gone;
    for (const auto& [file, known] : m_known) {
        if (texts.find(file) == texts.end() && m_unread.count(file) == 0) {
            HEADGATE_TRY(checkUnchanged(file));
            gone.push_back(file);
        }
    }
    // The header carries the format number, so it comes after what the number speaks of.
    std::stable_partition(changed.begin(), changed.end(),
                          [](const std::string& file) { return file != projectFile; });
    for (const std::string& file : changed)
        HEADGATE_TRY(writeFile(file, texts.at(file)));
    for (const std::string& file : gone)
        HEADGATE_TRY(removeFile(file));
    return {};
}

Result<void> ProjectFolder::checkUnchanged(const std::string& file) const
{
    if (m_unread.count(file) != 0)
        return fail(ErrorKind::Config, "project.save.unread",
                    Text::tr("%1 could not be read and is not replaced. Correct it first.")
                        .arg(toQString(file)));
    const auto path = pathInside(m_root, file);
    if (!path)
        return Failure(path.error());
    const auto known = m_known.find(file);
    const auto bytes = readRegularFile(*path, largestFile);
    const bool missing = !bytes && bytes.error().code == "project.file.missing";
    const bool same = known == m_known.end() ? missing : bytes && *bytes == known->second.bytes;
    if (same)
        return {};
    return fail(ErrorKind::Config, "project.save.changed",
                Text::tr("%1 was changed by another program since it was read, and is not "
                         "replaced. Reload the project and make the change again.")
                    .arg(toQString(file)));
}

Result<void> ProjectFolder::writeFile(const std::string& file, const std::string& bytes)
{
    const auto path = pathInside(m_root, file);
    if (!path)
        return Failure(path.error());
    HEADGATE_TRY(writeWholeFile(*path, bytes));
    m_known[file] = {bytes, bytes};
    return {};
}

Result<void> ProjectFolder::removeFile(const std::string& file)
{
    const auto path = pathInside(m_root, file);
    if (!path)
        return Failure(path.error());
    std::error_code code;
    fs::remove(*path, code);
    if (code)
        return fail(ErrorKind::State, "project.write",
                    Text::tr("%1 could not be removed. Check its permissions.").arg(shown(*path)),
                    QString::fromLocal8Bit(code.message().c_str()));
    m_known.erase(file);
    return {};
}

Result<std::string> ProjectFolder::readText(std::string_view relative, std::size_t limit) const
{
    const auto path = pathInside(m_root, relative);
    if (!path)
        return Failure(path.error());
    return readRegularFile(*path, limit);
}

std::string ProjectFolder::located(const std::string& place) const
{
    const std::size_t hash = place.find('#');
    if (hash == std::string::npos)
        return place;
    const std::string file = place.substr(0, hash);
    const auto known = m_known.find(file);
    if (known == m_known.end() || m_unread.count(file) != 0)
        return place;
    const data::TextPlace at =
        locate(known->second.bytes, std::string_view(place).substr(hash + 1));
    return file + ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
}

} // namespace headgate::project
