// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_reader.h"

#include "base/text.h"
#include "data/json_text.h"
#include "project/definition_json.h"
#include "project/project_path.h"

#include <algorithm>

namespace headgate::project {

namespace {

constexpr const char* headerFile = "headgate.json";

/// Turns the bytes of a project's files into definitions, once.
class ProjectReader
{
public:
    ProjectReader(const std::map<std::string, std::string>& files, const ProjectFormat& format)
        : m_files(files), m_format(format)
    {}

    Result<LoadedProject> run()
    {
        parseFiles();
        HEADGATE_TRY(bringUpToDate());
        readHeader();
        for (const auto& [file, json] : m_json)
            readDefinition(file, json);
        for (const auto& [file, text] : m_files)
            checkQueryFile(file);
        return std::move(m_loaded);
    }

private:
    void parseFiles()
    {
        for (const auto& [file, text] : m_files) {
            if (!file.ends_with(".json"))
                continue;
            data::TextPlace place;
            auto json = data::parseJson(text, {}, place);
            if (json)
                m_json.emplace(file, std::move(*json));
            else
                refuse(
                    {Severity::Error, json.error().code,
                     file + ':' + std::to_string(place.line) + ':' + std::to_string(place.column),
                     json.error().message, Text::tr("Correct the file; it was not changed.")},
                    file);
        }
    }

    Result<void> bringUpToDate()
    {
        m_loaded.format = m_format.current;
        const auto header = m_json.find(headerFile);
        if (header == m_json.end() || !header->second.is_object())
            return {};
        const auto format = header->second.find("format");
        if (format == header->second.end() || !format->is_number_unsigned() || *format == 0u) {
            FileIssues(headerFile, m_files.at(headerFile), m_loaded.issues)
                .error("project.format", "/format",
                       Text::tr("The format number is missing or no whole number."),
                       Text::tr("Write \"format\": %1.").arg(m_format.current));
            m_loaded.unread.insert(headerFile);
            return {};
        }
        const auto number = format->get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(m_format.current))
            return fail(ErrorKind::Config, "project.too_new",
                        Text::tr("This project was written by a newer version of Headgate (format "
                                 "%1; this version reads up to %2). Update Headgate. Nothing was "
                                 "changed.")
                            .arg(qulonglong(number))
                            .arg(m_format.current));
        m_loaded.format = static_cast<int>(number);
        return migrate(m_json, m_loaded.format, m_format);
    }

    void readHeader()
    {
        const auto header = m_json.find(headerFile);
        if (header == m_json.end())
            return;
        FileIssues issues(headerFile, m_files.at(headerFile), m_loaded.issues);
        m_loaded.project = headerFromJson({header->second, "", issues});
        m_ids[m_loaded.project.id] = headerFile;
        if (issues.hasError())
            m_loaded.unread.insert(headerFile);
    }

    void readDefinition(const std::string& file, const data::JsonNode& json)
    {
        if (file == headerFile)
            return;
        const std::size_t slash = file.find('/');
        const std::string slug = file.substr(slash + 1, file.size() - slash - 1 - 5);
        if (!isFileSlug(slug)) {
            refuse({Severity::Error, "project.slug", file,
                    Text::tr("\"%1\" cannot be the name of a definition.").arg(toQString(slug)),
                    Text::tr("Rename the file: 1 to 64 of a-z, 0-9, _ and -, and none that Windows "
                             "reserves.")},
                   file);
            return;
        }
        const auto text = m_files.find(file);
        FileIssues issues(file, text == m_files.end() ? std::string_view() : text->second,
                          m_loaded.issues);
        const std::string_view folder = std::string_view(file).substr(0, slash);
        Project& project = m_loaded.project;
        if (folder == "sources")
            keep(sourceFromJson({json, "", issues}, slug), project.sources, issues);
        else if (folder == "destinations")
            keep(destinationFromJson({json, "", issues}, slug), project.destinations, issues);
        else if (folder == "models")
            keep(withQuery(modelFromJson({json, "", issues}, slug), issues), project.models,
                 issues);
        else
            keep(syncFromJson({json, "", issues}, slug), project.syncs, issues);
    }

    template <typename Definition>
    void keep(Definition definition, std::vector<Definition>& into, FileIssues& issues)
    {
        const auto [first, isNew] = m_ids.emplace(definition.id, issues.file());
        if (!isNew && !definition.id.empty())
            issues.error("project.id.duplicate", "/id",
                         Text::tr("%1 has the same id.").arg(toQString(first->second)),
                         Text::tr("If this file is a copy, give it another id: change some of its "
                                  "characters."));
        if (issues.hasError())
            m_loaded.unread.insert(issues.file());
        else
            into.push_back(std::move(definition));
    }

    ModelDefinition withQuery(ModelDefinition model, FileIssues& issues)
    {
        const std::string file = "models/" + model.slug + ".sql";
        const auto text = m_files.find(file);
        if (model.table)
            return model;
        if (text == m_files.end()) {
            issues.error("project.sql.missing", "",
                         Text::tr("The model has neither a table nor a query."),
                         Text::tr("Write the query to %1 or add \"table\".").arg(toQString(file)));
            return model;
        }
        checkQuery(file, text->second, issues);
        model.sql = text->second;
        return model;
    }

    void checkQuery(const std::string& file, std::string_view sql, FileIssues& issues)
    {
        FileIssues own(file, sql, m_loaded.issues);
        const QString again = Text::tr("Save the file as UTF-8 text without a byte-order mark.");
        if (sql.size() > largestQuery)
            own.error("project.sql.size", "",
                      Text::tr("The query is larger than %1 bytes.").arg(qulonglong(largestQuery)),
                      {});
        else if (sql.starts_with("\xEF\xBB\xBF"))
            own.error("project.sql.bom", "", Text::tr("The file begins with a byte-order mark."),
                      again);
        else if (data::findInvalidUtf8(sql) != std::string_view::npos ||
                 sql.find('\0') != std::string_view::npos)
            own.error("project.sql.utf8", "", Text::tr("The file is not UTF-8 text."), again);
        else if (sql.find_first_not_of(" \t\r\n;") == std::string_view::npos)
            own.error("project.sql.empty", "", Text::tr("The query is empty."),
                      Text::tr("Write a SELECT."));
        if (!own.hasError())
            return;
        issues.error("project.sql", "", Text::tr("The query of this model cannot be used."), {});
        m_loaded.unread.insert(file);
    }

    void checkQueryFile(const std::string& file)
    {
        if (!file.ends_with(".sql"))
            return;
        const std::string definition = file.substr(0, file.size() - 4) + ".json";
        const std::string slug = file.substr(7, file.size() - 7 - 4);
        const ModelDefinition* model = m_loaded.project.model(slug);
        if (model && !model->table)
            return;
        m_loaded.unread.insert(file);
        if (model || m_files.find(definition) == m_files.end())
            m_loaded.issues.push_back(
                {Severity::Warning, "project.sql.unused", file,
                 model ? Text::tr("The model names a table, so this query is not used.")
                       : Text::tr("No model belongs to this query."),
                 model ? Text::tr("Remove the file, or \"table\" from the model.")
                       : Text::tr("Add %1 or remove the file.").arg(toQString(definition))});
    }

    void refuse(Issue issue, const std::string& file)
    {
        m_loaded.issues.push_back(std::move(issue));
        m_loaded.unread.insert(file);
    }

    const std::map<std::string, std::string>& m_files;
    const ProjectFormat& m_format;
    ProjectFiles m_json;
    LoadedProject m_loaded;
    std::map<std::string, std::string> m_ids;
};

} // namespace

Result<LoadedProject> readProject(const std::map<std::string, std::string>& files,
                                  const ProjectFormat& format)
{
    if (files.find(headerFile) == files.end())
        return fail(ErrorKind::Config, "project.not_found",
                    Text::tr("The folder holds no headgate.json, so it is no project. Open another "
                             "folder or create a project in it."));
    return ProjectReader(files, format).run();
}

std::map<std::string, std::string> projectTexts(const Project& project, int format)
{
    std::map<std::string, std::string> texts;
    texts[headerFile] = data::toFileText(headerToJson(project, format));
    for (const SourceDefinition& source : project.sources)
        texts["sources/" + source.slug + ".json"] = data::toFileText(toJson(source));
    for (const DestinationDefinition& destination : project.destinations)
        texts["destinations/" + destination.slug + ".json"] = data::toFileText(toJson(destination));
    for (const ModelDefinition& model : project.models) {
        texts["models/" + model.slug + ".json"] = data::toFileText(toJson(model));
        if (!model.table)
            texts["models/" + model.slug + ".sql"] = model.sql;
    }
    for (const SyncDefinition& sync : project.syncs)
        texts["syncs/" + sync.slug + ".json"] = data::toFileText(toJson(sync));
    return texts;
}

} // namespace headgate::project
