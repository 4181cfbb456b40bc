// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/cursor_text.h"

#include <QDateTime>
#include <QTimeZone>
#include <charconv>

namespace headgate::service {

namespace {

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whole seconds move; the fraction and the zone's suffix are kept as they stand.
data::Value earlier(const data::Value& since, std::int64_t seconds)
{
    const bool dateOnly = since.kind == data::ValueKind::Date;
    const std::size_t whole = dateOnly ? 10 : 19;
    if (since.text.size() < whole)
        return since;
    QDateTime time = QDateTime::fromString(
        QString::fromStdString(since.text.substr(0, whole) + (dateOnly ? "T00:00:00" : "")),
        Qt::ISODate);
    time.setTimeSpec(Qt::UTC);
    if (!time.isValid())
        return since;
    const std::string moved =
        time.addSecs(-seconds).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toStdString();
    return {since.kind, moved.substr(0, whole) + since.text.substr(whole)};
}

} // namespace

bool mentionsSince(std::string_view sql)
{
    constexpr std::string_view name = ":since";
    for (std::size_t at = sql.find(name); at != std::string_view::npos;
         at = sql.find(name, at + 1)) {
        const bool cast = at > 0 && sql[at - 1] == ':';
        const std::size_t after = at + name.size();
        if (!cast && (after == sql.size() || !isWordCharacter(sql[after])))
            return true;
    }
    return false;
}

data::Value withLookback(const data::Value& since, std::int64_t lookback)
{
    if (lookback == 0)
        return since;
    switch (since.kind) {
    case data::ValueKind::Integer: {
        std::int64_t number = 0;
        const auto parsed =
            std::from_chars(since.text.data(), since.text.data() + since.text.size(), number);
        if (parsed.ec != std::errc() || number < INT64_MIN + lookback)
            return since;
        return {since.kind, std::to_string(number - lookback)};
    }
    case data::ValueKind::Date:
    case data::ValueKind::Timestamp:
    case data::ValueKind::TimestampTz:
        return earlier(since, lookback);
    case data::ValueKind::Null:
    case data::ValueKind::Bool:
    case data::ValueKind::Decimal:
    case data::ValueKind::Float:
    case data::ValueKind::Text:
    case data::ValueKind::Bytes:
    case data::ValueKind::Time:
    case data::ValueKind::Uuid:
    case data::ValueKind::Json:
    case data::ValueKind::Invalid:
        return since;
    }
    return since;
}

} // namespace headgate::service
