// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/database.h"
#include "state/state_store.h"

#include <QDateTime>

namespace headgate::state {

/// Tables "plans" and "batches". Spool paths inside the state's folder are stored relative to it,
/// so that the folder may be moved. Writing members are called inside a transaction.
class PlanTable
{
public:
    PlanTable(Database& database, std::string directory)
        : m_database(database), m_directory(std::move(directory))
    {}

    [[nodiscard]] Result<void> save(const PlanRow& plan, std::span<const BatchRow> batches);
    [[nodiscard]] Result<void> setState(const PlanId& plan, PlanState state);
    /// Open plans of a state become Discarded.
    [[nodiscard]] Result<void> discardOpen(StateId id);
    /// A plan that its run did not finish.
    [[nodiscard]] Result<void> discardBuilding(const RunId& run);
    /// Deletes batches and spools of ended plans, and files "*.spool" that belong to no plan and
    /// are a day old. Not inside a transaction.
    [[nodiscard]] Result<void> tidy();
    /// The same, whatever the age. Nobody else may be writing.
    [[nodiscard]] Result<void> tidyAll();
    [[nodiscard]] Result<std::optional<PlanRow>> find(const PlanId& plan);
    [[nodiscard]] Result<std::optional<PlanRow>> newestOpen(StateId id);
    /// Plans that are Building, Stopped or Ready.
    [[nodiscard]] Result<std::vector<PlanRow>> unfinished();
    [[nodiscard]] Result<std::vector<BatchRow>>
    openBatches(const PlanId& plan, std::uint64_t fromNumber, std::uint32_t limit);
    [[nodiscard]] Result<void> markStarted(const PlanId& plan,
                                           std::span<const std::uint64_t> batches);
    /// Batch and children; records, history and counts are other tables'.
    [[nodiscard]] Result<void> settle(std::span<const Settlement> group);
    [[nodiscard]] Result<RunId> runOf(const PlanId& plan);

private:
    [[nodiscard]] PlanRow readPlan(const Statement& row) const;
    [[nodiscard]] Result<void> forgetBatches(std::int64_t plan);
    [[nodiscard]] Result<void> deleteBatches(std::int64_t plan);
    [[nodiscard]] Result<void> deleteEndedSpools();
    [[nodiscard]] Result<void> deleteLooseSpools(const QDateTime& before);
    [[nodiscard]] std::string fullPath(const std::string& stored) const;
    [[nodiscard]] std::string storedPath(const std::string& path) const;
    [[nodiscard]] Result<std::int64_t> numberOf(const PlanId& plan);
    [[nodiscard]] Result<void> settle(std::int64_t planNumber, const Settlement& settlement);
    [[nodiscard]] Result<void> insertBatch(std::int64_t plan, const BatchRow& batch);

    Database& m_database;
    std::string m_directory;
};

} // namespace headgate::state
