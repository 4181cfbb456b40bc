// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "project/project_reader.h"

#include <filesystem>
#include <optional>
#include <string_view>

namespace headgate::project {

/// A project on disk: headgate.json and the folders sources, destinations, models and syncs.
/// Remembers what it has read, so that saving writes only what changed, never replaces a file that
/// somebody else changed in the meantime, and never touches one that could not be read.
/// Reading runs nothing and connects to nothing.
class ProjectFolder
{
public:
    /// Makes an empty project with one target, "development". The folder may exist and hold other
    /// files, but no project. Error: Usage "project.exists", State "project.write".
    [[nodiscard]] static Result<void> create(const std::filesystem::path& root,
                                             const std::string& name, Random& random);

    explicit ProjectFolder(std::filesystem::path root,
                           ProjectFormat format = ProjectFormat::ours());

    /// Error: Config "project.not_found", "project.too_new", "project.too_old",
    /// "project.file.*"; what is wrong inside of files becomes issues.
    [[nodiscard]] Result<LoadedProject> load();

    /// Makes the folder say what `project` says: writes changed definitions, removes those that
    /// are no longer there. Needs a load() before. All checks come before the first write; a
    /// failure in between leaves whole files, and saving again completes it.
    /// Error: Config "project.save.invalid", "project.save.changed", "project.save.unread",
    /// State "project.write".
    [[nodiscard]] Result<void> save(const Project& project);

    /// The files that save() would write, with what it would put there.
    [[nodiscard]] std::map<std::string, std::string> unsaved(const Project& project) const;
    /// The project as it would be with `files` in the place of those in the folder. What save()
    /// compares with stays what load() read.
    [[nodiscard]] Result<LoadedProject>
    loadOver(const std::map<std::string, std::string>& files) const;
    /// A file's bytes as they were last read or written; empty for one that is not there.
    [[nodiscard]] std::string bytesOf(const std::string& file) const;

    /// Files that say something else on disk than when they were last read or written; those that
    /// came and went too.
    [[nodiscard]] Result<std::vector<std::string>> changedFiles() const;

    /// Another text file of the project (a template).
    /// Error: Config "project.path.*", "project.file.*".
    [[nodiscard]] Result<std::string> readText(std::string_view relative,
                                               std::size_t limit = 4 << 20) const;

    /// An issue's place inside a definition, "syncs/a.json#/match/field", as file:line:column of
    /// the file as it was loaded; other places stay as they are.
    [[nodiscard]] std::string located(const std::string& place) const;

    [[nodiscard]] const std::filesystem::path& root() const { return m_root; }

private:
    struct KnownFile
    {
        std::string bytes;   ///< on disk when last read or written
        std::string written; ///< what saving its definition unchanged would give
    };

    [[nodiscard]] Result<std::map<std::string, std::string>> readFiles(Issues& issues) const;
    [[nodiscard]] Result<void> readDirectory(const std::string& directory,
                                             std::map<std::string, std::string>& files,
                                             Issues& issues) const;
    [[nodiscard]] Result<void> checkUnchanged(const std::string& file) const;
    [[nodiscard]] Result<void> writeFile(const std::string& file, const std::string& bytes);
    [[nodiscard]] Result<void> removeFile(const std::string& file);

    std::filesystem::path m_root;
    ProjectFormat m_format;
    std::map<std::string, KnownFile> m_known;
    std::set<std::string> m_unread;
};

} // namespace headgate::project
