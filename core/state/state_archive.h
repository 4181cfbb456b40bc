// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/database.h"
#include "state/plan_table.h"

namespace headgate::state {

/// Moves a state folder to another machine as JSON lines: a header, one line a row of every table
/// but the leases (the hash key is a row of "meta"), the spools of open plans in pieces, and a last
/// line with a checksum over all lines, without which an import is refused.
class StateArchive
{
public:
    StateArchive(Database& database, PlanTable& plans, std::string directory)
        : m_database(database), m_plans(plans), m_directory(std::move(directory))
    {}

    /// The file is created 0600 and must not exist. Called inside a transaction.
    [[nodiscard]] Result<void> write(const std::string& file);
    /// Only into a folder without any sync. Called inside a transaction; what it wrote besides is
    /// removed again when it fails. Errors: Config "state.import.format", State
    /// "state.import.not_empty".
    [[nodiscard]] Result<void> read(const std::string& file);

private:
    Database& m_database;
    PlanTable& m_plans;
    std::string m_directory;
};

} // namespace headgate::state
