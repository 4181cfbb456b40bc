// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace headgate::connector {

/// Walks JSON bytes without changing one: numbers keep their digits, strings their escapes. The
/// text is expected to be valid (the payload writer's, or checked by data::parseJson); on anything
/// else a walk ends early and never reads beyond the text.

struct RawMember
{
    std::string_view name;  ///< with its quotes; empty for elements of an array
    std::string_view value; ///< no white space around it
};

/// Members of the object, or elements of the array, that `text` holds.
class RawWalk
{
public:
    explicit RawWalk(std::string_view text);
    /// False at the end.
    [[nodiscard]] bool next(RawMember& into);

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_object = false;
    bool m_open = false;
};

/// The first byte tells: '{', '[', '"', 't', 'f', 'n', or a number's. 0 if empty.
[[nodiscard]] char rawKind(std::string_view value);

/// Text of a quoted JSON string; empty if it is none.
[[nodiscard]] std::optional<std::string> rawString(std::string_view quoted);

/// Byte offset of the value that the pointer names; for a member that is missing, none.
[[nodiscard]] std::optional<std::size_t> rawOffset(std::string_view text, std::string_view pointer);

} // namespace headgate::connector
