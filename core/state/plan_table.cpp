// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/plan_table.h"

#include "base/text.h"
#include "state/private_file.h"

#include <QDir>
#include <set>

namespace headgate::state {

namespace {

constexpr const char* planColumns =
    "SELECT id, state, run, status, created, spool, definition_hash, new_cursor, counts, removals, "
    "complete_read, ad_hoc, (SELECT max(b.number) FROM batches b WHERE b.plan = plans.number) "
    "FROM plans ";
constexpr const char* batchColumns =
    "SELECT p.id, b.number, b.parent, b.operation, b.idempotency_key, b.count, b.items, "
    "b.status, b.attempts, b.body_hash, b.receipt FROM batches b JOIN plans p ON p.number = "
    "b.plan ";

// Pending, Started, InDoubt and Receipt come first in BatchState.
static_assert(static_cast<int>(BatchState::Receipt) < static_cast<int>(BatchState::Settled));
// Indexed by plans_open.
static_assert(static_cast<int>(PlanState::Stopped) == 1 &&
              static_cast<int>(PlanState::Ready) == 2 &&
              static_cast<int>(PlanState::Finished) == 3 &&
              static_cast<int>(PlanState::Discarded) == 4);

BatchRow batchRow(const Statement& row)
{
    BatchRow batch;
    batch.plan = row.text(0);
    batch.number = static_cast<std::uint64_t>(row.integer(1));
    if (!row.isNull(2))
        batch.parent = static_cast<std::uint64_t>(row.integer(2));
    batch.operation = row.text(3);
    batch.idempotencyKey = row.text(4);
    batch.count = static_cast<std::uint32_t>(row.integer(5));
    batch.items = row.text(6);
    batch.status = static_cast<BatchState>(row.integer(7));
    batch.attempts = static_cast<std::uint32_t>(row.integer(8));
    batch.bodyHash = row.text(9);
    batch.receipt = row.text(10);
    return batch;
}

Failure planDefect(const char* code, const QString& what, const PlanId& plan)
{
    return fail(ErrorKind::Internal, code,
                Text::tr("%1 (plan %2). This is a defect.").arg(what, toQString(plan)));
}

} // namespace

PlanRow PlanTable::readPlan(const Statement& row) const
{
    PlanRow plan;
    plan.id = row.text(0);
    plan.state = row.integer(1);
    plan.run = row.text(2);
    plan.status = static_cast<PlanState>(row.integer(3));
    plan.created = row.time(4);
    plan.spoolPath = fullPath(row.text(5));
    plan.definitionHash = row.text(6);
    plan.newCursor = row.text(7);
    plan.countsJson = row.text(8);
    plan.removals = row.integer(9) != 0;
    plan.completeRead = row.integer(10) != 0;
    plan.adHoc = row.integer(11) != 0;
    plan.lastBatch = static_cast<std::uint64_t>(row.integer(12));
    return plan;
}

std::string PlanTable::fullPath(const std::string& stored) const
{
    const bool inside = !stored.empty() && QDir::isRelativePath(toQString(stored));
    return inside ? m_directory + '/' + stored : stored;
}

std::string PlanTable::storedPath(const std::string& path) const
{
    const std::string prefix = m_directory + '/';
    return path.starts_with(prefix) ? path.substr(prefix.size()) : path;
}

Result<std::int64_t> PlanTable::numberOf(const PlanId& plan)
{
    const auto number = m_database.cached("SELECT number FROM plans WHERE id = ?")
                            .bind(plan)
                            .first([](const Statement& row) { return row.integer(0); });
    if (!number)
        return Failure(number.error());
    if (!*number)
        return planDefect("state.plan.unknown", Text::tr("The plan is not in the local state"),
                          plan);
    return **number;
}

Result<void> PlanTable::save(const PlanRow& plan, std::span<const BatchRow> batches)
{
    const std::optional<StateId> state = plan.state != 0 ? std::optional(plan.state) : std::nullopt;
    HEADGATE_TRY(
        m_database
            .cached("INSERT INTO plans(id, state, run, status, created, spool, definition_hash, "
                    "new_cursor, counts, removals, complete_read, ad_hoc) "
                    "VALUES(?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET "
                    "state = excluded.state, run = excluded.run, status = excluded.status, "
                    "created = excluded.created, spool = excluded.spool, "
                    "definition_hash = excluded.definition_hash, "
                    "new_cursor = excluded.new_cursor, counts = excluded.counts, "
                    "removals = excluded.removals, complete_read = excluded.complete_read, "
                    "ad_hoc = excluded.ad_hoc")
            .bind(plan.id, state, plan.run, plan.status, plan.created, storedPath(plan.spoolPath),
                  plan.definitionHash, plan.newCursor, plan.countsJson, plan.removals,
                  plan.completeRead, plan.adHoc)
            .run());
    const auto number = numberOf(plan.id);
    if (!number)
        return Failure(number.error());
    for (const BatchRow& batch : batches)
        HEADGATE_TRY(insertBatch(*number, batch));
    return {};
}

Result<void> PlanTable::insertBatch(std::int64_t plan, const BatchRow& batch)
{
    return m_database
        .cached("INSERT INTO batches(plan, number, parent, operation, idempotency_key, "
                "count, items, status, attempts, body_hash, receipt) "
                "VALUES(?,?,?,?,?,?,?,?,?,?,?)")
        .bind(plan, batch.number, batch.parent, batch.operation, batch.idempotencyKey, batch.count,
              Blob{batch.items}, batch.status, batch.attempts, batch.bodyHash, batch.receipt)
        .run();
}

Result<void> PlanTable::setState(const PlanId& plan, PlanState state)
{
    const auto number = numberOf(plan);
    if (!number)
        return Failure(number.error());
    if (state == PlanState::Finished) {
        const auto open =
            m_database.cached("SELECT count(*) FROM batches WHERE plan = ? AND status < ?")
                .bind(*number, BatchState::Settled)
                .first([](const Statement& row) { return row.integer(0); });
        if (!open)
            return Failure(open.error());
        if (open->value_or(0) != 0)
            return planDefect("state.plan.open",
                              Text::tr("The plan has batches that are not settled"), plan);
    }
    return m_database.cached("UPDATE plans SET status = ? WHERE number = ?")
        .bind(state, *number)
        .run();
}

Result<void> PlanTable::discardOpen(StateId id)
{
    return m_database.cached("UPDATE plans SET status = ? WHERE state = ? AND status IN (0, 1, 2)")
        .bind(PlanState::Discarded, id)
        .run();
}

Result<std::optional<PlanRow>> PlanTable::find(const PlanId& plan)
{
    static const std::string sql = std::string(planColumns) + "WHERE id = ?";
    return m_database.cached(sql.c_str()).bind(plan).first([this](const Statement& row) {
        return readPlan(row);
    });
}

Result<std::optional<PlanRow>> PlanTable::newestOpen(StateId id)
{
    static const std::string sql =
        std::string(planColumns) +
        "WHERE state = ? AND status IN (1, 2) ORDER BY number DESC LIMIT 1";
    return m_database.cached(sql.c_str()).bind(id).first([this](const Statement& row) {
        return readPlan(row);
    });
}

Result<std::vector<PlanRow>> PlanTable::unfinished()
{
    static const std::string sql = std::string(planColumns) + "WHERE status IN (0, 1, 2)";
    return m_database.cached(sql.c_str()).bind().all([this](const Statement& row) {
        return readPlan(row);
    });
}

Result<void> PlanTable::discardBuilding(const RunId& run)
{
    return m_database.cached("UPDATE plans SET status = ? WHERE run = ? AND status = ?")
        .bind(PlanState::Discarded, run, PlanState::Building)
        .run();
}

Result<void> PlanTable::tidy()
{
    HEADGATE_TRY(deleteEndedSpools());
    return deleteLooseSpools(QDateTime::currentDateTime().addDays(-1));
}

Result<void> PlanTable::tidyAll()
{
    HEADGATE_TRY(deleteEndedSpools());
    return deleteLooseSpools({});
}

Result<void> PlanTable::deleteEndedSpools()
{
    const auto ended =
        m_database
            .cached("SELECT number, spool FROM plans WHERE status IN (3, 4) AND "
                    "spool <> ''")
            .bind()
            .all([](const Statement& row) { return std::pair(row.integer(0), row.text(1)); });
    if (!ended)
        return Failure(ended.error());
    for (const auto& [number, spool] : *ended) {
        HEADGATE_TRY(removeFile(fullPath(spool)));
        HEADGATE_TRY(forgetBatches(number));
    }
    return {};
}

/// Nothing refers to a batch. SQLite looks nevertheless, row by row, while it checks references.
/// Nothing of a person is in one either: where its pages become free they need not be written once
/// more, and a purge rewrites the whole file.
Result<void> PlanTable::forgetBatches(std::int64_t plan)
{
    HEADGATE_TRY(m_database.execute("PRAGMA foreign_keys=OFF; PRAGMA secure_delete=FAST"));
    auto deleted = deleteBatches(plan);
    const auto checking = m_database.execute("PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON");
    return deleted ? checking : deleted;
}

Result<void> PlanTable::deleteBatches(std::int64_t plan)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return propagate(std::move(transaction));
    HEADGATE_TRY(m_database.cached("DELETE FROM batches WHERE plan = ?").bind(plan).run());
    HEADGATE_TRY(
        m_database.cached("UPDATE plans SET spool = '' WHERE number = ?").bind(plan).run());
    return transaction->commit();
}

/// A null `before`: of any age.
Result<void> PlanTable::deleteLooseSpools(const QDateTime& before)
{
    const auto spools = m_database.cached("SELECT spool FROM plans WHERE spool <> ''")
                            .bind()
                            .all([](const Statement& row) { return row.text(0); });
    if (!spools)
        return Failure(spools.error());
    const std::set<std::string> needed(spools->begin(), spools->end());
    const QDir folder(toQString(m_directory));
    for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("*.spool")}, QDir::Files))
        if (!needed.contains(file.fileName().toStdString()) &&
            (before.isNull() || file.lastModified() < before))
            HEADGATE_TRY(removeFile(file.filePath().toStdString()));
    return {};
}

Result<std::vector<BatchRow>> PlanTable::openBatches(const PlanId& plan, std::uint64_t fromNumber,
                                                     std::uint32_t limit)
{
    static const std::string sql =
        std::string(batchColumns) +
        "WHERE p.id = ? AND b.number >= ? AND b.status < ? ORDER BY b.number LIMIT ?";
    return m_database.cached(sql.c_str())
        .bind(plan, fromNumber, BatchState::Settled, limit)
        .all(batchRow);
}

Result<void> PlanTable::markStarted(const PlanId& plan, std::span<const std::uint64_t> batches)
{
    const auto planNumber = numberOf(plan);
    if (!planNumber)
        return Failure(planNumber.error());
    for (const std::uint64_t number : batches) {
        HEADGATE_TRY(m_database
                         .cached("UPDATE batches SET status = ? WHERE plan = ? AND number = ? AND "
                                 "status < ?")
                         .bind(BatchState::Started, *planNumber, number, BatchState::Settled)
                         .run());
        if (m_database.changes() != 1)
            return planDefect("state.batch.closed",
                              Text::tr("Batch %1 is unknown or settled").arg(number), plan);
    }
    return {};
}

Result<void> PlanTable::settle(std::span<const Settlement> group)
{
    const PlanId* plan = nullptr;
    std::int64_t number = 0;
    for (const Settlement& settlement : group) {
        if (!plan || *plan != settlement.plan) {
            const auto found = numberOf(settlement.plan);
            if (!found)
                return Failure(found.error());
            number = *found;
            plan = &settlement.plan;
        }
        HEADGATE_TRY(settle(number, settlement));
    }
    return {};
}

Result<void> PlanTable::settle(std::int64_t planNumber, const Settlement& settlement)
{
    HEADGATE_TRY(m_database
                     .cached("UPDATE batches SET status = ?, receipt = ?, attempts = ? WHERE "
                             "plan = ? AND number = ? AND status < ?")
                     .bind(settlement.status, settlement.receipt, settlement.attempts, planNumber,
                           settlement.batch, BatchState::Settled)
                     .run());
    if (m_database.changes() != 1)
        return planDefect("state.batch.closed",
                          Text::tr("Batch %1 is unknown or settled").arg(settlement.batch),
                          settlement.plan);
    for (const BatchRow& child : settlement.children)
        HEADGATE_TRY(insertBatch(planNumber, child));
    return {};
}

Result<RunId> PlanTable::runOf(const PlanId& plan)
{
    const auto run = m_database.cached("SELECT run FROM plans WHERE id = ?")
                         .bind(plan)
                         .first([](const Statement& row) { return row.text(0); });
    if (!run)
        return Failure(run.error());
    if (!*run)
        return planDefect("state.plan.unknown", Text::tr("The plan is not in the local state"),
                          plan);
    return **run;
}

} // namespace headgate::state
