// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"

#include <string>
#include <string_view>

namespace headgate::project {

/// Collects what is wrong with one definition; places are "FILE#POINTER".
class DefinitionFindings
{
public:
    /// `into` outlives this.
    DefinitionFindings(std::string file, Issues& into) : m_file(std::move(file)), m_issues(into) {}

    void error(const char* code, std::string_view pointer, const QString& message,
               const QString& remedy)
    {
        add({Severity::Error, code, std::string(pointer), message, remedy});
    }
    void warning(const char* code, std::string_view pointer, const QString& message,
                 const QString& remedy)
    {
        add({Severity::Warning, code, std::string(pointer), message, remedy});
    }
    /// A finding whose place is a JSON Pointer.
    void add(Issue finding)
    {
        finding.place = m_file + '#' + finding.place;
        m_issues.push_back(std::move(finding));
    }

private:
    std::string m_file;
    Issues& m_issues;
};

} // namespace headgate::project
