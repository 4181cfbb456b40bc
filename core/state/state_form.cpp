// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/database_form.h"

#include <array>

namespace headgate::state {

namespace {

constexpr std::int32_t stateApplicationId = 0x48475354; // "HGST"

constexpr std::int64_t firstReleasedVersion = 3;
constexpr const char* stateVersion3 = R"(
CREATE TABLE meta(
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE states(
    id INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    target TEXT NOT NULL,
    sync TEXT NOT NULL,
    account TEXT NOT NULL,
    object TEXT NOT NULL,
    record_key TEXT NOT NULL,
    created INTEGER NOT NULL,
    last_run INTEGER,
    cursor TEXT NOT NULL DEFAULT '',
    definition_hash TEXT NOT NULL DEFAULT '',
    fingerprint_version TEXT NOT NULL DEFAULT '',
    baseline INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    delivered INTEGER NOT NULL DEFAULT 0,
    unconfirmed INTEGER NOT NULL DEFAULT 0,
    records_digest INTEGER NOT NULL DEFAULT 0,
    row_digest INTEGER NOT NULL,
    UNIQUE(project, target, sync, account, object, record_key)
) STRICT;

CREATE TABLE record_blocks(
    number INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,
    first BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_blocks_in_order ON record_blocks(state, first);

CREATE TABLE outstanding_records(
    state INTEGER NOT NULL,
    status INTEGER NOT NULL,
    key_hash BLOB NOT NULL,
    PRIMARY KEY(state, status, key_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE leases(
    name TEXT NOT NULL PRIMARY KEY,
    epoch INTEGER NOT NULL,
    held INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    expires_steady INTEGER NOT NULL,
    host TEXT NOT NULL,
    space TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start TEXT NOT NULL,
    boot TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plans(
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state INTEGER REFERENCES states(id),
    run TEXT NOT NULL,
    status INTEGER NOT NULL,
    created INTEGER NOT NULL,
    spool TEXT NOT NULL,
    definition_hash TEXT NOT NULL,
    new_cursor TEXT NOT NULL,
    counts TEXT NOT NULL,
    removals INTEGER NOT NULL,
    complete_read INTEGER NOT NULL,
    ad_hoc INTEGER NOT NULL
) STRICT;
CREATE INDEX plans_open ON plans(state, number) WHERE status IN (1, 2);

CREATE TABLE batches(
    plan INTEGER NOT NULL REFERENCES plans(number) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    parent INTEGER,
    operation TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    count INTEGER NOT NULL,
    items BLOB NOT NULL,
    status INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    body_hash TEXT NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY(plan, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs(
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state INTEGER REFERENCES states(id),
    sync TEXT NOT NULL,
    sync_name TEXT NOT NULL,
    target TEXT NOT NULL,
    plan TEXT NOT NULL,
    status INTEGER NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER,
    kind TEXT NOT NULL,
    report TEXT NOT NULL,
    exit_code INTEGER NOT NULL,
    progress TEXT NOT NULL,
    lease TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    host TEXT NOT NULL,
    space TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start TEXT NOT NULL,
    boot TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_sync ON runs(sync, started);
CREATE INDEX runs_running ON runs(sync) WHERE status = 0;

CREATE TABLE run_counts(
    run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY(run, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE bodies(
    number INTEGER PRIMARY KEY,
    packed INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE history(
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
    key_hash BLOB,
    key_text TEXT NOT NULL,
    category TEXT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    source TEXT NOT NULL,
    payload TEXT NOT NULL,
    request INTEGER,
    answer INTEGER,
    at INTEGER NOT NULL,
    keep INTEGER NOT NULL,
    size INTEGER NOT NULL
) STRICT;
CREATE INDEX history_by_record ON history(run, key_hash);

CREATE TABLE cancels(
    run TEXT NOT NULL PRIMARY KEY,
    asked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)";

constexpr std::array stateScripts = {stateVersion3};

} // namespace

DatabaseForm stateForm()
{
    return {stateApplicationId, stateScripts, firstReleasedVersion};
}

} // namespace headgate::state
