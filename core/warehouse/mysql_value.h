// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <mysql.h>
#include <string>
#include <string_view>

namespace headgate::warehouse {

/// How cells of one column are read. Two numbers and a date come in the binary form, so that
/// nothing is rounded on the way (as text, FLOAT has six digits); the rest comes as bytes.
enum class MysqlRead
{
    Integer,
    Unsigned,
    Year, ///< "0000" is the year 0
    Bits, ///< BIT(n): an unsigned integer
    Float,
    Double,
    Decimal,
    Date,
    DateTime,
    Timestamp, ///< an instant; the session's zone is UTC
    Time,      ///< may be negative and over 24 hours
    Text,
    Bytes, ///< binary character set, BLOB, spatial values
    Json,
    Uuid
};

[[nodiscard]] MysqlRead mysqlRead(const MYSQL_FIELD& field);
[[nodiscard]] data::ValueKind mysqlKind(MysqlRead read);
/// "decimal(38,10)", "bigint unsigned", "datetime(6)".
[[nodiscard]] std::string mysqlTypeName(const MYSQL_FIELD& field);
/// What the buffer of a column's binding is.
[[nodiscard]] enum_field_types mysqlBufferType(MysqlRead read);

/// One cell's binary form.
union MysqlNumber {
    long long integer;
    unsigned long long unsignedInteger;
    float single;
    double number;
    MYSQL_TIME time;
};

/// Canonical form of a cell that comes as a number or date, or as bytes.
[[nodiscard]] data::ValueKind appendMysqlNumber(std::string& out, MysqlRead read,
                                                const MysqlNumber& value);
[[nodiscard]] data::ValueKind appendMysqlBytes(std::string& out, MysqlRead read,
                                               std::string_view bytes);
[[nodiscard]] bool comesAsBytes(MysqlRead read);

} // namespace headgate::warehouse
