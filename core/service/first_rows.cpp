// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/first_rows.h"

namespace headgate::service {

Result<Rows> readFirst(data::RowStream& stream, std::uint64_t most)
{
    Rows rows;
    rows.schema = stream.schema();
    rows.block.reset(rows.schema.columns.size());
    data::RowBlock block;
    for (bool more = true; more;) {
        const auto step = stream.read(block);
        if (!step)
            return Failure(step.error());
        more = *step == data::ReadStep::More;
        for (std::size_t row = 0; row < block.rowCount(); ++row) {
            if (rows.block.rowCount() == most) {
                rows.complete = false;
                return rows;
            }
            for (std::size_t column = 0; column < block.columnCount(); ++column)
                rows.block.append(block.at(row, column));
        }
    }
    return rows;
}

} // namespace headgate::service
