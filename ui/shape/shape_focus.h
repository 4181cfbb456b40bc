// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/provenance.h"
#include "shape/shape_edit.h"

#include <optional>

namespace headgate::ui {

/// What the pointer or caret is on: every pane marks its counterpart. A row without a column is
/// the row as a whole.
struct ShapeFocus
{
    std::optional<shape::NodeId> node;
    std::optional<shape::ColumnRef> column;
    std::optional<shape::RowOrigin> row;
    std::optional<shape::NodeKind> made; ///< what makes nodes of this kind, without a column

    [[nodiscard]] bool isEmpty() const { return !node && !column && !row && !made; }
    bool operator==(const ShapeFocus&) const = default;
};

} // namespace headgate::ui
