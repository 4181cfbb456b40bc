// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/state_store.h"

#include <vector>

namespace headgate::run {

/// What is committed together (semantics 15).
struct SettlementGroup
{
    state::StateId state = 0;
    state::Lease lease;
    std::vector<state::Settlement> settlements;
};

/// Commits groups of settlements, one after the other, in the order of start(). While one is under
/// way nobody else uses the store. Called by one thread.
class Settler
{
public:
    virtual ~Settler() = default;
    /// Nothing is under way.
    [[nodiscard]] virtual bool isIdle() const = 0;
    /// Only when idle. The error may come from the next finish() instead.
    [[nodiscard]] virtual Result<void> start(SettlementGroup group) = 0;
    /// Waits for what is under way; its error, once.
    [[nodiscard]] virtual Result<void> finish() = 0;
    /// Of the last group that was committed.
    [[nodiscard]] virtual Milliseconds lastTook() const = 0;
};

/// Commits within start().
class DirectSettler final : public Settler
{
public:
    DirectSettler(state::StateStore& store, Clock& clock) : m_store(store), m_clock(clock) {}

    [[nodiscard]] bool isIdle() const override { return true; }
    [[nodiscard]] Result<void> start(SettlementGroup group) override;
    [[nodiscard]] Result<void> finish() override { return {}; }
    [[nodiscard]] Milliseconds lastTook() const override { return m_lastTook; }

private:
    state::StateStore& m_store;
    Clock& m_clock;
    Milliseconds m_lastTook{0};
};

} // namespace headgate::run
