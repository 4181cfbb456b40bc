// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/byte_buffer.h"
#include "data/value.h"

#include <string>
#include <string_view>

namespace headgate::data {

/// Writers of payload bytes: UTF-8, compact, no double, no QJson. Input is already canonical.

/// Quoted and escaped: the two-character escapes where JSON has one, \u00XX for other controls,
/// everything else as it is. The same bytes that PostgreSQL's json functions write.
void appendJsonString(std::string& out, std::string_view utf8);
void appendJsonString(ByteBuffer& out, std::string_view utf8);
/// The JSON form of a value by its kind: numbers, bools and JSON bare, the rest quoted, Null as
/// null. An Invalid value is a defect of the caller and is written as null.
void appendJsonValue(std::string& out, ValueView value);
void appendJsonValue(ByteBuffer& out, ValueView value);

/// Position of the first byte that is not well-formed UTF-8 (surrogates and overlong forms are
/// not), or npos.
[[nodiscard]] std::size_t findInvalidUtf8(std::string_view bytes);
/// RFC 8259's number grammar.
[[nodiscard]] bool isJsonNumber(std::string_view text);

} // namespace headgate::data
