// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <string>
#include <string_view>

namespace headgate::warehouse {

/// What drivers hand over, appended in the canonical form of data/value.h. Each function appends
/// one cell's text to `out` and returns its kind; an Invalid's text is the reason.

/// Text, or Invalid where the bytes are not UTF-8.
data::ValueKind appendText(std::string& out, std::string_view text);
/// Lower case where it is a UUID, else as text.
data::ValueKind appendUuid(std::string& out, std::string_view text);
data::ValueKind appendJson(std::string& out, std::string_view text);
data::ValueKind appendBytes(std::string& out, std::string_view bytes);
/// Shortest digits that read back, in the form of PostgreSQL 12 and later: 1e+15, 1.5e-05, 0.0001.
data::ValueKind appendFloat(std::string& out, double value);
data::ValueKind appendFloat(std::string& out, float value);
/// Checks and tidies what drivers print: "+5", ".5", "007", "5.", " 5", "1E3". Decimal, or Invalid.
data::ValueKind appendDecimal(std::string& out, std::string_view text);
/// Integer where the text is one, else as appendDecimal.
data::ValueKind appendInteger(std::string& out, std::string_view text);
/// Text of a floating number: a JSON number is kept, "1E5" too; NaN and infinities are Invalid.
data::ValueKind appendFloatText(std::string& out, std::string_view text);

data::ValueKind appendInvalid(std::string& out, std::string_view reason,
                              std::string_view original = {});

} // namespace headgate::warehouse
