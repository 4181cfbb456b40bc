// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/record_stream.h"
#include "simulation/scenario.h"

#include <map>
#include <string>
#include <vector>

namespace headgate::simulation {

/// A row of the warehouse, and the record that it becomes.
struct TableRow
{
    std::string key;
    std::string match;
    std::size_t version = 1;
    bool invalid = false;
    bool filtered = false;

    /// Names its key, so that the server knows whose it is.
    [[nodiscard]] std::string payload() const;
};

/// The model's rows, which change between runs. Keys are unique; match values may be shared for a
/// while, which makes their records Invalid.
class SimulatedTable
{
public:
    SimulatedTable(Dice& dice, const Scenario& scenario);

    /// Adds, changes, re-keys, removes, spoils and mends some rows; now and then empties it.
    void change();

    [[nodiscard]] const std::map<std::string, TableRow>& rows() const { return m_rows; }
    [[nodiscard]] std::vector<shape::ShapedRecord> records() const;
    /// Whether nothing but the server's word stands between the row and the destination.
    [[nodiscard]] bool isEligible(const TableRow& row) const;
    /// A short text for the trace.
    [[nodiscard]] std::string toString() const;

private:
    void addRow();
    void changeRow(TableRow& row);

    Dice& m_dice;
    bool m_sharesMatches;
    std::map<std::string, TableRow> m_rows;
    std::size_t m_nextKey = 0;
    std::size_t m_nextMatch = 0;
    std::size_t m_nextVersion = 1;
};

} // namespace headgate::simulation
