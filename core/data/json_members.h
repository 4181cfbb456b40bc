// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::data {

/// Looks into a JSON text without building a tree and without touching its numbers: every value is
/// a view of the bytes as they stand. The text must be valid (checkJson(), or written by us); on
/// anything else the functions answer nothing or nonsense, but never read outside of it.

enum class JsonType
{
    Null,
    Bool,
    Number,
    String,
    Array,
    Object
};

struct JsonMember
{
    std::string name; ///< decoded
    std::string_view value;
};

/// In order of writing. Empty optional: `json` is no object.
[[nodiscard]] std::optional<std::vector<JsonMember>> jsonMembers(std::string_view json);
/// Empty optional: `json` is no array.
[[nodiscard]] std::optional<std::vector<std::string_view>> jsonElements(std::string_view json);
/// Without reading further; empty optional: `json` is no array, or an empty one.
[[nodiscard]] std::optional<std::string_view> jsonFirstElement(std::string_view json);
/// The value that a JSON Pointer (RFC 6901) names; empty optional: there is none.
[[nodiscard]] std::optional<std::string_view> jsonAt(std::string_view json,
                                                     std::string_view pointer);

/// The members of one object, taken apart once for several look-ups.
class JsonObjectView
{
public:
    /// `json` outlives it; without members where it is no object.
    explicit JsonObjectView(std::string_view json);
    [[nodiscard]] std::optional<std::string_view> at(std::string_view pointer) const;
    [[nodiscard]] const std::vector<JsonMember>& members() const { return m_members; }

private:
    std::string_view m_json;
    std::vector<JsonMember> m_members;
};

[[nodiscard]] JsonType jsonType(std::string_view value);
/// The text of a JSON string, decoded; of any other value its bytes.
[[nodiscard]] std::string jsonText(std::string_view value);

} // namespace headgate::data
