// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/live_record.h"
#include "shape/shape_focus.h"

#include <set>
#include <vector>

namespace headgate::ui {

/// What belongs together in all panes: the counterparts of the place that a focus is on.
struct ShapeMarks
{
    struct Value
    {
        std::size_t begin = 0; ///< bytes of the payload, end excluded
        std::size_t end = 0;
        bool exact = false; ///< of the row that the focus is on, where it is on one

        bool operator==(const Value&) const = default;
    };

    std::set<shape::NodeId> nodes;
    std::vector<shape::ColumnRef> columns;
    std::vector<shape::RowOrigin> rows; ///< sorted; of the whole record where there are none
    std::vector<Value> values;          ///< in the order of the payload
    std::set<shape::NodeKind> made;     ///< kinds of the nodes that read no column

    [[nodiscard]] bool hasColumn(const shape::ColumnRef& column) const;
    [[nodiscard]] bool hasRow(const shape::RowOrigin& row) const;
    /// Whether `rows` names any of this model: else all of its rows count.
    [[nodiscard]] bool hasRowsOf(std::size_t model) const;
    [[nodiscard]] bool isEmpty() const { return nodes.empty() && columns.empty() && rows.empty(); }
    bool operator==(const ShapeMarks&) const = default;
};

/// `live` may be null, and may be of a shape that is being tried out: then only its ids count.
[[nodiscard]] ShapeMarks counterparts(const ShapeFocus& focus, const shape::Shape& shape,
                                      const LiveRecord* live);

} // namespace headgate::ui
