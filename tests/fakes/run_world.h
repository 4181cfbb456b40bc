// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fake_random.h"
#include "fakes/fake_saas.h"
#include "fakes/print_to.h"
#include "run/sync_run.h"

#include <QTemporaryDir>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace headgate::fakes {

/// A record of the warehouse, already shaped.
[[nodiscard]] shape::ShapedRecord record(const std::string& key, const std::string& payload);
[[nodiscard]] shape::ShapedRecord record(const std::string& key, const std::string& match,
                                         const std::string& payload);
[[nodiscard]] shape::ShapedRecord invalidRecord(const std::string& key);

/// Records from a list; may fail after some of them.
class ScriptedRecords final : public shape::RecordStream
{
public:
    explicit ScriptedRecords(std::vector<shape::ShapedRecord> records,
                             std::optional<Error> failure = {});
    [[nodiscard]] Result<shape::RecordStep> read(std::vector<shape::ShapedRecord>& into) override;
    [[nodiscard]] std::uint64_t rowsRead() const override { return m_position; }
    void setSieve(std::shared_ptr<shape::RecordSieve> sieve) override
    {
        m_sieve = std::move(sieve);
    }

private:
    std::vector<shape::ShapedRecord> m_records;
    std::optional<Error> m_failure;
    std::shared_ptr<shape::RecordSieve> m_sieve;
    std::size_t m_position = 0;
};

/// No limits; what was asked for is granted.
class OpenLedger final : public http::RateLedger
{
public:
    [[nodiscard]] Result<http::RateGrant> acquire(const std::string& account,
                                                  const http::RateLimits& limits,
                                                  std::uint32_t wanted) override;
    Result<void> release(const std::string& account, std::uint32_t requests) override;
    Result<void> pause(const std::string& account, WallTime until) override;
    std::vector<WallTime> pauses;
    std::size_t calls = 0; ///< each of them a transaction in a real one
};

/// Everything a run needs, in memory but for the state database, which is the real one in a
/// temporary folder. Time is virtual.
class RunWorldFixture
{
public:
    explicit RunWorldFixture(std::uint64_t seed = 1);

    FakeClock clock;
    FakeRandom random;
    FakeHttp http{clock};
    FakeSaas saas;
    FakeDestination destination;
    OpenLedger ledger;
    project::SyncDefinition sync;
    StopSource stop;
    StopSource abandon;
    std::string definition = "definition-1";

    /// What the warehouse holds now.
    std::vector<shape::ShapedRecord> records;
    std::optional<Error> readFailure;

    /// One run to its end, checked to add up.
    run::RunReport run(run::RunKind kind = run::RunKind::Run,
                       const std::function<void(run::SyncRunOptions&)>& change = {});
    /// One run to its end of another process, which finds that the lease of this one has ended.
    run::RunReport runOfAnother();
    /// One run to its end; `visit` is called before each step, with its number.
    run::RunReport runUntil(const std::function<bool(std::size_t)>& visit,
                            const std::function<void(run::SyncRunOptions&)>& change = {});
    /// One that stops after so many steps, as if the process had been killed: nothing of it goes
    /// on.
    void killedRun(std::size_t steps, run::RunKind kind = run::RunKind::Run);
    /// The same, before the first step at which `now` says so.
    void killedWhen(const std::function<bool()>& now);

    [[nodiscard]] state::StateStore& store() { return *m_store; }
    /// Closes and opens the state database, as another process would.
    void reopen();
    [[nodiscard]] state::StateInfo state();
    [[nodiscard]] state::KnownRecord known(const std::string& key);
    [[nodiscard]] std::string directory() const { return m_directory.path().toStdString(); }

private:
    [[nodiscard]] run::SyncRunOptions options(run::RunKind kind);
    void die();

    QTemporaryDir m_directory;
    std::unique_ptr<state::StateStore> m_store;
    bool m_first = true;
};

} // namespace headgate::fakes
