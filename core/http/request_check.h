// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/http.h"
#include "http/url.h"

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace headgate::http {

/// The request's URL, or why it must not be sent: a sentence for Answer::detail, untranslated,
/// naming no value. Refused: what parseUrl() refuses, http:// to a host that is not this machine,
/// methods and header names that are no tokens, control characters in header values, and headers
/// that the transport writes itself (Host, Content-Length, Transfer-Encoding, Expect, ...). Any of
/// them could send a credential in clear or make one request read as two.
[[nodiscard]] tl::expected<Url, std::string> checkRequest(const Request& request);
/// The same for a URL that is known from before; empty: nothing to object to.
[[nodiscard]] std::string requestDefect(const Request& request, const Url& url);
/// One that the transport writes itself.
[[nodiscard]] bool isTransportHeader(std::string_view name);

} // namespace headgate::http
