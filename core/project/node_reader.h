// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"
#include "project/file_issues.h"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::project {

/// Reads the members of one JSON object. A member of the wrong type or range becomes an issue and
/// reads as absent, so that one pass finds everything. Node and issues outlive it.
class NodeReader
{
public:
    NodeReader(const data::JsonNode& node, std::string pointer, FileIssues& issues);

    [[nodiscard]] bool has(const char* key) const;
    /// Empty if absent.
    [[nodiscard]] std::string text(const char* key);
    /// Absent or empty is an error.
    [[nodiscard]] std::string requiredText(const char* key);
    /// A slug that must be there.
    [[nodiscard]] std::string slug(const char* key);
    /// A stable id that must be there; the remedy offers a fresh one.
    [[nodiscard]] std::string id(const char* key);
    [[nodiscard]] bool flag(const char* key, bool absent);
    [[nodiscard]] double share(const char* key, double absent);
    [[nodiscard]] std::uint64_t count(const char* key, std::uint64_t absent, std::uint64_t maximum);
    [[nodiscard]] std::vector<std::string> texts(const char* key);
    [[nodiscard]] std::map<std::string, std::string> textMap(const char* key);
    /// Null if absent.
    [[nodiscard]] data::JsonNode any(const char* key);
    [[nodiscard]] std::optional<NodeReader> object(const char* key);
    [[nodiscard]] std::vector<NodeReader> objects(const char* key);
    /// Readers of the members of an object whose keys the user chose.
    [[nodiscard]] std::vector<std::pair<std::string, NodeReader>> objectMap(const char* key);

    /// The one of `values` whose name() stands there.
    template <typename Enum>
    [[nodiscard]] Enum choice(const char* key, std::initializer_list<Enum> values, Enum absent)
    {
        if (!has(key))
            return absent;
        const std::string chosen = text(key);
        if (!member(key)->is_string())
            return absent;
        QString known;
        for (const Enum value : values) {
            if (chosen == name(value))
                return value;
            known += (known.isEmpty() ? QString() : QStringLiteral(", ")) +
                     QString::fromUtf8(name(value));
        }
        reportChoice(key, chosen, known);
        return absent;
    }

    /// What was not asked for, kept. Each such member is a warning unless its name begins with "$"
    /// or "x-".
    [[nodiscard]] data::JsonNode rest();

    /// JSON Pointer of a member, there or not.
    [[nodiscard]] std::string pointerTo(std::string_view key) const;
    /// Takes over findings whose places are JSON Pointers into the same file.
    void adopt(const Issues& findings);
    void error(const char* code, const char* key, const QString& message, const QString& remedy);

private:
    [[nodiscard]] const data::JsonNode* member(const char* key);
    [[nodiscard]] std::string textAt(const data::JsonNode& node, const std::string& pointer);
    void reportType(std::string_view key, const QString& expected, const QString& example);
    void reportChoice(const char* key, const std::string& chosen, const QString& known);

    const data::JsonNode* m_node;
    std::string m_pointer;
    FileIssues* m_issues;
    std::set<std::string, std::less<>> m_read;
};

} // namespace headgate::project
