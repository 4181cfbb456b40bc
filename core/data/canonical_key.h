// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <optional>
#include <span>
#include <string>

namespace headgate::data {

/// Version of the byte form below. Stored with the state; a golden file pins each version.
inline constexpr int canonicalKeyVersion = 1;

/// The byte form in which keys are compared, the same for every driver, width and locale. Per
/// value: a class byte, the length of the text as 4 bytes, big endian, and the text.
///   n number (integers, decimals and floats by value, see normalisedNumber)   b bool
///   t text and UUID (a UUID column and a text column holding the same lower-case UUID are equal)
///   x bytes   d date   c time   s timestamp without zone   z timestamp in UTC   j JSON
/// Text code points are untouched: no trimming, folding or normalisation.
/// Empty if any value is NULL or Invalid: such a key is refused.
[[nodiscard]] std::optional<std::string> canonicalKey(std::span<const ValueView> values);

/// Appends one value's form; false if it is NULL or Invalid.
[[nodiscard]] bool appendCanonical(std::string& out, ValueView value);

/// What people see and type: the bare text of a single key, a JSON array of several.
[[nodiscard]] std::string keyText(std::span<const ValueView> values);

} // namespace headgate::data
