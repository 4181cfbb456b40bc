// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_stream.h"

#include <QTimeZone>
#include <memory>

namespace headgate::service {

/// Rows of a model that names the zone of its timestamps: those without a zone become instants,
/// where the zone's clock shows a time twice the first of the two. One that leaves the years 1 to
/// 9999 is Invalid.
class ZonedRows final : public data::RowStream
{
public:
    ZonedRows(std::unique_ptr<data::RowStream> rows, const QTimeZone& zone);

    [[nodiscard]] const data::Schema& schema() const override { return m_schema; }
    [[nodiscard]] Result<data::ReadStep> read(data::RowBlock& block) override;

private:
    std::unique_ptr<data::RowStream> m_rows;
    QTimeZone m_zone;
    data::Schema m_schema;
    data::RowBlock m_block;
};

/// The columns as ZonedRows gives them.
[[nodiscard]] data::Schema zonedSchema(data::Schema schema);
/// What the zone's clock showed at an instant, as the source keeps it; other values stay.
[[nodiscard]] data::Value withoutZone(const data::Value& instant, const QTimeZone& zone);

} // namespace headgate::service
