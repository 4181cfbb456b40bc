// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_block.h"
#include "warehouse/postgres_type.h"

#include <span>
#include <string>
#include <string_view>

namespace headgate::warehouse {

/// Takes apart the rows of COPY's text format, as PostgreSQL's CopyAttributeOutText() writes them:
/// cells with tabs between them and a newline at the end, \N for NULL, and a backslash before what
/// would otherwise be one of these marks, or a letter after it for a control character.
class PostgresCopyRow
{
public:
    /// Appends one row with a cell for each of `types`. False, with a part of it appended, where
    /// `line` is none: another number of cells, an escape that is never written, no end.
    [[nodiscard]] bool append(std::string_view line, std::span<const PostgresType> types,
                              data::RowBlock& into);

private:
    [[nodiscard]] bool appendEscaped(std::string_view cell, const PostgresType& type,
                                     data::RowBlock& into);

    std::string m_cell; ///< without its escapes
};

} // namespace headgate::warehouse
