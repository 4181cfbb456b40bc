// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/settler.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace headgate::service {

/// Commits on a thread of its own, so that requests go on meanwhile. The thread begins with the
/// first group and uses the store only while one is under way.
class SettlerThread final : public run::Settler
{
public:
    /// `store` outlives this.
    explicit SettlerThread(state::StateStore& store) : m_store(store) {}
    /// Waits for what is under way.
    ~SettlerThread() override;

    [[nodiscard]] bool isIdle() const override;
    [[nodiscard]] Result<void> start(run::SettlementGroup group) override;
    [[nodiscard]] Result<void> finish() override;
    [[nodiscard]] Milliseconds lastTook() const override;

private:
    [[nodiscard]] Result<void> startThread();
    void work();

    state::StateStore& m_store;
    mutable std::mutex m_mutex; ///< of what follows
    std::condition_variable m_changed;
    std::optional<run::SettlementGroup> m_group; ///< to be committed
    bool m_busy = false;
    bool m_ended = false;
    Result<void> m_result;
    Milliseconds m_lastTook{0};
    std::thread m_thread;
};

} // namespace headgate::service
