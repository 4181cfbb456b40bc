// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace headgate {

enum class Severity
{
    Warning,
    Error
};

/// One finding of a check. Checks report all findings at once, each with its place.
struct Issue
{
    Severity severity = Severity::Error;
    std::string code;  ///< stable, e.g. "shape.column.unknown"
    std::string place; ///< file, file:line:column, or path inside a definition ("/shape/fields/2")
    QString message;   ///< what is wrong and why
    QString remedy;    ///< what to do; may be empty where the message says it

    bool operator==(const Issue&) const = default;
};

using Issues = std::vector<Issue>;

[[nodiscard]] bool hasErrors(const Issues& issues);
/// One finding a line: "place: message remedy [code]".
[[nodiscard]] QString toString(const Issues& issues);

} // namespace headgate
