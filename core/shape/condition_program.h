// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_block.h"
#include "data/schema.h"
#include "shape/condition.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace headgate::shape {

/// A condition with its columns resolved against one schema. Immutable, shared between threads.
/// A constant is compared in the way of the cell: with numbers by value, with dates and times by
/// their canonical text, with the rest as text by code point. A cell that the constant cannot be
/// compared with is unequal to it and otherwise fails.
class ConditionProgram
{
public:
    /// What a row is to a condition.
    enum class Answer
    {
        Holds,
        Fails,
        Invalid ///< a cell that decides is Invalid; invalidColumn() tells which
    };

    /// Holds always.
    ConditionProgram() = default;
    /// Every column is in the schema (checkShape).
    ConditionProgram(const Condition& condition, const data::Schema& schema);

    [[nodiscard]] bool holdsAlways() const { return m_nodes.empty(); }
    [[nodiscard]] Answer test(const data::RowBlock& block, std::size_t row) const;
    /// A column of the row whose cell is Invalid and that test() came upon.
    [[nodiscard]] std::size_t invalidColumn(const data::RowBlock& block, std::size_t row) const;
    void addColumns(std::set<std::size_t>& columns) const;

private:
    /// A constant in every form that a cell may ask for; empty where it has none.
    struct Constant
    {
        data::Value value;
        std::string number;
        std::string date;
        std::string timestamp;   ///< of a text without offset
        std::string timestampTz; ///< UTC where the text has no offset

        explicit Constant(const data::JsonNode& json);
        [[nodiscard]] std::optional<std::string_view> textFor(data::ValueKind kind) const;
    };
    struct Node
    {
        ConditionOperator op = ConditionOperator::All;
        std::size_t column = 0;
        std::vector<Constant> constants;
        std::size_t end = 0; ///< past the last node of a group, in reading order
    };

    void add(const Condition& condition, const data::Schema& schema);
    [[nodiscard]] Answer testNode(std::size_t index, const data::RowBlock& block,
                                  std::size_t row) const;
    [[nodiscard]] static bool holds(ConditionOperator op, data::ValueView cell,
                                    const Constant& constant);
    [[nodiscard]] static Answer testCell(const Node& node, data::ValueView cell);

    std::vector<Node> m_nodes;
};

} // namespace headgate::shape
