// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace headgate {

enum class LogLevel
{
    Debug,
    Info,
    Warning,
    Error
};

/// One line to stderr, redacted, untranslated, with time and level. Thread-safe. Row values and
/// payloads never go here.
void log(LogLevel level, std::string_view area, std::string_view message);
/// Lines below `level` are dropped. Warning until set.
void setLogLevel(LogLevel level);

} // namespace headgate
