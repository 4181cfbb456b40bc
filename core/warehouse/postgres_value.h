// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <string>
#include <string_view>

namespace headgate::warehouse {

/// Appends one cell of PostgreSQL's text format in canonical form. The session has DateStyle ISO,
/// TimeZone UTC, IntervalStyle iso_8601, bytea_output hex and the shortest exact floats.
using PostgresDecode = data::ValueKind (*)(std::string& out, std::string_view text);

data::ValueKind decodePostgresBool(std::string& out, std::string_view text);
data::ValueKind decodePostgresInteger(std::string& out, std::string_view text);
data::ValueKind decodePostgresDecimal(std::string& out, std::string_view text);
data::ValueKind decodePostgresFloat(std::string& out, std::string_view text);
data::ValueKind decodePostgresText(std::string& out, std::string_view text);
data::ValueKind decodePostgresBytes(std::string& out, std::string_view text);
data::ValueKind decodePostgresDate(std::string& out, std::string_view text);
data::ValueKind decodePostgresTime(std::string& out, std::string_view text);
data::ValueKind decodePostgresTimestamp(std::string& out, std::string_view text);
data::ValueKind decodePostgresTimestampTz(std::string& out, std::string_view text);
data::ValueKind decodePostgresUuid(std::string& out, std::string_view text);
data::ValueKind decodePostgresJson(std::string& out, std::string_view text);

/// An array of any number of dimensions ("{1,NULL,\"a,b\"}", "[0:1]={1,2}") as a JSON array whose
/// elements are converted by `element`; what PostgreSQL's array_to_json gives, without white space.
/// An Invalid element makes the array Invalid for its reason. Bounds other than 1 are not kept.
data::ValueKind decodePostgresArray(std::string& out, std::string_view text, PostgresDecode element,
                                    char delimiter);

} // namespace headgate::warehouse
