// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace headgate::http {

/// The system's certificates, where they are a file that libcurl names, and those of `extraFile`,
/// as one PEM text: an extra CA adds to the trusted ones and replaces none.
/// Error: Config "http.ca.unreadable" or "http.ca.empty".
[[nodiscard]] Result<std::string> caBundleWith(const std::string& extraFile);

} // namespace headgate::http
