// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_block.h"

#include <cstdint>
#include <span>

namespace headgate::shape {

/// Rows of one model that belong to one record. Refers to what it is made of.
struct ModelRows
{
    const data::RowBlock* block = nullptr;
    std::span<const std::uint32_t> rows; ///< positions in the block
    /// Numbers of the block's rows in reading order, by position; if empty, firstNumber counts.
    std::span<const std::uint64_t> numbers;
    std::uint64_t firstNumber = 1;

    [[nodiscard]] std::uint64_t numberOf(std::uint32_t row) const
    {
        return numbers.empty() ? firstNumber + row : numbers[row];
    }
};

} // namespace headgate::shape
