// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/issue.h"
#include "data/value.h"
#include "http/http.h"

#include <QString>
#include <ostream>

// How GoogleTest shows our values when an expectation fails.
void PrintTo(const QString& text, std::ostream* out);

namespace headgate {
void PrintTo(const Error& error, std::ostream* out);
void PrintTo(const Issue& issue, std::ostream* out);
} // namespace headgate

namespace headgate::data {
void PrintTo(const ValueView& value, std::ostream* out);
void PrintTo(const Value& value, std::ostream* out);
} // namespace headgate::data

namespace headgate::http {
void PrintTo(Transport transport, std::ostream* out);
} // namespace headgate::http
