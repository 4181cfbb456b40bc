// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string_view>

namespace headgate::cli {

/// Foreign text made safe for a terminal: control characters (escape sequences among them) and
/// characters that reorder text become visible escapes. One line, at most `most` characters, cut
/// with an ellipsis; 0 means uncut.
[[nodiscard]] QString printable(std::string_view utf8, qsizetype most = 200);
[[nodiscard]] QString printable(const QString& text, qsizetype most = 200);
/// The same, but line breaks and tabs stay.
[[nodiscard]] QString printableLines(const QString& text);

} // namespace headgate::cli
