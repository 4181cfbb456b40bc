// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_block.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headgate::shape {

/// One row on its way through a temporary file: the key it is grouped by and, opaque to the file,
/// its model, its number in reading order and its cells. Read back by the process that wrote it.
struct RowFrame
{
    std::string_view key;
    std::string_view body;

    /// Empty if the bytes are not what append() wrote.
    [[nodiscard]] static std::optional<RowFrame> parse(std::string_view bytes);
    static void append(std::string& out, std::string_view key, std::string_view body);
};

/// What stands before the cells.
struct RowHead
{
    std::uint32_t model = 0;
    std::uint64_t number = 0;
};

void appendRowBody(std::string& out, RowHead head, const data::RowBlock& block, std::size_t row);
/// Takes the head off the front of a body.
[[nodiscard]] std::optional<RowHead> takeRowHead(std::string_view& body);
/// Appends a row of the block's columns; false if the bytes do not hold that many cells.
[[nodiscard]] bool appendCells(std::string_view cells, data::RowBlock& into);

/// Unsigned, seven bits a byte, low bits first.
void appendVarint(std::string& out, std::uint64_t value);
[[nodiscard]] std::optional<std::uint64_t> takeVarint(std::string_view& bytes);

} // namespace headgate::shape
