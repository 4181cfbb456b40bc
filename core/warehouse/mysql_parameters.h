// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <list>
#include <mysql.h>
#include <string>
#include <vector>

namespace headgate::warehouse {

/// Values bound to a statement, with the memory that the bindings point to. Numbers are bound as
/// numbers (a text would be compared as a double) and instants as dates in UTC.
class MysqlParameters
{
public:
    void add(const data::Value& value);
    /// For mysql_stmt_bind_param; valid while this object lives and nothing is added.
    [[nodiscard]] std::vector<MYSQL_BIND> bindings();

private:
    struct Slot
    {
        enum_field_types type = MYSQL_TYPE_NULL;
        std::string text;
        long long integer = 0;
        bool isUnsigned = false;
        double number = 0;
        MYSQL_TIME time{};
        unsigned long length = 0;
    };
    static void setNumber(Slot& slot, const data::Value& value);
    static void setInstant(Slot& slot, const data::Value& value);

    std::list<Slot> m_slots;
};

} // namespace headgate::warehouse
