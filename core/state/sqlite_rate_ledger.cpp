// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/sqlite_rate_ledger.h"

#include "base/text.h"
#include "state/database_form.h"
#include "state/private_directory.h"

#include <QFileInfo>
#include <array>

namespace headgate::state {

namespace {

constexpr std::int32_t ledgerApplicationId = 0x4847524C; // "HGRL"

constexpr const char* ledgerVersion1 = R"(
CREATE TABLE accounts(
    name TEXT NOT NULL PRIMARY KEY,
    counters TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE holders(
    account TEXT NOT NULL,
    host TEXT NOT NULL,
    space TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start TEXT NOT NULL,
    boot TEXT NOT NULL,
    in_flight INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY(account, host, space, pid, start, boot)
) STRICT, WITHOUT ROWID;
)";

constexpr std::array ledgerScripts = {ledgerVersion1};

struct SlotHolder
{
    ProcessIdentity process;
    std::uint32_t inFlight = 0;
    WallTime seen;
};

SlotHolder slotHolder(const Statement& row)
{
    return {{row.text(0), row.text(1), row.integer(2), row.text(3), row.text(4)},
            static_cast<std::uint32_t>(row.integer(5)),
            row.time(6)};
}

bool mayBeInFlight(const SlotHolder& holder, const ProcessIdentity& self, WallTime now)
{
    const Milliseconds silence = now - holder.seen;
    if (holder.process == self)
        return silence < SqliteRateLedger::lostSlotLease;
    switch (holder.process.liveness()) {
    case Liveness::Alive:
        return silence < SqliteRateLedger::lostSlotLease;
    case Liveness::Unknown:
        return silence < SqliteRateLedger::slotLease;
    case Liveness::Dead:
        return false;
    }
    return true;
}

Failure damagedLedger(const std::string& file, const QString& detail)
{
    return fail(ErrorKind::State, "ledger.corrupt",
                Text::tr("The request counters in %1 are damaged. Delete the file: only what was "
                         "counted against rate limits today is lost.")
                    .arg(toQString(file)),
                detail);
}

} // namespace

SqliteRateLedger::SqliteRateLedger(std::unique_ptr<Database> database, const Clock& clock)
    : m_database(std::move(database)), m_clock(clock), m_process(ProcessIdentity::current())
{}

Result<std::unique_ptr<SqliteRateLedger>> SqliteRateLedger::open(const std::string& file,
                                                                 const Clock& clock)
{
    const QFileInfo info(toQString(file));
    const auto folder = preparePrivateDirectory(info.absolutePath().toStdString());
    if (!folder)
        return Failure(folder.error());
    const std::string path = *folder + '/' + info.fileName().toStdString();
    const DatabaseForm form = {ledgerApplicationId, ledgerScripts};
    if (!QFileInfo::exists(toQString(path)))
        HEADGATE_TRY(createDatabase(path, form));
    auto database = openDatabase(path, form);
    if (!database && database.error().code == "state.corrupt")
        return damagedLedger(path, database.error().detail);
    if (!database)
        return propagate(std::move(database));
    HEADGATE_TRY((*database)->execute("PRAGMA synchronous=NORMAL"));
    return std::unique_ptr<SqliteRateLedger>(new SqliteRateLedger(std::move(*database), clock));
}

Result<http::RateGrant> SqliteRateLedger::acquire(const std::string& account,
                                                  const http::RateLimits& limits,
                                                  std::uint32_t wanted)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return propagate(std::move(transaction));
    auto counted = counters(account);
    if (!counted)
        return propagate(std::move(counted));
    const auto flying = inFlight(account);
    if (!flying)
        return Failure(flying.error());
    const http::RateGrant grant = http::takeGrant(*counted, limits, m_clock.now(), *flying, wanted);
    HEADGATE_TRY(store(account, *counted));
    if (grant.requests > 0)
        HEADGATE_TRY(addInFlight(account, grant.requests));
    HEADGATE_TRY(transaction->commit());
    return grant;
}

Result<void> SqliteRateLedger::release(const std::string& account, std::uint32_t requests)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return propagate(std::move(transaction));
    HEADGATE_TRY(addInFlight(account, -static_cast<std::int64_t>(requests)));
    return transaction->commit();
}

Result<void> SqliteRateLedger::pause(const std::string& account, WallTime until)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return propagate(std::move(transaction));
    auto counted = counters(account);
    if (!counted)
        return propagate(std::move(counted));
    http::pause(*counted, m_clock.now(), until);
    HEADGATE_TRY(store(account, *counted));
    return transaction->commit();
}

Result<http::RateCounters> SqliteRateLedger::counters(const std::string& account)
{
    const auto text = m_database->cached("SELECT counters FROM accounts WHERE name = ?")
                          .bind(account)
                          .first([](const Statement& row) { return row.text(0); });
    if (!text)
        return Failure(text.error());
    if (!*text)
        return http::RateCounters{};
    auto counters = http::rateCountersFromText(**text);
    if (!counters)
        return damagedLedger(m_database->file(), toQString(**text));
    return *counters;
}

Result<void> SqliteRateLedger::store(const std::string& account, const http::RateCounters& counters)
{
    return m_database->cached("REPLACE INTO accounts(name, counters) VALUES(?,?)")
        .bind(account, http::toText(counters))
        .run();
}

Result<std::uint32_t> SqliteRateLedger::inFlight(const std::string& account)
{
    const auto holders =
        m_database
            ->cached("SELECT host, space, pid, start, boot, in_flight, seen FROM holders "
                     "WHERE account = ?")
            .bind(account)
            .all(slotHolder);
    if (!holders)
        return Failure(holders.error());
    std::uint32_t flying = 0;
    for (const SlotHolder& holder : *holders) {
        if (mayBeInFlight(holder, m_process, m_clock.now())) {
            flying += holder.inFlight;
            continue;
        }
        const ProcessIdentity& dead = holder.process;
        HEADGATE_TRY(m_database
                         ->cached("DELETE FROM holders WHERE account = ? AND host = ? AND "
                                  "space = ? AND pid = ? AND start = ? AND boot = ?")
                         .bind(account, dead.host, dead.space, dead.pid, dead.start, dead.boot)
                         .run());
    }
    return flying;
}

Result<void> SqliteRateLedger::addInFlight(const std::string& account, std::int64_t requests)
{
    const std::int64_t atFirst = std::max<std::int64_t>(requests, 0);
    return m_database
        ->cached("INSERT INTO holders(account, host, space, pid, start, boot, in_flight, seen) "
                 "VALUES(?1,?2,?3,?4,?5,?6,?7,?9) "
                 "ON CONFLICT(account, host, space, pid, start, boot) DO UPDATE SET "
                 "in_flight = max(0, in_flight + ?8), seen = ?9")
        .bind(account, m_process.host, m_process.space, m_process.pid, m_process.start,
              m_process.boot, atFirst, requests, m_clock.now())
        .run();
}

} // namespace headgate::state
