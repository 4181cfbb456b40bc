// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/byte_buffer.h"
#include "shape/model_rows.h"
#include "shape/shape_program.h"

#include <string>
#include <vector>

namespace headgate::shape {

/// [{"model":"main","row":17,"values":{"id":1,...}},...,{"leftOut":3}]: the rows of a record as
/// its history keeps them, main rows first, as many as fit. Invalid cells are null. Every record
/// has them written, so names are quoted once and the memory is kept.
class SourceRows
{
public:
    explicit SourceRows(const ShapeProgram& program);
    /// Rows are added while they fit into `bytes`. Valid until the next call.
    [[nodiscard]] std::string_view json(const ModelRows& own, std::span<const ModelRows> related,
                                        std::size_t bytes);

private:
    struct Words
    {
        std::string head;                 ///< {"model":"main","row":
        std::vector<std::string> members; ///< of each column what stands before its value
    };
    /// `leftOut` rows were left out before; the new count of them.
    std::uint64_t addRows(const Words& words, const ModelRows& rows, std::size_t bytes,
                          std::uint64_t leftOut);
    void addRow(const Words& words, const ModelRows& rows, std::uint32_t row);

    std::vector<Words> m_words; ///< of each model
    data::ByteBuffer m_out;
};

} // namespace headgate::shape
