// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run_rows.h"

namespace headgate::cli {

data::JsonNode runRowMembers(const state::RunRow& run)
{
    data::JsonNode counts = data::JsonNode::object();
    for (const auto& [what, count] : run.counts)
        counts[what] = count;
    data::JsonNode members = {{"run", run.id},
                              {"kind", run.kind},
                              {"state", state::name(run.status)},
                              {"exit_code", run.exitCode},
                              {"started", toIso(run.started)},
                              {"counts", counts}};
    if (run.ended)
        members["ended"] = toIso(*run.ended);
    return members;
}

data::JsonNode historyRowMembers(const state::HistoryRow& record)
{
    return {{"at", toIso(record.at)},           {"key", record.keyText},
            {"key_hash", record.keyHash.hex()}, {"category", record.category},
            {"outcome", record.outcome},        {"code", record.code},
            {"message", record.message},        {"rows", record.row},
            {"payload", record.payload},        {"request", record.request},
            {"answer", record.answer}};
}

data::JsonNode knownRecordMembers(const state::KnownRecord& record)
{
    data::JsonNode members = {{"key", record.keyText},
                              {"key_hash", record.keyHash.hex()},
                              {"status", state::name(record.status)},
                              {"delivered", record.delivered},
                              {"attempts", record.attempts},
                              {"code", record.code},
                              {"message", record.message}};
    if (record.retryAt)
        members["retry_at"] = toIso(*record.retryAt);
    return members;
}

} // namespace headgate::cli
