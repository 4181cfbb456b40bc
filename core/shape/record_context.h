// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/model_rows.h"
#include "shape/provenance.h"
#include "shape/record_stream.h"
#include "shape/shape_program.h"

namespace headgate::shape {

/// The rows that nodes at one place of the tree walk.
struct RowScope
{
    std::size_t model = 0;
    std::span<const std::uint32_t> rows;     ///< of model
    std::span<const std::uint32_t> mainRows; ///< of the main model, by the innermost list over it
    std::uint64_t mainSerial = 0;            ///< tells apart what mainRows holds within a record
};

/// The record at hand, as the parts of the Shaper share it: its rows, and what is found out.
class RecordContext
{
public:
    explicit RecordContext(const ShapeProgram& program) : m_program(program) {}

    void begin(const ModelRows& own, std::span<const ModelRows> related,
               std::vector<RecordProblem>& problems, Provenance* provenance);

    [[nodiscard]] const ShapeProgram& program() const { return m_program; }
    [[nodiscard]] const ModelRows& model(std::size_t model) const { return m_models[model]; }
    [[nodiscard]] data::ValueView cell(std::size_t model, std::uint32_t row,
                                       std::size_t column) const
    {
        return m_models[model].block->at(row, column);
    }
    [[nodiscard]] std::uint64_t nextSerial() { return ++m_serial; }

    /// Negative, zero or positive. Zero only for rows that read alike in the order's columns.
    [[nodiscard]] int compareRows(const ShapeProgram::RowOrder& order, std::size_t model,
                                  std::uint32_t a, std::uint32_t b) const;
    /// As compareRows with every direction turned, nulls still last: negative if `a` is the later.
    [[nodiscard]] int compareRowsTurned(const ShapeProgram::RowOrder& order, std::size_t model,
                                        std::uint32_t a, std::uint32_t b) const;
    /// The one value of the column in all rows, or nothing where they differ. Of values that are
    /// one by value ("1.0", "1.00") the least. Null of no rows.
    [[nodiscard]] std::optional<data::ValueView>
    oneValue(std::size_t model, std::size_t column, std::span<const std::uint32_t> rows) const;

    /// The first twenty of a record are kept. `column` may be ShapeProgram::noColumn, `row` absent.
    void problem(std::size_t op, std::string code, const QString& message, std::size_t model,
                 std::size_t column, std::optional<std::uint32_t> row);
    /// An Invalid value; `reason` is its text.
    void invalidValue(std::size_t op, std::string_view reason, std::size_t model,
                      std::size_t column, std::optional<std::uint32_t> row);
    /// invalidValue() of the cell on which a condition could not be decided.
    void invalidCondition(std::size_t op, const ConditionProgram& condition, std::size_t model,
                          std::uint32_t row);
    /// The rows differ in a column that must have one value.
    void differs(std::size_t op, std::size_t model, std::size_t column);

    /// Null unless provenance was asked for.
    [[nodiscard]] Provenance* provenance() const { return m_provenance; }
    [[nodiscard]] RowOrigin originOf(std::size_t model, std::uint32_t row) const
    {
        return {model, m_models[model].numberOf(row)};
    }
    void noteDrop(std::size_t op, DropReason reason, std::size_t model, std::uint32_t row)
    {
        if (m_provenance)
            m_provenance->drops.push_back({m_program.ops[op].id, reason, originOf(model, row)});
    }

private:
    const ShapeProgram& m_program;
    std::vector<ModelRows> m_models; ///< main, then related
    std::vector<RecordProblem>* m_problems = nullptr;
    Provenance* m_provenance = nullptr;
    std::uint64_t m_serial = 0;
};

} // namespace headgate::shape
