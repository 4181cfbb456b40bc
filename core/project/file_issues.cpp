// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/file_issues.h"

#include "connector/raw_json.h"

namespace headgate::project {

data::TextPlace locate(std::string_view json, std::string_view pointer)
{
    for (;;) {
        if (const auto offset = connector::rawOffset(json, pointer))
            return data::placeAt(json, *offset);
        const std::size_t slash = pointer.rfind('/');
        if (slash == std::string_view::npos)
            return {};
        pointer = pointer.substr(0, slash);
    }
}

std::string childPointer(std::string_view pointer, std::string_view member)
{
    std::string child(pointer);
    child += '/';
    for (const char c : member) {
        if (c == '~')
            child += "~0";
        else if (c == '/')
            child += "~1";
        else
            child += c;
    }
    return child;
}

void FileIssues::error(std::string code, std::string_view pointer, const QString& message,
                       const QString& remedy)
{
    add({Severity::Error, std::move(code), std::string(pointer), message, remedy});
}

void FileIssues::warning(std::string code, std::string_view pointer, const QString& message,
                         const QString& remedy)
{
    add({Severity::Warning, std::move(code), std::string(pointer), message, remedy});
}

void FileIssues::add(const Issue& finding)
{
    const data::TextPlace place = locate(m_text, finding.place);
    Issue issue = finding;
    issue.place = m_file + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
    if (!finding.place.empty())
        issue.place += ' ' + finding.place;
    m_hasError = m_hasError || finding.severity == Severity::Error;
    m_issues.push_back(std::move(issue));
}

} // namespace headgate::project
