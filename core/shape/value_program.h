// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape.h"
#include "shape/value_step.h"

#include <array>

namespace headgate::shape {

/// A leaf's way from cells to a value: its constant or text, functions, type and format. Immutable,
/// shared between threads.
class ValueProgram
{
public:
    /// Memory of one run after the other; one per thread.
    struct Scratch
    {
        std::array<std::string, 2> texts;
    };

    ValueProgram() = default;
    /// Error: Config "shape.pattern", "shape.zone", "shape.regex", "shape.text".
    [[nodiscard]] static Result<ValueProgram> compile(const Node& leaf);
    [[nodiscard]] static Result<ValueProgram> compile(const ListKey& key);

    /// The columns whose cells run() expects, in this order; names may repeat. The first one is
    /// empty for a count of rows.
    [[nodiscard]] const CellNames& cells() const { return m_cells; }
    /// Whether the first cell is the value that the steps start from.
    [[nodiscard]] bool startsFromCell() const { return m_startsFromCell; }
    /// Whether run() returns its first cell.
    [[nodiscard]] bool isPlainCell() const { return m_startsFromCell && m_steps.empty(); }
    [[nodiscard]] bool isConstant() const { return m_cells.empty() && !m_startsFromCell; }

    /// Invalid where a step or the first cell is; default and replacement are the caller's. The
    /// result refers to `cells`, `scratch` or the program.
    [[nodiscard]] data::ValueView run(std::span<const data::ValueView> cells,
                                      Scratch& scratch) const;
    /// The value before the first step and after each: for people who build a chain.
    [[nodiscard]] std::vector<data::Value> trace(std::span<const data::ValueView> cells) const;

private:
    [[nodiscard]] Result<void> addFunctions(const std::vector<Function>& functions);
    [[nodiscard]] Result<void> add(Result<ValueStepPtr> step);
    template <typename Observe>
    data::ValueView runObserved(std::span<const data::ValueView> cells, Scratch& scratch,
                                const Observe& observe) const;

    CellNames m_cells;
    bool m_startsFromCell = false;
    std::vector<ValueStepPtr> m_steps;
};

} // namespace headgate::shape
