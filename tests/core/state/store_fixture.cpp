// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include "base/text.h"

namespace headgate::state {

StoreTest::StoreTest()
{
    reopen();
}

void StoreTest::reopen()
{
    m_store.reset();
    m_store = valueOf(StateStore::open(folder(), m_clock, m_random));
}

std::string StoreTest::folder() const
{
    return m_temporary.path().toStdString() + "/state";
}

StateIdentity sampleIdentity(const std::string& syncId)
{
    return {"project", "production", syncId, "iterable:acme", "user", "customer_id v1"};
}

Hash128 hashOf(std::uint64_t seed)
{
    return fastHash("key " + std::to_string(seed));
}

KnownRecord plainRecord(std::uint64_t seed)
{
    KnownRecord record;
    record.keyHash = hashOf(seed);
    record.delivered = true;
    record.fingerprint = fastHash("fingerprint " + std::to_string(seed));
    record.matchHash = fastHash("match " + std::to_string(seed));
    record.leaves = "12345678";
    return record;
}

KnownRecord fullRecord(std::uint64_t seed)
{
    const std::string text = std::to_string(seed);
    KnownRecord record = plainRecord(seed);
    record.unconfirmed = true;
    record.status = RecordStatus::Rejected;
    record.triedFingerprint = fastHash("tried " + text);
    record.match = std::string("t\0\0\0\5ann", 8) + text;
    record.alsoUnder = {"tbob" + text, "", "tcid" + text};
    record.keyText = "customer " + text;
    record.attempts = 3;
    record.retryAt = WallTime(Milliseconds(1'700'000'000'000 + static_cast<std::int64_t>(seed)));
    record.leaves = std::string("\0\1\2\3\4\5\6\7", 8);
    record.eventTime = data::Value(data::ValueKind::TimestampTz, "2026-01-01T00:00:00+00:00");
    record.code = "invalid_email";
    record.message = "'\xFF' is no e-mail address";
    return record;
}

RecordChange replacing(const KnownRecord& record)
{
    return {record, ChangeKind::Replace};
}

BatchRow sampleBatch(const PlanId& plan, std::uint64_t number)
{
    BatchRow batch;
    batch.plan = plan;
    batch.number = number;
    batch.operation = "upsert";
    batch.idempotencyKey = "key-" + std::to_string(number);
    batch.count = 2;
    batch.items = std::string("\0\1items", 7);
    return batch;
}

RunRow sampleRun(const RunId& id, StateId state, const std::string& syncId)
{
    RunRow run;
    run.id = id;
    run.state = state;
    run.syncId = syncId;
    run.syncName = "Recently viewed";
    run.target = "production";
    run.started = WallTime(Milliseconds(1'767'225'600'000));
    run.kind = "run";
    return run;
}

HistoryRow sampleHistory(const RunId& run, std::uint64_t seed, const std::string& outcome)
{
    HistoryRow row;
    row.run = run;
    row.keyHash = hashOf(seed);
    row.keyText = "customer " + std::to_string(seed);
    row.category = "added";
    row.outcome = outcome;
    row.at = WallTime(Milliseconds(1'767'225'600'000));
    return row;
}

bool same(const KnownRecord& a, const KnownRecord& b)
{
    return a.keyHash == b.keyHash && a.delivered == b.delivered && a.unconfirmed == b.unconfirmed &&
           a.status == b.status && a.fingerprint == b.fingerprint &&
           a.triedFingerprint == b.triedFingerprint && a.matchHash == b.matchHash &&
           a.match == b.match && a.alsoUnder == b.alsoUnder && a.keyText == b.keyText &&
           a.attempts == b.attempts && a.retryAt == b.retryAt && a.leaves == b.leaves &&
           a.eventTime == b.eventTime && a.code == b.code && a.message == b.message;
}

std::vector<KnownRecord> scanAll(StateStore& store, StateId id)
{
    std::vector<KnownRecord> records;
    const auto scan = valueOf(store.scan(id));
    KnownRecord record;
    while (scan && valueOf(scan->next(record)))
        records.push_back(record);
    return records;
}

} // namespace headgate::state
