// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/key_rows.h"

#include "base/text.h"
#include "service/record_sample.h"

#include <algorithm>

namespace headgate::service {

using data::ValueKind;

namespace {

/// Each may have read as many rows as fit, for nothing.
constexpr int mostOverflows = 12;

bool isUuid(const std::string& text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
    }
    return true;
}

/// Kinds whose values can be one key, as data::canonicalKey() has it.
int classOf(ValueKind kind)
{
    if (data::isNumber(kind))
        return -1;
    return kind == ValueKind::Uuid ? static_cast<int>(ValueKind::Text) : static_cast<int>(kind);
}

/// As the column's own kind where the two are one class of keys; false: no row can have it, or
/// none can be asked for. SQLite calls text what may be anything.
bool castForColumn(data::Value& value, ValueKind column)
{
    if (column == ValueKind::Text && value.kind != ValueKind::Uuid)
        return true;
    if (classOf(value.kind) != classOf(column) || column == ValueKind::Json)
        return false;
    if (column == ValueKind::Uuid && value.kind == ValueKind::Text) {
        value.kind = ValueKind::Uuid;
        return isUuid(value.text);
    }
    if (column == ValueKind::Text && value.kind == ValueKind::Uuid)
        value.kind = ValueKind::Text;
    return true;
}

} // namespace

Result<void> goOn(const StopToken& stop)
{
    if (stop.stopRequested())
        return fail(ErrorKind::Cancelled, "cancelled", Text::tr("Cancelled."));
    return {};
}

Result<bool> readFirstRows(const ModelRead& read, std::uint64_t rows, std::uint64_t bytes,
                           const StopToken& stop, data::RowBlock& into)
{
    auto stream = read.open(rows + 1);
    if (!stream)
        return propagate(std::move(stream));
    into.reset((*stream)->schema().columns.size());
    data::RowBlock block;
    for (bool more = true; more;) {
        HEADGATE_TRY(goOn(stop));
        const auto step = (*stream)->read(block);
        if (!step)
            return Failure(step.error());
        more = *step == data::ReadStep::More;
        for (std::size_t row = 0; row < block.rowCount(); ++row) {
            if (into.rowCount() == rows || into.byteCount() >= bytes)
                return false;
            appendRow(into, block, row);
        }
    }
    return true;
}

KeyRows::KeyRows(const ModelRead& read, std::vector<std::size_t> columns, const Limits& limits,
                 StopToken stop)
    : m_read(read), m_columns(std::move(columns)), m_limits(limits), m_stop(std::move(stop))
{
    const data::Schema shaped = read.shapedSchema();
    rows.reset(shaped.columns.size());
    for (const std::size_t column : m_columns)
        m_kinds.push_back(shaped.columns[column].kind);
}

Result<void> KeyRows::read(std::span<const SampleKey> keys)
{
    for (std::size_t begin = 0; begin < keys.size(); begin += m_limits.keysPerStatement)
        HEADGATE_TRY(readPart(
            keys.subspan(begin, std::min(m_limits.keysPerStatement, keys.size() - begin))));
    return {};
}

Result<void> KeyRows::readPart(std::span<const SampleKey> keys)
{
    if (m_overflows >= mostOverflows) {
        for (const SampleKey& key : keys)
            leftOut.insert(key.canonical);
        return {};
    }
    data::RowBlock part;
    part.reset(rows.columnCount());
    const auto fit = collect(keys, part);
    if (!fit)
        return Failure(fit.error());
    if (*fit == Fit::All) {
        for (std::size_t row = 0; row < part.rowCount(); ++row)
            appendRow(rows, part, row);
        return {};
    }
    ++m_overflows;
    if (keys.size() == 1) {
        leftOut.insert(keys.front().canonical);
        return {};
    }
    HEADGATE_TRY(readPart(keys.subspan(0, keys.size() / 2)));
    return readPart(keys.subspan(keys.size() / 2));
}

Result<KeyRows::Fit> KeyRows::collect(std::span<const SampleKey> keys, data::RowBlock& into)
{
    std::set<std::string> wanted;
    std::vector<std::vector<data::Value>> values;
    for (const SampleKey& key : keys) {
        values.push_back(key.values);
        bool possible = true;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            possible = castForColumn(values.back()[i], m_kinds[i]) && possible;
        if (possible)
            wanted.insert(key.canonical);
        else
            values.pop_back();
    }
    if (values.empty())
        return Fit::All;
    auto stream = m_read.ofKeys(m_columns, std::move(values)).open();
    if (!stream)
        return propagate(std::move(stream));
    data::RowBlock block;
    for (bool more = true; more;) {
        HEADGATE_TRY(goOn(m_stop));
        const auto step = (*stream)->read(block);
        if (!step)
            return Failure(step.error());
        more = *step == data::ReadStep::More;
        for (std::size_t row = 0; row < block.rowCount(); ++row) {
            if (!wanted.contains(canonicalAt(block, row, m_columns)))
                continue;
            if (rows.rowCount() + into.rowCount() >= m_limits.rows ||
                rows.byteCount() + into.byteCount() >= m_limits.bytes)
                return Fit::TooMuch;
            appendRow(into, block, row);
        }
    }
    return Fit::All;
}

} // namespace headgate::service
