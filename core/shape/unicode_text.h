// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <string_view>

namespace headgate::shape {

/// Of valid UTF-8, by the Unicode database that Qt carries and no locale. ASCII takes a short way.

/// A view into `text` without white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
void appendLower(std::string& out, std::string_view text);
void appendUpper(std::string& out, std::string_view text);
/// Without any white space, inner too.
void appendWithoutSpace(std::string& out, std::string_view text);

/// Exact: a byte-order mark at the front stays, where QString::fromUtf8 drops it.
[[nodiscard]] QString toUtf16(std::string_view text);

} // namespace headgate::shape
