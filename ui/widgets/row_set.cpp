// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/row_set.h"

#include <QByteArrayView>
#include <algorithm>
#include <numeric>

namespace headgate::ui {
namespace {

constexpr std::size_t sortedAtOnce = 16384;
using RowNumbers = std::vector<std::uint32_t>;

char lowerLetter(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool containsLowered(std::string_view text, std::string_view lowered)
{
    const auto equal = [](char a, char b) { return lowerLetter(a) == b; };
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(), equal) !=
           text.end();
}

bool fitsFilter(const RowSet& rows, std::size_t row, std::string_view lowered)
{
    for (std::size_t column = 0; column < rows.columnCount(); ++column) {
        if (containsLowered(rows.at(row, column).text, lowered))
            return true;
    }
    return false;
}

std::optional<RowNumbers> fittingRows(const RowSet& rows, std::string filter, const StopToken& stop)
{
    RowNumbers numbers;
    if (filter.empty()) {
        numbers.resize(rows.rowCount());
        std::iota(numbers.begin(), numbers.end(), 0u);
        return numbers;
    }
    std::transform(filter.begin(), filter.end(), filter.begin(), lowerLetter);
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        if (row % 4096 == 0 && stop.stopRequested())
            return std::nullopt;
        if (fitsFilter(rows, row, filter))
            numbers.push_back(static_cast<std::uint32_t>(row));
    }
    return numbers;
}

/// A value with what mostly decides a comparison. Both agree with data::compare(): of two numbers
/// the nearest double is never on the other side, and texts are ordered by their bytes.
struct SortKey
{
    data::ValueView value;
    double number = 0;
    std::uint64_t beginning = 0; ///< eight bytes of a text, the first one highest
};

SortKey sortKey(data::ValueView value)
{
    SortKey key{value};
    if (data::isNumber(value.kind)) {
        key.number = QByteArrayView(value.text.data(), qsizetype(value.text.size())).toDouble();
    } else if (value.kind == data::ValueKind::Text) {
        for (std::size_t i = 0; i < sizeof(key.beginning); ++i)
            key.beginning = (key.beginning << 8) |
                            (i < value.text.size() ? static_cast<unsigned char>(value.text[i]) : 0);
    }
    return key;
}

bool isLess(const SortKey& a, const SortKey& b)
{
    if (data::isNumber(a.value.kind) && data::isNumber(b.value.kind) && a.number != b.number)
        return a.number < b.number;
    if (a.value.kind == data::ValueKind::Text && b.value.kind == data::ValueKind::Text &&
        a.beginning != b.beginning)
        return a.beginning < b.beginning;
    return data::compare(a.value, b.value) < 0;
}

/// By parts, so that a stop is heard between them.
template <typename Less>
bool sortStoppably(RowNumbers& numbers, const Less& less, const StopToken& stop)
{
    const std::size_t count = numbers.size();
    for (std::size_t at = 0; at < count; at += sortedAtOnce) {
        if (stop.stopRequested())
            return false;
        const auto begin = numbers.begin() + static_cast<std::ptrdiff_t>(at);
        std::stable_sort(
            begin, begin + static_cast<std::ptrdiff_t>(std::min(sortedAtOnce, count - at)), less);
    }
    RowNumbers merged(count);
    for (std::size_t width = sortedAtOnce; width < count; width *= 2) {
        for (std::size_t at = 0; at < count; at += 2 * width) {
            if (stop.stopRequested())
                return false;
            const std::size_t middle = std::min(at + width, count);
            const std::size_t end = std::min(at + 2 * width, count);
            const auto from = [&](std::size_t i) {
                return numbers.cbegin() + static_cast<std::ptrdiff_t>(i);
            };
            std::merge(from(at), from(middle), from(middle), from(end),
                       merged.begin() + static_cast<std::ptrdiff_t>(at), less);
        }
        numbers.swap(merged);
    }
    return true;
}

} // namespace

RowSet::RowSet(data::Schema schema, std::vector<data::RowBlock> blocks)
    : m_schema(std::move(schema)), m_blocks(std::move(blocks))
{
    for (const data::RowBlock& block : m_blocks) {
        m_firsts.push_back(m_rowCount);
        m_rowCount += block.rowCount();
    }
}

data::ValueView RowSet::at(std::size_t row, std::size_t column) const
{
    const auto behind = std::upper_bound(m_firsts.begin(), m_firsts.end(), row);
    const auto block = static_cast<std::size_t>(behind - m_firsts.begin()) - 1;
    return m_blocks[block].at(row - m_firsts[block], column);
}

std::optional<std::vector<std::uint32_t>> orderRows(const RowSet& rows, const RowQuery& query,
                                                    const StopToken& stop)
{
    std::optional<RowNumbers> numbers = fittingRows(rows, query.filter, stop);
    if (!numbers || !query.sortColumn)
        return numbers;
    std::vector<SortKey> keys(rows.rowCount());
    for (const std::uint32_t row : *numbers) {
        if (row % 4096 == 0 && stop.stopRequested())
            return std::nullopt;
        keys[row] = sortKey(rows.at(row, *query.sortColumn));
    }
    const bool descending = query.descending;
    const auto less = [&keys, descending](std::uint32_t a, std::uint32_t b) {
        const SortKey& left = keys[a];
        const SortKey& right = keys[b];
        if (left.value.isNull() || right.value.isNull())
            return !left.value.isNull() && right.value.isNull();
        return descending ? isLess(right, left) : isLess(left, right);
    };
    if (!sortStoppably(*numbers, less, stop))
        return std::nullopt;
    return numbers;
}

} // namespace headgate::ui
