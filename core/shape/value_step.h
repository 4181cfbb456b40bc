// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/value.h"
#include "shape/leaf.h"

#include <memory>
#include <span>
#include <string>

namespace headgate::shape {

/// Reasons of Invalid values that steps add to data::invalid_reason; texts as there.
namespace step_reason {
inline constexpr std::string_view type = "type";   ///< "type:integer": does not fit the type
inline constexpr std::string_view zone = "zone";   ///< no zone known where one is needed
inline constexpr std::string_view regex = "regex"; ///< a limit was reached
inline constexpr std::string_view matchingKey = "matching_key"; ///< no address, no number
} // namespace step_reason

/// One link in the chain from a cell to a JSON value. Immutable, shared between threads.
class ValueStep
{
public:
    virtual ~ValueStep() = default;
    ValueStep() = default;
    ValueStep(const ValueStep&) = delete;
    ValueStep& operator=(const ValueStep&) = delete;

    /// `out` is empty and holds the result's text if a new one had to be made; the result may as
    /// well refer to `in`, `cells` or the step. `in` is never Invalid, and Null only if
    /// takesNull().
    [[nodiscard]] virtual data::ValueView
    apply(data::ValueView in, std::span<const data::ValueView> cells, std::string& out) const = 0;
    [[nodiscard]] virtual bool takesNull() const { return false; }
};

using ValueStepPtr = std::unique_ptr<const ValueStep>;

/// Column names in the order in which a program is given their cells.
using CellNames = std::vector<std::string>;

/// The scalar of a definition: texts stay texts.
[[nodiscard]] data::Value literalValue(const data::JsonNode& json);

/// The value's text as it stands in a text: JSON compact.
void appendPlainText(std::string& out, data::ValueView value);

/// Adds the columns that the step reads to `cells`. Error: Config "shape.pattern", "shape.zone",
/// "shape.regex".
[[nodiscard]] Result<ValueStepPtr> makeFunctionStep(const Function& function, CellNames& cells);
/// Null where nothing is to be done.
[[nodiscard]] Result<ValueStepPtr> makeTypeStep(LeafType type, const std::optional<Format>& format);
/// Error: Config "shape.text".
[[nodiscard]] Result<ValueStepPtr> makeTemplateStep(const std::string& text, CellNames& cells);
[[nodiscard]] ValueStepPtr makeConstantStep(const data::JsonNode& value);

enum class DateResult
{
    Text,    ///< what the pattern says of the value
    Date,    ///< without its time of day
    DateTime ///< with midnight where it has no time of day
};

[[nodiscard]] ValueStepPtr makeNumberFormatStep(const Format& format);
[[nodiscard]] ValueStepPtr makeNumberTypeStep();
[[nodiscard]] ValueStepPtr makeIntegerTypeStep();
/// Error: Config "shape.pattern", "shape.zone".
[[nodiscard]] Result<ValueStepPtr> makeDateStep(const Format& format, DateResult result);
/// Error: Config "shape.regex".
[[nodiscard]] Result<ValueStepPtr> makeRegexStep(const std::string& pattern,
                                                 const std::string& replacement);

} // namespace headgate::shape
