// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/odbc_column.h"

#include <string>
#include <string_view>

namespace headgate::warehouse {

/// Fetches cells of any length, one after the other, into one buffer.
class OdbcCell
{
public:
    enum class State
    {
        Value,
        Null,
        Failed
    };
    [[nodiscard]] State read(SQLHSTMT statement, SQLUSMALLINT column, OdbcForm form);
    /// Of the last value; until the next read().
    [[nodiscard]] std::string_view bytes() const { return {m_bytes.data(), m_length}; }

private:
    std::string m_bytes;
    std::size_t m_length = 0;
};

} // namespace headgate::warehouse
