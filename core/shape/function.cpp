// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/function.h"

namespace headgate::shape {

const char* name(FunctionKind kind)
{
    switch (kind) {
    case FunctionKind::Trim:
        return "trim";
    case FunctionKind::Lower:
        return "lower";
    case FunctionKind::Upper:
        return "upper";
    case FunctionKind::Case:
        return "case";
    case FunctionKind::Concat:
        return "concat";
    case FunctionKind::Coalesce:
        return "coalesce";
    case FunctionKind::NumberFormat:
        return "number_format";
    case FunctionKind::DateFormat:
        return "date_format";
    case FunctionKind::RegexReplace:
        return "regex_replace";
    case FunctionKind::Sha256:
        return "sha256";
    }
    return "";
}

const char* name(Rounding rounding)
{
    switch (rounding) {
    case Rounding::HalfUp:
        return "half_up";
    case Rounding::HalfEven:
        return "half_even";
    case Rounding::Down:
        return "down";
    }
    return "";
}

const char* name(MatchingKey key)
{
    switch (key) {
    case MatchingKey::None:
        return "none";
    case MatchingKey::Email:
        return "email";
    case MatchingKey::GoogleEmail:
        return "google_email";
    case MatchingKey::PhoneDigits:
        return "phone_digits";
    case MatchingKey::PhoneE164:
        return "phone_e164";
    }
    return "";
}

const char* name(HashEncoding encoding)
{
    switch (encoding) {
    case HashEncoding::Hex:
        return "hex";
    case HashEncoding::Base64:
        return "base64";
    }
    return "";
}

} // namespace headgate::shape
