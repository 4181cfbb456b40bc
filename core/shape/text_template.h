// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace headgate::shape {

/// "Dear {first_name}": literals and columns, "{{" and "}}" for braces, no logic.
struct TextTemplate
{
    struct Piece
    {
        bool isColumn = false;
        std::string text; ///< the literal, or the column's name

        bool operator==(const Piece&) const = default;
    };
    std::vector<Piece> pieces;

    /// Error: Config "shape.text": a brace without its partner, or an empty name.
    [[nodiscard]] static Result<TextTemplate> parse(std::string_view text);
};

} // namespace headgate::shape
