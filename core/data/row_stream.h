// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/row_block.h"
#include "data/schema.h"

namespace headgate::data {

enum class ReadStep
{
    More, ///< the block holds rows; call again
    Done  ///< the block holds the last rows, or none, and the server said that the result is whole
};

/// Rows of one query, pulled. Any error, cancel or lost connection is an error of read() and ends
/// the stream: a short result never looks like a complete one. Belongs to one thread.
class RowStream
{
public:
    virtual ~RowStream() = default;
    [[nodiscard]] virtual const Schema& schema() const = 0;
    /// Replaces the block's contents. Bounded: returns after a block's worth of rows.
    [[nodiscard]] virtual Result<ReadStep> read(RowBlock& block) = 0;
};

} // namespace headgate::data
