// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <string_view>

namespace headgate {

/// The one point through which logs, history, reports and error details pass on their way out.
/// Every resolved secret is registered for the life of the process; so are its usual encodings
/// (URL, JSON, hexadecimal, base64, alone or inside a longer text). Thread-safe. Values under four
/// characters are not registered: replacing them would destroy the text around and tell their
/// place.
class Redaction
{
public:
    static void registerSecret(std::string_view secret);
    [[nodiscard]] static std::string redact(std::string text);
    [[nodiscard]] static QString redact(const QString& text);
};

} // namespace headgate
