// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/run_table.h"

#include "base/text.h"

namespace headgate::state {

namespace {

constexpr const char* runColumns =
    "SELECT id, state, sync, sync_name, target, plan, status, started, ended, kind, report, "
    "exit_code, progress, lease, epoch, number, host, pid FROM runs ";

RunRow runRow(const Statement& row)
{
    RunRow run;
    run.id = row.text(0);
    run.state = row.integer(1);
    run.syncId = row.text(2);
    run.syncName = row.text(3);
    run.target = row.text(4);
    run.plan = row.text(5);
    run.status = static_cast<RunState>(row.integer(6));
    run.started = row.time(7);
    run.ended = row.optionalTime(8);
    run.kind = row.text(9);
    run.reportJson = row.text(10);
    run.exitCode = static_cast<int>(row.integer(11));
    run.progress = row.text(12);
    run.lease = row.text(13);
    run.leaseEpoch = static_cast<std::uint64_t>(row.integer(14));
    run.number = row.integer(15);
    run.host = row.text(16);
    run.pid = row.integer(17);
    return run;
}

Failure unknownRun(const RunId& run)
{
    return fail(
        ErrorKind::Internal, "state.run.unknown",
        Text::tr("Run %1 is not in the local state. This is a defect.").arg(toQString(run)));
}

std::optional<StateId> stateOf(const RunRow& run)
{
    return run.state != 0 ? std::optional(run.state) : std::nullopt;
}

} // namespace

Result<std::int64_t> RunTable::numberOf(const RunId& run)
{
    const auto number = m_database.cached("SELECT number FROM runs WHERE id = ?")
                            .bind(run)
                            .first([](const Statement& row) { return row.integer(0); });
    if (!number)
        return Failure(number.error());
    if (!*number)
        return unknownRun(run);
    return **number;
}

Result<void> RunTable::begin(const RunRow& run)
{
    const ProcessIdentity& process = ProcessIdentity::current();
    HEADGATE_TRY(
        m_database
            .cached("INSERT INTO runs(id, state, sync, sync_name, target, plan, status, started, "
                    "ended, kind, report, exit_code, progress, lease, epoch, host, space, pid, "
                    "start, boot) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
            .bind(run.id, stateOf(run), run.syncId, run.syncName, run.target, run.plan, run.status,
                  run.started, run.ended, run.kind, run.reportJson, run.exitCode, run.progress,
                  run.lease, run.leaseEpoch, process.host, process.space, process.pid,
                  process.start, process.boot)
            .run());
    return setCounts(m_database.lastRowId(), run.counts);
}

Result<void> RunTable::finish(const RunRow& run)
{
    const auto number = numberOf(run.id);
    if (!number)
        return Failure(number.error());
    HEADGATE_TRY(m_database
                     .cached("UPDATE runs SET state = ?, plan = ?, status = ?, ended = ?, "
                             "report = ?, exit_code = ?, progress = ? WHERE number = ? AND "
                             "status = ?")
                     .bind(stateOf(run), run.plan, run.status, run.ended, run.reportJson,
                           run.exitCode, run.progress, *number, RunState::Running)
                     .run());
    if (m_database.changes() != 1)
        return fail(ErrorKind::Locked, "state.run.ended",
                    Text::tr("Run %1 was taken for interrupted by another process and has ended.")
                        .arg(toQString(run.id)));
    HEADGATE_TRY(forgetCancels(run.id));
    return setCounts(*number, run.counts);
}

Result<void> RunTable::setCounts(std::int64_t run,
                                 const std::map<std::string, std::uint64_t>& counts)
{
    for (const auto& [name, count] : counts)
        HEADGATE_TRY(m_database.cached("REPLACE INTO run_counts(run, name, count) VALUES(?,?,?)")
                         .bind(run, name, count)
                         .run());
    return {};
}

Result<void> RunTable::addCounts(const RunId& run,
                                 const std::map<std::string, std::int64_t>& counts)
{
    if (counts.empty())
        return {};
    const auto number = numberOf(run);
    if (!number)
        return Failure(number.error());
    for (const auto& [name, count] : counts)
        HEADGATE_TRY(
            m_database
                .cached("INSERT INTO run_counts(run, name, count) VALUES(?,?,?) "
                        "ON CONFLICT(run, name) DO UPDATE SET count = count + excluded.count")
                .bind(*number, name, count)
                .run());
    return {};
}

Result<void> RunTable::setProgress(const RunId& run, const std::string& text)
{
    HEADGATE_TRY(
        m_database.cached("UPDATE runs SET progress = ? WHERE id = ?").bind(text, run).run());
    if (m_database.changes() != 1)
        return unknownRun(run);
    return {};
}

Result<void> RunTable::readCounts(RunRow& run)
{
    const auto counts =
        m_database
            .cached("SELECT c.name, c.count FROM run_counts c JOIN runs r ON r.number = c.run "
                    "WHERE r.id = ?")
            .bind(run.id)
            .all([](const Statement& row) {
                return std::pair(row.text(0), static_cast<std::uint64_t>(row.integer(1)));
            });
    if (!counts)
        return Failure(counts.error());
    run.counts.insert(counts->begin(), counts->end());
    return {};
}

Result<std::vector<RunRow>> RunTable::ofSync(const std::string& syncId, std::uint32_t limit)
{
    static const std::string sql =
        std::string(runColumns) + "WHERE sync = ? ORDER BY started DESC, number DESC LIMIT ?";
    auto rows = m_database.cached(sql.c_str()).bind(syncId, limit).all(runRow);
    if (!rows)
        return rows;
    for (RunRow& run : *rows)
        HEADGATE_TRY(readCounts(run));
    return rows;
}

Result<std::vector<RunRow>> RunTable::find(const RunFilter& filter)
{
    // By number, not by time: a clock that was set back does not hide the newest runs.
    static const std::string sql =
        std::string(runColumns) +
        "WHERE (?1 = '' OR sync = ?1) AND (?2 IS NULL OR status = ?2) AND (?3 = '' OR kind = ?3) "
        "AND (?4 IS NULL OR started >= ?4) AND (?5 = 0 OR number < ?5) AND (?6 = '' OR "
        "instr(lower(id || ' ' || sync_name || ' ' || report), lower(?6)) > 0) "
        "AND (?8 = '' OR id = ?8) ORDER BY number DESC LIMIT ?7";
    auto rows = m_database.cached(sql.c_str())
                    .bind(filter.syncId, filter.status, filter.kind, filter.since, filter.before,
                          filter.text, filter.limit, filter.id)
                    .all(runRow);
    if (!rows)
        return rows;
    for (RunRow& run : *rows)
        HEADGATE_TRY(readCounts(run));
    return rows;
}

Result<std::vector<RunRow>> RunTable::live(LeaseTable& leases)
{
    auto rows = running();
    if (!rows)
        return rows;
    std::vector<RunRow> alive;
    for (RunRow& run : *rows) {
        const auto lives = isAlive(run, leases);
        if (!lives)
            return Failure(lives.error());
        if (!*lives)
            continue;
        HEADGATE_TRY(readCounts(run));
        alive.push_back(std::move(run));
    }
    return alive;
}

Result<void> RunTable::requestCancel(const RunId& run)
{
    HEADGATE_TRY(m_database
                     .cached("INSERT INTO cancels(run, asked) SELECT id, 1 FROM runs WHERE id = ? "
                             "AND status = ? ON CONFLICT(run) DO UPDATE SET asked = asked + 1")
                     .bind(run, RunState::Running)
                     .run());
    if (m_database.changes() != 1)
        return fail(ErrorKind::Usage, "run.ended",
                    Text::tr("Run %1 has ended; there is nothing to cancel.").arg(toQString(run)));
    return {};
}

Result<std::uint32_t> RunTable::cancelRequests(const RunId& run)
{
    const auto asked = m_database.cached("SELECT asked FROM cancels WHERE run = ?")
                           .bind(run)
                           .first([](const Statement& row) { return row.integer(0); });
    if (!asked)
        return Failure(asked.error());
    return static_cast<std::uint32_t>(asked->value_or(0));
}

Result<void> RunTable::forgetCancels(const RunId& run)
{
    return m_database.cached("DELETE FROM cancels WHERE run = ?").bind(run).run();
}

Result<std::map<std::int64_t, WallTime>> RunTable::startsOf(const std::string& syncId)
{
    const auto rows =
        m_database.cached("SELECT number, started FROM runs WHERE sync = ?")
            .bind(syncId)
            .all([](const Statement& row) { return std::pair(row.integer(0), row.time(1)); });
    if (!rows)
        return Failure(rows.error());
    return std::map<std::int64_t, WallTime>(rows->begin(), rows->end());
}

Result<std::vector<std::string>> RunTable::syncs()
{
    return m_database.cached("SELECT DISTINCT sync FROM runs").bind().all([](const Statement& row) {
        return row.text(0);
    });
}

Result<std::vector<RunRow>> RunTable::running()
{
    static const std::string sql = std::string(runColumns) + "WHERE status = 0 ORDER BY number";
    return m_database.cached(sql.c_str()).bind().all(runRow);
}

Result<bool> RunTable::isAlive(const RunRow& run, LeaseTable& leases)
{
    if (!run.lease.empty())
        return leases.isLive(run.lease, run.leaseEpoch);
    const auto process =
        m_database.cached("SELECT host, space, pid, start, boot FROM runs WHERE id = ?")
            .bind(run.id)
            .first([](const Statement& row) {
                return ProcessIdentity{row.text(0), row.text(1), row.integer(2), row.text(3),
                                       row.text(4)};
            });
    if (!process)
        return Failure(process.error());
    return *process && (*process)->liveness() != Liveness::Dead;
}

Result<std::vector<RunRow>> RunTable::markInterrupted(const std::string& syncId, LeaseTable& leases,
                                                      WallTime now)
{
    static const std::string sql =
        std::string(runColumns) + "WHERE sync = ? AND status = 0 ORDER BY number";
    auto rows = m_database.cached(sql.c_str()).bind(syncId).all(runRow);
    if (!rows)
        return rows;
    std::vector<RunRow> interrupted;
    for (RunRow& run : *rows) {
        const auto alive = isAlive(run, leases);
        if (!alive)
            return Failure(alive.error());
        if (*alive)
            continue;
        run.status = RunState::Interrupted;
        run.ended = now;
        HEADGATE_TRY(m_database.cached("UPDATE runs SET status = ?, ended = ? WHERE id = ?")
                         .bind(run.status, now, run.id)
                         .run());
        HEADGATE_TRY(forgetCancels(run.id));
        HEADGATE_TRY(readCounts(run));
        interrupted.push_back(std::move(run));
    }
    return interrupted;
}

} // namespace headgate::state
