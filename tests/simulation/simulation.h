// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/run_world.h"
#include "simulation/checker.h"
#include "simulation/faulty_files.h"
#include "simulation/simulated_server.h"
#include "simulation/simulated_table.h"

#include <QTemporaryDir>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headgate::simulation {

/// One history, wholly determined by its seed: processes that plan and deliver while everything
/// around them fails, then clean ones until nothing is left to do. The engine, its state database
/// and its spools are the real ones.
class Simulation
{
public:
    /// `files` are in force for the whole program.
    Simulation(std::uint64_t seed, FaultyFiles& files);
    ~Simulation();

    void run();
    /// Prints the trace as it grows.
    void show() { m_trace.show(); }
    [[nodiscard]] const Trace& trace() const { return m_trace; }

private:
    /// One life of the program. The report is there if it came to its end.
    [[nodiscard]] std::optional<run::RunReport> live(const ProcessFaults& faults);
    [[nodiscard]] std::optional<run::RunReport> sync(state::StateStore& store,
                                                     const ProcessFaults& faults);
    [[nodiscard]] std::optional<run::RunReport> step(run::SyncRun& run,
                                                     const ProcessFaults& faults);
    [[nodiscard]] Result<state::StateInfo> stateIn(state::StateStore& store) const;
    [[nodiscard]] run::SyncRunOptions options(const state::StateStore& store,
                                              const state::StateInfo& state,
                                              const ProcessFaults& faults);
    void chooseKeys(const state::StateStore& store, run::SyncRunOptions& options);
    void arm(const ProcessFaults& faults);
    void inspect();
    void settleDown();
    [[nodiscard]] std::string directory() const;

    QTemporaryDir m_directory;
    Dice m_dice;
    Dice m_keeperDice; ///< its own, so that what the server keeps changes nothing else of a seed
    FaultyFiles& m_files;
    fakes::FakeClock m_clock;
    Trace m_trace{m_clock};
    Scenario m_scenario;
    SimulatedTable m_table;
    SimulatedServer m_server;
    Checker m_checker;
    fakes::FakeDestination m_destination;
    fakes::OpenLedger m_ledger;
    project::SyncDefinition m_sync;
    StopSource m_stop;
    StopSource m_abandon;
    std::size_t m_definition = 1;
    state::PlanId m_confirm;
};

} // namespace headgate::simulation
