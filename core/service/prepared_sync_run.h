// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/http_client.h"
#include "service/run_beacon.h"
#include "service/settler_thread.h"
#include "service/sync_reader.h"
#include "service/workspace.h"
#include "state/sqlite_rate_ledger.h"

#include <mutex>

namespace headgate::service {

/// A run with everything that it owns. step() and report() belong to one thread, the rest to any.
class PreparedSyncRun final : public PreparedRun
{
public:
    struct Parts
    {
        project::Project project; ///< frozen: edits meanwhile do not reach a run
        std::unique_ptr<connector::Destination> destination;
        std::unique_ptr<http::Http> http;
        std::unique_ptr<state::StateStore> store;
        std::unique_ptr<http::RateLedger> ledger;
        run::SyncRunOptions options;
        std::string projectDirectory;
        std::map<std::string, std::uint64_t> relatedBefore;
        std::vector<std::string> heldKeys;
    };
    PreparedSyncRun(Parts parts, Surroundings surroundings);
    ~PreparedSyncRun() override;

    [[nodiscard]] bool step() override;
    [[nodiscard]] run::RunProgress progress() const override;
    [[nodiscard]] const run::RunReport& report() const override { return m_run->report(); }
    void cancel() override;
    void abandon() override;

private:
    Parts m_parts;
    StopSource m_stop;
    StopSource m_abandon;
    std::unique_ptr<SyncReader> m_reader;
    SettlerThread m_settler;
    std::unique_ptr<run::SyncRun> m_run;
    mutable std::mutex m_mutex;
    run::RunProgress m_progress;
    Surroundings m_surroundings;
    std::unique_ptr<RunBeacon> m_beacon;
};

} // namespace headgate::service
