// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.h"
#include "base/text.h"
#include "data/json.h"
#include "project/project_path.h"
#include "service/local_workspace.h"

#include <filesystem>

namespace headgate::service {

namespace {

constexpr std::uintmax_t largestDrafts = 64 << 20;

Issues locatedIssues(Issues issues, const project::ProjectFolder& folder)
{
    for (Issue& issue : issues)
        issue.place = folder.located(issue.place);
    return issues;
}

/// {"files":{"models/a.sql":{"text":"select 1","over":"sha256 of the file it replaces"}}}
Result<data::JsonNode> draftFiles(const std::string& file)
{
    const auto bytes = project::readRegularFile(file, largestDrafts);
    if (!bytes)
        return Failure(bytes.error());
    auto json = data::parseJson(*bytes, {largestDrafts, 8});
    if (!json)
        return json;
    if (!json->is_object() || !json->contains("files") || !(*json)["files"].is_object())
        return fail(ErrorKind::State, "project.drafts",
                    Text::tr("%1, which keeps unsaved changes, cannot be understood. Move it away "
                             "to go on without them.")
                        .arg(toQString(file)));
    return (*json)["files"];
}

std::string textMember(const data::JsonNode& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::string LocalWorkspace::draftsFile() const
{
    return m_paths.root() + "/drafts/" + m_stateProjectId + ".json";
}

void LocalWorkspace::take(project::LoadedProject loaded)
{
    m_project = std::move(loaded.project);
    m_issues = locatedIssues(std::move(loaded.issues), m_folder);
}

Result<void> LocalWorkspace::save(const project::Project& project)
{
    HEADGATE_TRY(m_folder.save(project));
    return reload();
}

Result<std::vector<std::string>> LocalWorkspace::changedFiles()
{
    return m_folder.changedFiles();
}

Result<void> LocalWorkspace::reload()
{
    auto loaded = m_folder.load();
    if (!loaded)
        return Failure(loaded.error());
    take(std::move(*loaded));
    return {};
}

Result<void> LocalWorkspace::keepDrafts(const project::Project& project)
{
    data::JsonNode files = data::JsonNode::object();
    for (const auto& [file, text] : m_folder.unsaved(project))
        files[file] = {{"text", text}, {"over", sha256Hex(m_folder.bytesOf(file))}};
    if (!files.empty())
        return project::writeWholeFile(draftsFile(), data::JsonNode{{"files", files}}.dump());
    std::error_code code;
    std::filesystem::remove(draftsFile(), code);
    if (!code)
        return {};
    return fail(ErrorKind::State, "project.drafts.remove",
                Text::tr("%1 could not be removed: changes that are saved or given up would be "
                         "offered again.")
                    .arg(toQString(draftsFile())),
                QString::fromLocal8Bit(code.message().c_str()));
}

Result<std::optional<Drafts>> LocalWorkspace::drafts()
{
    std::error_code code;
    if (!std::filesystem::exists(draftsFile(), code))
        return std::optional<Drafts>();
    const auto kept = draftFiles(draftsFile());
    if (!kept)
        return Failure(kept.error());
    Drafts drafts;
    std::map<std::string, std::string> texts;
    for (const auto& [file, draft] : kept->items()) {
        texts[file] = textMember(draft, "text");
        const std::string bytes = m_folder.bytesOf(file);
        if (texts[file] != bytes && textMember(draft, "over") != sha256Hex(bytes))
            drafts.changedSince.push_back(file);
    }
    auto loaded = m_folder.loadOver(texts);
    if (!loaded)
        return Failure(loaded.error());
    drafts.project = std::move(loaded->project);
    for (const auto& [file, text] : texts)
        if (loaded->unread.contains(file))
            drafts.unread.push_back(file);
    if (!drafts.unread.empty()) {
        drafts.unreadCopy = draftsFile() + ".unread";
        HEADGATE_TRY(
            project::writeWholeFile(drafts.unreadCopy, data::JsonNode{{"files", *kept}}.dump()));
    }
    return std::optional<Drafts>(std::move(drafts));
}

} // namespace headgate::service
