// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <curl/curl.h>
#include <string_view>

namespace headgate::http {

/// Whether an exchange ended because the certificate or the handshake was refused: trying again
/// changes nothing. `words` is what libcurl wrote into its error buffer.
[[nodiscard]] bool isTlsRefusal(CURLcode code, std::string_view words);

} // namespace headgate::http
