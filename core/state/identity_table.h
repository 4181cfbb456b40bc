// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/database.h"
#include "state/state_store.h"

namespace headgate::state {

/// Table "states". It is small and always read whole: every row carries a digest and "meta" the
/// number of rows, so that damage never makes a sync look as if it had no state. Writing members
/// are called inside a transaction.
class IdentityTable
{
public:
    explicit IdentityTable(Database& database) : m_database(database) {}

    /// The last used first.
    [[nodiscard]] Result<std::vector<StateInfo>> all();
    [[nodiscard]] Result<std::vector<StateInfo>>
    ofSync(const std::string& projectId, const std::string& target, const std::string& syncId);
    /// Error: State "state.exists" if the identity has a state.
    [[nodiscard]] Result<StateInfo> create(const StateIdentity& identity, WallTime now);
    [[nodiscard]] Result<void> adopt(StateId id, const StateIdentity& identity);
    [[nodiscard]] Result<void> update(const StateInfo& info);
    /// Forgets what a first run would not know.
    [[nodiscard]] Result<void> clear(StateId id);
    /// After rows were added by others.
    [[nodiscard]] Result<void> storeCount();

private:
    [[nodiscard]] Result<StateInfo> find(StateId id);
    [[nodiscard]] Result<void> requireFree(const StateIdentity& identity, StateId except);
    [[nodiscard]] Result<void> write(const StateInfo& info);

    Database& m_database;
};

} // namespace headgate::state
