// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_report.h"
#include "simulation/repeat_rule.h"
#include "simulation/simulated_server.h"
#include "simulation/simulated_table.h"
#include "state/state_store.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace headgate::simulation {

/// Holds what the engine stores, sends and reports against what the server and the table know. Its
/// promises carry the numbers I1 to I10 of the engine's reliability rules.
class Checker final : public SimulatedServer::Witness
{
public:
    Checker(const Scenario& scenario, const SimulatedTable& table, Trace& trace)
        : m_scenario(scenario), m_table(table), m_trace(trace), m_repeats(scenario, trace)
    {}

    void onApplied(const SimulatedServer::Application& application) override;
    void onRequest(const std::string& operation, const SimulatedServer::Line& line) override;
    void onAcknowledged(const std::string& operation, const SimulatedServer::Line& line) override;
    void onRefused(const std::string& operation, const SimulatedServer::Line& line) override;
    void onPutOff(const SimulatedServer::Line& line) override;

    void onProcessBegun();
    void onPlanned(const state::PlanId& plan);
    /// A read of the table begins; it ends without an error; a plan that a gate held is released.
    void onReadBegun();
    void onReadComplete(bool gateHolds);
    void onConfirmed();

    /// Changes that were just committed: at every crash point the state is what these made of it.
    void onCommitted(const HashKey& hashKey, const state::RecordChange& change, bool settled);

    /// The whole state, after each process.
    void checkState(state::StateStore& store, state::StateId id);
    /// Of a process that came to its end.
    void checkReport(state::StateStore& store, const run::RunReport& report, bool storeFailed);
    /// No run but this one is under way.
    void checkRunsEnded(state::StateStore& store, const std::string& sync);
    /// Everything settled, nothing failing any more.
    void checkOutcome(state::StateStore& store, state::StateId id, const SimulatedServer& server);

private:
    [[nodiscard]] std::string keyOf(const std::string& payload) const;
    [[nodiscard]] Hash128 fingerprintOf(const SimulatedServer::Line& line) const;
    void checkDelivered(const state::KnownRecord& record);
    void checkRefusals(const run::RunReport& report);
    void checkRemovalAllowed(const std::string& match);
    void checkRow(const TableRow& row, const state::KnownRecord& known,
                  const SimulatedServer& server);
    [[nodiscard]] bool isThere(const TableRow& row, const SimulatedServer& server) const;
    void checkNothingElse(const SimulatedServer& server,
                          const std::map<std::string, state::KnownRecord>& known);

    const Scenario& m_scenario;
    const SimulatedTable& m_table;
    Trace& m_trace;
    RepeatRule m_repeats;
    std::set<Hash128> m_acknowledged;             ///< fingerprints
    std::set<Hash128> m_refused;                  ///< fingerprints
    std::set<std::string> m_acknowledgedRemovals; ///< match values
    bool m_refusedRemoval = false;
    state::PlanId m_plan;
    std::set<std::string> m_refusedNow; ///< to the last, of this process' plan: what was to be done
    std::set<Hash128> m_listedNow;      ///< key hashes that the state holds as refused by it
    std::map<std::string, std::string> m_owners; ///< match value to record key, as last written
    std::set<std::string> m_removable;           ///< match values that a read allowed to remove
    std::set<std::string> m_removableIfConfirmed;
};

} // namespace headgate::simulation
