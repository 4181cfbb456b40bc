// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/sync_definition.h"
#include "run/run_report.h"
#include "simulation/dice.h"

#include <optional>
#include <string>

namespace headgate::simulation {

/// What stays the same through one history: the sync and the destination's nature.
struct Scenario
{
    project::SyncMode mode = project::SyncMode::Upsert;
    project::DeleteBehaviour deleteBehaviour = project::DeleteBehaviour::Delete;
    project::InDoubtPolicy onInDoubt = project::InDoubtPolicy::Ask;
    bool idempotencyKeys = false;  ///< the server knows a repeated key, so anything may be repeated
    bool answersPerRecord = true;  ///< false: it only says that it took the request
    bool refusesAtomically = true; ///< a request with one bad record is refused as a whole
    bool renames = false;
    bool renewable = false; ///< a refused credential can be renewed
    bool storesPayloads = true;
    bool sharesMatches = false; ///< now and then two rows have one match value
    std::size_t rows = 10;
    std::uint32_t batchRecords = 5;
    std::uint32_t inFlight = 2;
    std::size_t processes = 4; ///< with faults, before the clean ones

    /// An attempt whose answer is not known may be applied once more: it does no harm, or somebody
    /// took the risk. A server that knows repeated keys applies nothing twice.
    [[nodiscard]] bool mayApplyAgain() const;
    /// A record that was applied twice is two records.
    [[nodiscard]] bool creates() const
    {
        return mode == project::SyncMode::Append || mode == project::SyncMode::Insert;
    }
};

[[nodiscard]] Scenario drawScenario(Dice& dice);
[[nodiscard]] std::string describe(const Scenario& scenario);

/// An error of the state database, at the n-th write of a process.
struct StoreFault
{
    std::size_t at = 0;
    bool full = false;  ///< else an I/O error
    bool stays = false; ///< from then on
};

/// What goes wrong in the life of one process.
struct ProcessFaults
{
    run::RunKind kind = run::RunKind::Run;
    bool redefined = false;        ///< the sync was changed since the last process
    std::size_t answerPercent = 0; ///< requests that end badly
    std::optional<StoreFault> store;
    std::optional<std::size_t> crashAtStep;
    std::optional<std::size_t> crashAtWrite; ///< in the middle of a step, the write half done
    std::optional<std::size_t> stopAtStep;
    std::optional<std::size_t> abandonAtStep;
    std::optional<std::size_t> readDiesAt; ///< row
    bool readCancelled = false;
    std::optional<std::size_t> clockJumpsAtStep;
    Milliseconds clockJump{0};
    Milliseconds pauseBefore{0};
};

[[nodiscard]] ProcessFaults drawFaults(Dice& dice, const Scenario& scenario);
[[nodiscard]] std::string describe(const ProcessFaults& faults);

} // namespace headgate::simulation
