// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/leaf.h"

#include <functional>

class QFormLayout;

namespace headgate::ui {

/// Makes a change where the format is kept; called for every key that is typed.
using FormatEdit = std::function<void(const std::function<void(shape::Format&)>&)>;

/// Adds what a number's format says: decimals, thousands, decimal point.
void addNumberFormat(QFormLayout* form, const shape::Format& format, const FormatEdit& edit);
/// Adds what a date's format says: pattern, zone, and the zone of times that name none.
void addDateFormat(QFormLayout* form, const shape::Format& format, const FormatEdit& edit);

} // namespace headgate::ui
