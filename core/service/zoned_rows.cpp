// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/zoned_rows.h"

#include "shape/date_time.h"

namespace headgate::service {

using data::ValueKind;

ZonedRows::ZonedRows(std::unique_ptr<data::RowStream> rows, const QTimeZone& zone)
    : m_rows(std::move(rows)), m_zone(zone), m_schema(zonedSchema(m_rows->schema()))
{}

Result<data::ReadStep> ZonedRows::read(data::RowBlock& block)
{
    auto step = m_rows->read(m_block);
    if (!step)
        return step;
    const std::size_t columns = m_schema.columns.size();
    block.reset(columns);
    for (std::size_t row = 0; row < m_block.rowCount(); ++row)
        for (std::size_t column = 0; column < columns; ++column) {
            const data::ValueView cell = m_block.at(row, column);
            if (cell.kind != ValueKind::Timestamp) {
                block.append(cell);
                continue;
            }
            const auto naive = shape::parseDateTime(cell.text);
            const auto instant = naive ? shape::atZone(*naive, m_zone) : std::nullopt;
            if (instant)
                block.append(ValueKind::TimestampTz,
                             shape::canonicalText(*instant, ValueKind::TimestampTz));
            else
                block.append(ValueKind::Invalid, data::invalid_reason::dateRange);
        }
    return step;
}

data::Schema zonedSchema(data::Schema schema)
{
    for (data::Column& column : schema.columns)
        if (column.kind == ValueKind::Timestamp)
            column.kind = ValueKind::TimestampTz;
    return schema;
}

data::Value withoutZone(const data::Value& instant, const QTimeZone& zone)
{
    const auto time = shape::parseDateTime(instant.text);
    const auto local = time && time->offset ? shape::inZone(*time, zone) : std::nullopt;
    if (!local)
        return instant;
    return {ValueKind::Timestamp, shape::canonicalText(*local, ValueKind::Timestamp)};
}

} // namespace headgate::service
