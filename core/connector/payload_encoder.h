// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/request_spec.h"

#include <string>
#include <string_view>

namespace headgate::connector {

/// Appends the members of a payload, without its braces, in the destination's encoding. Numbers
/// keep their digits, texts their bytes.
void appendEncodedMembers(std::string& out, std::string_view payload,
                          const PayloadEncoding& encoding);

/// The text of a JSON value where the destination has no JSON: strings without quotes, null as
/// nothing, all else as its JSON.
[[nodiscard]] std::string plainText(std::string_view value);

} // namespace headgate::connector
