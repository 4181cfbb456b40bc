// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_table.h"

#include "fakes/run_world.h"

#include <algorithm>
#include <iterator>

namespace headgate::simulation {

std::string TableRow::payload() const
{
    return R"({"id":")" + key + R"(","version":)" + std::to_string(version) + '}';
}

SimulatedTable::SimulatedTable(Dice& dice, const Scenario& scenario)
    : m_dice(dice), m_sharesMatches(scenario.sharesMatches)
{
    for (std::size_t i = 0; i < scenario.rows; ++i)
        addRow();
}

void SimulatedTable::addRow()
{
    TableRow row;
    row.key = 'k' + std::to_string(m_nextKey++);
    row.match = 'm' + std::to_string(m_nextMatch++) + "@example.com";
    row.version = m_nextVersion++;
    row.invalid = m_dice.chance(3);
    row.filtered = m_dice.chance(5);
    m_rows.emplace(row.key, row);
}

void SimulatedTable::changeRow(TableRow& row)
{
    switch (m_dice.below(10)) {
    case 0:
    case 1:
        row.match = 'm' + std::to_string(m_nextMatch++) + "@example.com";
        break;
    case 2:
        row.invalid = !row.invalid;
        break;
    case 3:
        row.filtered = !row.filtered;
        break;
    case 4:
        if (!m_sharesMatches)
            break;
        row.match =
            std::next(m_rows.begin(), static_cast<std::ptrdiff_t>(m_dice.below(m_rows.size())))
                ->second.match;
        break;
    default:
        row.version = m_nextVersion++;
    }
}

void SimulatedTable::change()
{
    if (m_dice.chance(5))
        m_rows.clear();
    const std::size_t percent = m_dice.pick<std::size_t>({0, 10, 40});
    for (auto row = m_rows.begin(); row != m_rows.end();) {
        if (m_dice.chance(percent / 4)) {
            row = m_rows.erase(row);
            continue;
        }
        if (m_dice.chance(percent))
            changeRow(row->second);
        ++row;
    }
    for (std::size_t added = m_dice.below(4); added > 0; --added)
        addRow();
}

std::vector<shape::ShapedRecord> SimulatedTable::records() const
{
    std::vector<shape::ShapedRecord> records;
    for (const auto& [key, row] : m_rows) {
        shape::ShapedRecord record =
            row.invalid ? fakes::invalidRecord(key) : fakes::record(key, row.match, row.payload());
        record.filtered = row.filtered && !row.invalid;
        records.push_back(std::move(record));
    }
    return records;
}

bool SimulatedTable::isEligible(const TableRow& row) const
{
    const auto reads = [](const TableRow& other) { return !other.invalid && !other.filtered; };
    const auto sharers = std::count_if(m_rows.begin(), m_rows.end(), [&](const auto& entry) {
        return reads(entry.second) && entry.second.match == row.match;
    });
    return reads(row) && sharers == 1;
}

std::string SimulatedTable::toString() const
{
    std::string text;
    for (const auto& [key, row] : m_rows)
        text += (text.empty() ? "" : " ") + key + ':' + row.match.substr(0, row.match.find('@')) +
                ":v" + std::to_string(row.version) + (row.invalid ? "!" : "") +
                (row.filtered ? "-" : "");
    return text;
}

} // namespace headgate::simulation
