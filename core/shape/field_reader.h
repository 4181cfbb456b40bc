// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "base/text.h"
#include "data/json.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace headgate::shape {

/// Takes the known fields out of one JSON object; what is wrong becomes an Issue with its JSON
/// Pointer, and reading goes on. What nobody took is rest(). Refers to its arguments.
class FieldReader
{
public:
    /// Something other than an object is an issue, and reads as an empty object.
    FieldReader(const data::JsonNode& json, std::string place, Issues& issues);

    [[nodiscard]] const std::string& place() const { return m_place; }
    [[nodiscard]] std::string placeOf(std::string_view field) const;
    [[nodiscard]] Issues& issues() const { return m_issues; }
    void report(std::string_view field, std::string code, QString message, QString remedy = {});

    [[nodiscard]] bool has(std::string_view field) const;
    /// The field, or nullptr where it is absent.
    [[nodiscard]] const data::JsonNode* take(std::string_view field);
    /// As take(); absence is an issue.
    [[nodiscard]] const data::JsonNode* require(std::string_view field);
    /// As take(), if it is an array; else an issue and nullptr.
    [[nodiscard]] const data::JsonNode* takeArray(std::string_view field);
    void text(std::string_view field, std::string& into);
    void requireText(std::string_view field, std::string& into);
    void flag(std::string_view field, bool& into);
    void texts(std::string_view field, std::vector<std::string>& into);
    void scalar(std::string_view field, std::optional<data::JsonNode>& into);
    [[nodiscard]] std::optional<std::uint64_t> count(std::string_view field);

    template <typename E, std::size_t N>
    void choice(std::string_view field, const std::array<E, N>& all, E& into)
    {
        const data::JsonNode* json = take(field);
        if (!json)
            return;
        QStringList names;
        for (const E value : all) {
            if (json->is_string() && json->get_ref<const std::string&>() == name(value)) {
                into = value;
                return;
            }
            names << toQString(name(value));
        }
        report(field, "shape.field.choice",
               Text::tr("“%1” is not one of the values this field can have.").arg(shown(*json)),
               Text::tr("Use one of: %1.").arg(names.join(QStringLiteral(", "))));
    }

    /// The fields nobody took, in their order; null if there are none.
    [[nodiscard]] data::JsonNode rest() const;

    /// A short form of a value for messages.
    [[nodiscard]] static QString shown(const data::JsonNode& json);

private:
    const data::JsonNode* m_object = nullptr;
    std::string m_place;
    Issues& m_issues;
    std::set<std::string, std::less<>> m_taken;
};

} // namespace headgate::shape
