// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "data/json.h"

#include <string>
#include <string_view>

namespace headgate::project {

/// Place of the value that a JSON Pointer (RFC 6901) names in a valid JSON text; of the nearest
/// enclosing value that exists, if it is missing.
[[nodiscard]] data::TextPlace locate(std::string_view json, std::string_view pointer);

/// `pointer` with one more member or index, escaped.
[[nodiscard]] std::string childPointer(std::string_view pointer, std::string_view member);

/// Collects the findings of one file as Issues at "FILE:LINE:COLUMN POINTER".
class FileIssues
{
public:
    /// `text` and `into` outlive this.
    FileIssues(std::string file, std::string_view text, Issues& into)
        : m_file(std::move(file)), m_text(text), m_issues(into)
    {}

    void error(std::string code, std::string_view pointer, const QString& message,
               const QString& remedy);
    void warning(std::string code, std::string_view pointer, const QString& message,
                 const QString& remedy);
    /// A finding whose place is a JSON Pointer.
    void add(const Issue& finding);
    [[nodiscard]] const std::string& file() const { return m_file; }
    [[nodiscard]] bool hasError() const { return m_hasError; }

private:
    std::string m_file;
    std::string_view m_text;
    Issues& m_issues;
    bool m_hasError = false;
};

} // namespace headgate::project
