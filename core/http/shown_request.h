// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/http.h"

#include <string>
#include <string_view>
#include <vector>

namespace headgate::http {

/// Stands where a secret was.
inline constexpr std::string_view secretMask = "•••";

/// Request line, headers and body as text for the history, secrets masked: secret headers, the
/// URL's secret parts, bodies that hold credentials, and whatever Redaction knows.
[[nodiscard]] std::string masked(const Request& request);

/// Status, headers and body of a whole answer as text, with cookies and whatever Redaction knows
/// masked.
[[nodiscard]] std::string masked(const Answer& answer);

/// A curl command for a POSIX shell that sends the same request; secrets are masked, to be filled
/// in by whoever runs it. A body that is no text stands as @body.bin.
[[nodiscard]] std::string asCurlCommand(const Request& request);

/// The same of what masked() made: each secret is a shell variable, to be set by whoever runs it.
struct CurlCommand
{
    std::string text;
    std::vector<std::string> variables; ///< "SECRET_API_KEY"
};
/// Empty text: `shown` is no request.
[[nodiscard]] CurlCommand curlOfShown(std::string_view shown);

} // namespace headgate::http
