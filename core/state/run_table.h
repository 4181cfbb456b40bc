// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/lease_table.h"

namespace headgate::state {

/// Tables "runs" and "run_counts". Writing members are called inside a transaction.
class RunTable
{
public:
    explicit RunTable(Database& database) : m_database(database) {}

    [[nodiscard]] Result<void> begin(const RunRow& run);
    /// Error: Locked "state.run.ended" unless it is Running. Counters that `run` does not name keep
    /// their value.
    [[nodiscard]] Result<void> finish(const RunRow& run);
    [[nodiscard]] Result<void> setProgress(const RunId& run, const std::string& text);
    [[nodiscard]] Result<void> addCounts(const RunId& run,
                                         const std::map<std::string, std::int64_t>& counts);
    [[nodiscard]] Result<std::vector<RunRow>> markInterrupted(const std::string& syncId,
                                                              LeaseTable& leases, WallTime now);
    /// Newest first.
    [[nodiscard]] Result<std::vector<RunRow>> ofSync(const std::string& syncId,
                                                     std::uint32_t limit);
    [[nodiscard]] Result<std::vector<RunRow>> running();
    [[nodiscard]] Result<std::vector<RunRow>> find(const RunFilter& filter);
    /// Those of running() that isAlive(), with their counts.
    [[nodiscard]] Result<std::vector<RunRow>> live(LeaseTable& leases);
    /// Error: Usage "run.ended".
    [[nodiscard]] Result<void> requestCancel(const RunId& run);
    [[nodiscard]] Result<std::uint32_t> cancelRequests(const RunId& run);
    /// When each run of a sync began, by run number.
    [[nodiscard]] Result<std::map<std::int64_t, WallTime>> startsOf(const std::string& syncId);
    /// Ids of all syncs that ever ran.
    [[nodiscard]] Result<std::vector<std::string>> syncs();
    /// False when its lease, or without one its process, is surely gone.
    [[nodiscard]] Result<bool> isAlive(const RunRow& run, LeaseTable& leases);
    [[nodiscard]] Result<std::int64_t> numberOf(const RunId& run);

private:
    [[nodiscard]] Result<void> readCounts(RunRow& run);
    [[nodiscard]] Result<void> forgetCancels(const RunId& run);
    [[nodiscard]] Result<void> setCounts(std::int64_t run,
                                         const std::map<std::string, std::uint64_t>& counts);

    Database& m_database;
};

} // namespace headgate::state
