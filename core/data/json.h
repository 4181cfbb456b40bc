// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>
#include <string_view>

namespace headgate::data {

/// Key order is kept: files are written back as they were read.
using JsonNode = nlohmann::ordered_json;

struct JsonLimits
{
    std::size_t bytes = 4 << 20;
    std::size_t depth = 64;
};

using headgate::TextPlace;

/// Place of a byte of a text; offsets past its end count as its end.
[[nodiscard]] TextPlace placeAt(std::string_view text, std::size_t offset);

/// Strict RFC 8259. Repeated keys, a byte-order mark, invalid UTF-8, trailing bytes and anything
/// over the limits are errors that name line and column. Numbers beyond int64 lose digits and
/// those beyond double are errors: do not parse payloads with this.
/// Error: Config, "json.syntax", "json.duplicate", "json.size", "json.depth" or "json.utf8".
[[nodiscard]] Result<JsonNode> parseJson(std::string_view bytes, const JsonLimits& limits = {});
/// The same; the place goes to `failedAt` instead of into the message.
[[nodiscard]] Result<JsonNode> parseJson(std::string_view bytes, const JsonLimits& limits,
                                         TextPlace& failedAt);

/// The same checks without building a tree: for texts that are then read by json_members.h.
[[nodiscard]] Result<void> checkJson(std::string_view bytes,
                                     const JsonLimits& limits = {64 << 20, 64});

/// Checks a JSON text of foreign origin and appends it without insignificant white space. Numbers
/// and strings keep their bytes. The column's place in messages is the caller's to add.
[[nodiscard]] Result<void> appendCompactJson(std::string& out, std::string_view json,
                                             const JsonLimits& limits = {64 << 20, 64});

/// Two spaces, one member a line, newline at the end: the form of every file that we write.
[[nodiscard]] std::string toFileText(const JsonNode& json);

} // namespace headgate::data
