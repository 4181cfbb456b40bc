// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/column_profile.h"

#include <algorithm>
#include <unordered_map>

namespace headgate::ui {

namespace {

bool hasOrder(data::ValueKind kind)
{
    switch (kind) {
    case data::ValueKind::Bool:
    case data::ValueKind::Integer:
    case data::ValueKind::Decimal:
    case data::ValueKind::Float:
    case data::ValueKind::Text:
    case data::ValueKind::Date:
    case data::ValueKind::Time:
    case data::ValueKind::Timestamp:
    case data::ValueKind::TimestampTz:
    case data::ValueKind::Uuid:
        return true;
    case data::ValueKind::Null:
    case data::ValueKind::Bytes:
    case data::ValueKind::Json:
    case data::ValueKind::Invalid:
        return false;
    }
    return false;
}

struct CountedValue
{
    data::ValueView value;
    std::uint64_t count = 0;
};

std::vector<ColumnProfile::Frequent> mostFrequentOf(std::vector<CountedValue> counted)
{
    const auto end = counted.begin() + static_cast<std::ptrdiff_t>(
                                           std::min(counted.size(), ColumnProfile::mostFrequent));
    std::partial_sort(
        counted.begin(), end, counted.end(), [](const CountedValue& a, const CountedValue& b) {
            return a.count != b.count ? a.count > b.count : data::compare(a.value, b.value) < 0;
        });
    std::vector<ColumnProfile::Frequent> frequent;
    for (auto each = counted.begin(); each != end; ++each)
        if (each->count > 1)
            frequent.push_back({data::Value(each->value), each->count});
    return frequent;
}

std::optional<ColumnProfile> profileColumn(const RowSet& rows, std::size_t column,
                                           const StopToken& stop)
{
    ColumnProfile profile;
    profile.rows = rows.rowCount();
    std::unordered_map<std::string_view, CountedValue> counts;
    data::ValueView smallest;
    data::ValueView largest;
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        if (row % 4096 == 0 && stop.stopRequested())
            return std::nullopt;
        const data::ValueView value = rows.at(row, column);
        if (value.isNull()) {
            ++profile.nulls;
            continue;
        }
        if (value.kind == data::ValueKind::Invalid) {
            ++profile.invalid;
            continue;
        }
        CountedValue& counted = counts[value.text];
        counted.value = value;
        ++counted.count;
        if (!hasOrder(value.kind))
            continue;
        if (smallest.isNull() || data::compare(value, smallest) < 0)
            smallest = value;
        if (largest.isNull() || data::compare(value, largest) > 0)
            largest = value;
    }
    profile.distinct = counts.size();
    profile.smallest = data::Value(smallest);
    profile.largest = data::Value(largest);
    std::vector<CountedValue> counted;
    counted.reserve(counts.size());
    for (const auto& [text, each] : counts)
        counted.push_back(each);
    profile.frequent = mostFrequentOf(std::move(counted));
    return profile;
}

} // namespace

std::optional<std::vector<ColumnProfile>> profileColumns(const RowSet& rows, const StopToken& stop)
{
    std::vector<ColumnProfile> profiles;
    for (std::size_t column = 0; column < rows.columnCount(); ++column) {
        auto profile = profileColumn(rows, column, stop);
        if (!profile)
            return std::nullopt;
        profiles.push_back(*std::move(profile));
    }
    return profiles;
}

} // namespace headgate::ui
