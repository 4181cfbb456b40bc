// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape.h"
#include "theme/icon.h"

#include <QString>
#include <vector>

namespace headgate::ui {

/// What a node does, in the words of the window.

/// What a chip of a list's strip says and changes.
enum class ListChip
{
    Source,
    Where,
    Groups,
    Order,
    Distinct,
    Limit,
    Key,
    Form,
    More ///< in place of those that have no room
};

struct ListChipText
{
    ListChip chip = ListChip::Form;
    QString text;
};

/// The strip of a list or map, in the order in which its options apply.
[[nodiscard]] std::vector<ListChipText> listChips(const shape::Node& node);
/// Where a leaf's value comes from: "trim of first_name", "newest price by viewed_at", "\"EUR\"".
[[nodiscard]] QString sourceText(const shape::Node& leaf);
/// What is typed as JSON has it, where it is a number, true, false or null; else a string.
[[nodiscard]] data::JsonNode scalarOf(const QString& text);
/// What a constant sends, as it is typed: scalarOf(), but a number that JSON's reader would round
/// or write in another way keeps its digits, as text of the type number. In quotes it is text.
void sayConstant(shape::Leaf& constant, const QString& text);
/// As it is typed: sayConstant() of it changes nothing.
[[nodiscard]] QString constantText(const shape::Leaf& constant);
[[nodiscard]] QString conditionText(const shape::Condition& condition);
[[nodiscard]] QString formName(shape::ListForm form);
[[nodiscard]] QString typeText(const shape::Node& node);
[[nodiscard]] Icon iconOf(const shape::Node& node);
[[nodiscard]] Icon iconOf(shape::ListForm form);
/// For the root the destination's object; else the name, or what stands in its place.
[[nodiscard]] QString nameText(const shape::Node& node);

} // namespace headgate::ui
