// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/held_rows.h"

#include "base/text.h"
#include "data/canonical_key.h"
#include "data/json.h"
#include "data/json_members.h"
#include "data/json_text.h"

namespace headgate::service {

using data::ReadStep;

namespace {

bool isExactNumber(data::ValueKind kind)
{
    return kind == data::ValueKind::Integer || kind == data::ValueKind::Decimal;
}

} // namespace

std::optional<std::vector<data::Value>> keyValues(const std::string& keyText,
                                                  const std::vector<data::ValueKind>& kinds)
{
    if (kinds.size() == 1)
        return std::vector<data::Value>{{kinds.front(), keyText}};
    if (!data::checkJson(keyText))
        return std::nullopt;
    const auto elements = data::jsonElements(keyText);
    if (!elements || elements->size() != kinds.size())
        return std::nullopt;
    std::vector<data::Value> values;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        values.emplace_back(kinds[i], data::jsonText((*elements)[i]));
    return values;
}

HeldCondition heldCondition(const std::vector<HeldColumn>& columns,
                            const std::vector<std::vector<data::Value>>& keys)
{
    // SQLite refuses a chain of more than 1,000 terms, so there are two levels.
    constexpr std::size_t keysPerGroup = 64;
    HeldCondition condition;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const bool isFirst = i % keysPerGroup == 0;
        if (isFirst && i > 0)
            condition.sql += ") or ";
        condition.sql += isFirst ? "((" : " or (";
        for (std::size_t column = 0; column < columns.size(); ++column) {
            const data::Value& value = keys[i][column];
            condition.sql +=
                (column == 0 ? "hg_held." : " and hg_held.") + columns[column].quoted + " = ";
            if (isExactNumber(value.kind) && isExactNumber(columns[column].kind) &&
                data::isJsonNumber(value.text)) {
                condition.sql += value.text;
                continue;
            }
            const std::string name = "hg_key_" + std::to_string(condition.parameters.size());
            condition.parameters[name] = value;
            condition.sql += ':' + name;
        }
        condition.sql += ')';
    }
    if (!keys.empty())
        condition.sql += ')';
    return condition;
}

HeldRows::HeldRows(std::unique_ptr<data::RowStream> news, Open openHeld,
                   std::vector<std::size_t> keyColumns, std::set<std::string> heldKeys)
    : m_current(std::move(news)), m_openHeld(std::move(openHeld)),
      m_keyColumns(std::move(keyColumns)), m_heldKeys(std::move(heldKeys))
{}

std::string HeldRows::keyOf(const data::RowBlock& block, std::size_t row) const
{
    std::string key;
    for (const std::size_t column : m_keyColumns)
        if (!data::appendCanonical(key, block.at(row, column)))
            return {};
    return key;
}

Result<ReadStep> HeldRows::readNews(data::RowBlock& block)
{
    auto step = m_current->read(block);
    if (!step)
        return step;
    for (std::size_t row = 0; row < block.rowCount() && !m_heldKeys.empty(); ++row)
        m_heldKeys.erase(keyOf(block, row));
    if (*step == ReadStep::More || m_heldKeys.empty())
        return step;
    const data::Schema expected = m_current->schema();
    m_current.reset();
    auto held = m_openHeld();
    if (!held)
        return propagate(std::move(held));
    m_current = std::move(*held);
    m_held = true;
    if (m_current->schema().columns.size() != expected.columns.size())
        return fail(ErrorKind::Source, "source.columns_changed",
                    Text::tr("The columns of the query changed while it was read. Run again."));
    return ReadStep::More;
}

Result<ReadStep> HeldRows::read(data::RowBlock& block)
{
    if (!m_held)
        return readNews(block);
    auto step = m_current->read(m_scratch);
    if (!step)
        return step;
    block.reset(m_scratch.columnCount());
    for (std::size_t row = 0; row < m_scratch.rowCount(); ++row)
        if (m_heldKeys.contains(keyOf(m_scratch, row)))
            for (std::size_t column = 0; column < m_scratch.columnCount(); ++column)
                block.append(m_scratch.at(row, column));
    return step;
}

} // namespace headgate::service
