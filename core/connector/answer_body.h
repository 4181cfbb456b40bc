// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/answer_spec.h"

#include <string>
#include <string_view>
#include <vector>

namespace headgate::connector {

/// Looking into parsed answers. Pointers come from specs and are well-formed; answers may hold
/// anything.

/// Null if there is nothing at the pointer.
[[nodiscard]] const data::JsonNode* nodeAt(const data::JsonNode& node, std::string_view pointer);

/// Strings as they are, numbers and bools as their JSON; empty for the rest.
[[nodiscard]] std::string nodeText(const data::JsonNode& node);
/// Of the node at the pointer; empty if the pointer is empty or nothing is there.
[[nodiscard]] std::string textAt(const data::JsonNode& node, std::string_view pointer);
/// The node's text, or the texts of its items if it is an array.
[[nodiscard]] std::vector<std::string> nodeTexts(const data::JsonNode& node);
/// Decimal digits only.
[[nodiscard]] std::optional<std::uint64_t> wholeNumber(std::string_view text);
/// A whole number that is not negative, also as a text; empty if it is none.
[[nodiscard]] std::optional<std::uint64_t> nodeCount(const data::JsonNode* node);

[[nodiscard]] bool isMet(const Condition& condition, const data::JsonNode& body);

/// What a destination said, fit to be shown and stored: valid UTF-8, no control characters, no
/// secrets, at most 500 characters.
[[nodiscard]] std::string foreignText(std::string_view text);

} // namespace headgate::connector
