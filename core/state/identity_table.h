// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/database.h"
#include "state/state_store.h"

namespace headgate::state {

/// Table "states".
class IdentityTable
{
public:
    explicit IdentityTable(Database& database) : m_database(database) {}

    [[nodiscard]] Result<std::vector<StateInfo>>
    ofSync(const std::string& projectId, const std::string& target, const std::string& syncId);
    [[nodiscard]] Result<std::vector<StateInfo>> all();
    /// Error: State "state.exists" if the identity has a state.
    [[nodiscard]] Result<StateInfo> create(const StateIdentity& identity, WallTime now);
    [[nodiscard]] Result<void> adopt(StateId id, const StateIdentity& identity);
    [[nodiscard]] Result<void> update(const StateInfo& info);
    /// Forgets what a first run would not know.
    [[nodiscard]] Result<void> clear(StateId id);

private:
    [[nodiscard]] Result<void> requireFree(const StateIdentity& identity, StateId except);

    Database& m_database;
};

} // namespace headgate::state
