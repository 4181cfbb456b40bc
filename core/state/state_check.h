// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/plan_table.h"
#include "state/record_table.h"
#include "state/run_table.h"

namespace headgate::state {

/// What must hold of a state folder beyond what SQLite itself checks. One line a finding.
class StateCheck
{
public:
    StateCheck(Database& database, RecordTable& records, PlanTable& plans, RunTable& runs,
               LeaseTable& leases)
        : m_database(database), m_records(records), m_plans(plans), m_runs(runs), m_leases(leases)
    {}

    [[nodiscard]] Result<std::vector<QString>> run();

private:
    [[nodiscard]] Result<void> checkFile();
    [[nodiscard]] Result<void> checkRecords();
    [[nodiscard]] Result<void> checkRecordsOf(std::int64_t state);
    [[nodiscard]] Result<bool> isOutstanding(std::int64_t state, const KnownRecord& record);
    [[nodiscard]] Result<void> checkOutstanding(std::int64_t state, std::int64_t listed);
    [[nodiscard]] Result<void> checkPlans();
    [[nodiscard]] Result<void> checkSpool(const PlanRow& plan);
    [[nodiscard]] Result<void> checkRuns();

    Database& m_database;
    RecordTable& m_records;
    PlanTable& m_plans;
    RunTable& m_runs;
    LeaseTable& m_leases;
    std::vector<QString> m_findings;
};

} // namespace headgate::state
