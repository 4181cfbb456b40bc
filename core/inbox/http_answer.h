// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "inbox/request_parser.h"

#include <string>
#include <vector>

namespace headgate::inbox {

struct HttpAnswer
{
    int status = 200;
    std::vector<HttpHeader> headers;
    std::string body;
};

[[nodiscard]] HttpAnswer jsonAnswer(int status, std::string json);

/// Status line, Date, Content-Length, the answer's headers and its body.
[[nodiscard]] std::string toBytes(const HttpAnswer& answer, bool keepAlive, WallTime now);

/// "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::string toHttpDate(WallTime time);
/// The two older forms that RFC 9110 obliges every reader to understand.
[[nodiscard]] std::string toRfc850Date(WallTime time);
[[nodiscard]] std::string toAsctimeDate(WallTime time);

} // namespace headgate::inbox
