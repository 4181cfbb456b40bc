// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/run_world.h"

#include "data/canonical_key.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace headgate::fakes {

namespace {

std::string canonical(const std::string& key)
{
    const data::ValueView value{data::ValueKind::Text, key};
    return *data::canonicalKey({&value, 1});
}

template <typename T>
T orThrow(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().code + ": " +
                                 result.error().toString().toStdString());
    return std::move(*result);
}

} // namespace

shape::ShapedRecord record(const std::string& key, const std::string& payload)
{
    return record(key, key + "@example.com", payload);
}

shape::ShapedRecord record(const std::string& key, const std::string& match,
                           const std::string& payload)
{
    shape::ShapedRecord shaped;
    shaped.key = canonical(key);
    shaped.keyText = key;
    shaped.match = {data::ValueKind::Text, match};
    shaped.payload = payload;
    shaped.rowCount = 1;
    return shaped;
}

shape::ShapedRecord invalidRecord(const std::string& key)
{
    shape::ShapedRecord shaped = record(key, "{}");
    shaped.problems.push_back({"value.nan", QStringLiteral("NaN"), {}, {}, 1});
    return shaped;
}

ScriptedRecords::ScriptedRecords(std::vector<shape::ShapedRecord> records,
                                 std::optional<Error> failure)
    : m_records(std::move(records)), m_failure(std::move(failure))
{}

Result<shape::RecordStep> ScriptedRecords::read(std::vector<shape::ShapedRecord>& into)
{
    for (int i = 0; i < 7 && m_position < m_records.size(); ++i) {
        const shape::ShapedRecord& record = m_records[m_position++];
        if (!shape::isTaken(m_sieve.get(), record))
            into.push_back(record);
    }
    if (m_position < m_records.size())
        return shape::RecordStep::More;
    if (m_failure)
        return Failure(*m_failure);
    return shape::RecordStep::Done;
}

Result<http::RateGrant> OpenLedger::acquire(const std::string&, const http::RateLimits&,
                                            std::uint32_t wanted)
{
    ++calls;
    return http::RateGrant{wanted, {}};
}

Result<void> OpenLedger::release(const std::string&, std::uint32_t)
{
    ++calls;
    return {};
}

Result<void> OpenLedger::pause(const std::string&, WallTime until)
{
    pauses.push_back(until);
    return {};
}

RunWorldFixture::RunWorldFixture(std::uint64_t seed) : random(seed)
{
    sync.id = "aaaaaaaaaaaaaaaa";
    sync.slug = "test";
    sync.name = "Test";
    sync.object = "users";
    sync.matching.field = "email";
    http.setHandler([this](const http::Request& request) { return saas.handle(request); });
    reopen();
}

void RunWorldFixture::reopen()
{
    m_store.reset();
    m_store = orThrow(state::StateStore::open(directory() + "/state", clock, random));
}

state::StateInfo RunWorldFixture::state()
{
    const state::StateIdentity identity{"project",           "development", sync.id,
                                        destination.account, sync.object,   "id:1"};
    for (state::StateInfo& info :
         orThrow(m_store->statesOf(identity.projectId, identity.target, identity.syncId)))
        if (info.identity == identity)
            return info;
    return orThrow(m_store->create(identity));
}

state::KnownRecord RunWorldFixture::known(const std::string& key)
{
    const Hash128 hash = keyedHash(m_store->hashKey(), canonical(key));
    return orThrow(m_store->record(state().id, hash)).value_or(state::KnownRecord());
}

run::SyncRunOptions RunWorldFixture::options(run::RunKind kind)
{
    run::SyncRunOptions options;
    options.kind = kind;
    options.sync = sync;
    options.target = "development";
    options.state = state();
    options.definitionHash = definition;
    options.capabilities = destination.can;
    options.spoolDirectory = directory();
    options.firstRun = m_first;
    options.openRecords = [this]() -> Result<std::unique_ptr<shape::RecordStream>> {
        return std::make_unique<ScriptedRecords>(records, readFailure);
    };
    return options;
}

run::RunReport RunWorldFixture::run(run::RunKind kind,
                                    const std::function<void(run::SyncRunOptions&)>& change)
{
    run::SyncRunOptions chosen = options(kind);
    if (change)
        change(chosen);
    run::SyncRun run(chosen, {destination, http, *m_store, ledger, clock, random}, stop.token(),
                     abandon.token());
    std::size_t steps = 0;
    while (run.step() == run::SyncRun::Step::More)
        if (++steps > 2'000'000)
            throw std::runtime_error("the run does not end");
    EXPECT_TRUE(run.report().addsUp()) << "planned " << plan::toJson(run.report().planned)
                                       << ", outcomes " << run.report().outcomes.sum();
    if (kind != run::RunKind::DryRun)
        m_first = false;
    return run.report();
}

run::RunReport RunWorldFixture::runOfAnother()
{
    clock.advance(std::chrono::minutes(5));
    const std::unique_ptr<state::StateStore> store =
        orThrow(state::StateStore::open(directory() + "/state", clock, random));
    FakeHttp line(clock);
    line.setHandler([this](const http::Request& request) { return saas.handle(request); });
    run::SyncRun run(options(run::RunKind::Run), {destination, line, *store, ledger, clock, random},
                     stop.token(), abandon.token());
    while (run.step() == run::SyncRun::Step::More) {
    }
    return run.report();
}

run::RunReport RunWorldFixture::runUntil(const std::function<bool(std::size_t)>& visit,
                                         const std::function<void(run::SyncRunOptions&)>& change)
{
    run::SyncRunOptions chosen = options(run::RunKind::Run);
    if (change)
        change(chosen);
    run::SyncRun run(std::move(chosen), {destination, http, *m_store, ledger, clock, random},
                     stop.token(), abandon.token());
    for (std::size_t step = 0; visit(step) && run.step() == run::SyncRun::Step::More; ++step)
        if (step > 2'000'000)
            throw std::runtime_error("the run does not end");
    m_first = false;
    return run.report();
}

void RunWorldFixture::killedRun(std::size_t steps, run::RunKind kind)
{
    {
        run::SyncRun run(options(kind), {destination, http, *m_store, ledger, clock, random},
                         stop.token(), abandon.token());
        for (std::size_t i = 0; i < steps && run.step() == run::SyncRun::Step::More; ++i) {
        }
    }
    die();
}

void RunWorldFixture::killedWhen(const std::function<bool()>& now)
{
    {
        run::SyncRun run(options(run::RunKind::Run),
                         {destination, http, *m_store, ledger, clock, random}, stop.token(),
                         abandon.token());
        while (!now() && run.step() == run::SyncRun::Step::More) {
        }
    }
    die();
}

void RunWorldFixture::die()
{
    http.abandonAll();
    while (http.inFlight() > 0)
        static_cast<void>(http.wait(Milliseconds(1)));
    m_first = false;
    clock.advance(std::chrono::minutes(5));
    reopen();
}

} // namespace headgate::fakes
