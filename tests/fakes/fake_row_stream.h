// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_stream.h"

#include <optional>
#include <vector>

namespace headgate::fakes {

/// Rows of a test, handed out in blocks of the size asked for, with an error at the end if given.
class FakeRowStream final : public data::RowStream
{
public:
    using Rows = std::vector<std::vector<data::Value>>;

    FakeRowStream(data::Schema schema, Rows rows, std::size_t blockRows = 3,
                  std::optional<Error> error = {});

    [[nodiscard]] const data::Schema& schema() const override { return m_schema; }
    [[nodiscard]] Result<data::ReadStep> read(data::RowBlock& block) override;

private:
    data::Schema m_schema;
    Rows m_rows;
    std::size_t m_blockRows;
    std::optional<Error> m_error;
    std::size_t m_next = 0;
};

} // namespace headgate::fakes
