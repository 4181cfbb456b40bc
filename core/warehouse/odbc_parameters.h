// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"
#include "warehouse/odbc_api.h"

#include <list>
#include <string>

namespace headgate::warehouse {

/// Values bound to a statement, with the memory that the bindings point to. Numbers and dates are
/// bound as such: a text would be compared as text, or as a double. Instants are bound in UTC.
class OdbcParameters
{
public:
    void add(const data::Value& value);
    /// False where the driver refuses one. This object outlives the execution.
    [[nodiscard]] bool bind(SQLHSTMT statement);

private:
    struct Slot
    {
        SQLSMALLINT cType = SQL_C_WCHAR;
        SQLSMALLINT type = SQL_WVARCHAR;
        SQLULEN size = 1;
        SQLSMALLINT digits = 0;
        SQLLEN length = SQL_NULL_DATA;
        std::u16string text;
        std::string digitsText;
        SQLBIGINT integer = 0;
        double number = 0;
        unsigned char bit = 0;
        SQL_TIMESTAMP_STRUCT instant{};
        SQL_DATE_STRUCT date{};
    };
    static void setText(Slot& slot, const std::string& text);
    static void setDecimal(Slot& slot, const std::string& text);
    static void setNumber(Slot& slot, const data::Value& value);
    static void setInstant(Slot& slot, const data::Value& value);
    static void setDate(Slot& slot, const data::Value& value);
    [[nodiscard]] static SQLPOINTER pointer(Slot& slot);

    std::list<Slot> m_slots;
};

} // namespace headgate::warehouse
