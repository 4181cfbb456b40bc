// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/sync_troubles.h"

#include "base/text.h"
#include "data/json_members.h"
#include "plan/batch_items.h"
#include "run/outcome.h"
#include "state/spool.h"

#include <QString>
#include <algorithm>
#include <tuple>

namespace headgate::service {

namespace {

using state::RecordStatus;

constexpr std::uint32_t runsLookedAt = 50;
constexpr std::uint32_t batchesAtOnce = 64;
constexpr std::uint64_t mostBatches = 20'000;

FailedRecord failedRecord(const state::KnownRecord& record)
{
    return {record.keyHash, record.keyText, record.code, record.message, false, {}};
}

std::vector<plan::GateStop> stopsOf(const state::RunRow& run)
{
    std::vector<plan::GateStop> stops;
    const auto list = data::jsonAt(run.reportJson, "/stops");
    const auto elements = list ? data::jsonElements(*list) : std::nullopt;
    for (const std::string_view element : elements.value_or(std::vector<std::string_view>())) {
        const auto code = data::jsonAt(element, "/code");
        const auto message = data::jsonAt(element, "/message");
        if (code && message)
            stops.push_back({data::jsonText(*code), toQString(data::jsonText(*message))});
    }
    return stops;
}

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

} // namespace

TroubleFinder::TroubleFinder(state::StateStore& store, state::StateId state, std::string syncId)
    : m_store(store), m_state(state), m_syncId(std::move(syncId))
{}

Result<SyncTroubles> TroubleFinder::find(const shape::Shape& shape)
{
    auto runs = m_store.runs(m_syncId, runsLookedAt);
    if (!runs)
        return propagate(std::move(runs));
    m_runs = std::move(*runs);
    const auto outstanding = m_store.outstanding(m_state, mostRecords);
    if (!outstanding)
        return Failure(outstanding.error());
    SyncTroubles troubles;
    troubles.partial = outstanding->size() == mostRecords;
    std::vector<FailedRecord> failures;
    std::vector<state::KnownRecord> doubts;
    for (const state::KnownRecord& record : *outstanding) {
        if (record.status == RecordStatus::Rejected || record.status == RecordStatus::Parked)
            failures.push_back(failedRecord(record));
        if (record.status == RecordStatus::InDoubt ||
            record.status == RecordStatus::AwaitingDecision)
            doubts.push_back(record);
    }
    HEADGATE_TRY(findInvalid(failures));
    troubles.failures = groupFailures(failures, shape);
    for (FailureGroup& group : troubles.failures)
        for (FailedRecord& example : group.examples)
            HEADGATE_TRY(findRun(example));
    auto groups = groupDoubts(doubts);
    if (!groups)
        return propagate(std::move(groups));
    troubles.doubts = std::move(*groups);
    auto stopped = findStopped();
    if (!stopped)
        return propagate(std::move(stopped));
    troubles.stopped = std::move(*stopped);
    return troubles;
}

/// Of the newest run that read records: an invalid one is read anew each time.
Result<void> TroubleFinder::findInvalid(std::vector<FailedRecord>& failures)
{
    const auto whole = std::find_if(m_runs.begin(), m_runs.end(), [](const state::RunRow& run) {
        return run.kind == "run" && run.status != state::RunState::Running;
    });
    if (whole == m_runs.end())
        return {};
    state::HistoryFilter filter;
    filter.run = whole->id;
    filter.outcome = "invalid";
    filter.limit = mostRecords;
    filter.bodies = false;
    const auto rows = m_store.findHistory(filter);
    if (!rows)
        return Failure(rows.error());
    for (const state::HistoryRow& row : *rows)
        failures.push_back({row.keyHash, row.keyText, row.code, row.message, true, whole->id});
    return {};
}

Result<void> TroubleFinder::findRun(FailedRecord& record)
{
    for (const state::RunRow& run : m_runs) {
        if (!record.run.empty())
            return {};
        const auto rows = m_store.findHistory(
            {run.id, run::name(run::Outcome::Rejected), record.keyHash, 0, 1, false});
        if (!rows)
            return Failure(rows.error());
        if (!rows->empty())
            record.run = run.id;
    }
    return {};
}

Result<std::map<Hash128, state::HistoryRow>>
TroubleFinder::lastDoubts(const std::vector<state::KnownRecord>& records)
{
    std::map<Hash128, state::HistoryRow> last;
    for (const state::RunRow& run : m_runs) {
        if (last.size() >= records.size())
            break;
        state::HistoryFilter filter;
        filter.run = run.id;
        filter.outcome = run::name(run::Outcome::InDoubt);
        filter.limit = mostRecords;
        filter.bodies = false;
        auto rows = m_store.findHistory(filter);
        if (!rows)
            return Failure(rows.error());
        for (state::HistoryRow& row : *rows)
            last.emplace(row.keyHash, std::move(row));
    }
    return last;
}

Result<std::vector<DoubtGroup>>
TroubleFinder::groupDoubts(const std::vector<state::KnownRecord>& records)
{
    if (records.empty())
        return std::vector<DoubtGroup>();
    const auto last = lastDoubts(records);
    if (!last)
        return Failure(last.error());
    std::map<std::tuple<bool, std::string, std::string>, DoubtGroup> groups;
    for (const state::KnownRecord& record : records) {
        const auto found = last->find(record.keyHash);
        const state::HistoryRow row = found != last->end() ? found->second : state::HistoryRow();
        const bool asks = record.status == RecordStatus::AwaitingDecision;
        DoubtGroup& group = groups[std::tuple(!asks, row.run, row.message)];
        if (group.count++ == 0) {
            group.run = row.run;
            group.at = row.at;
            group.message = row.message;
            group.asks = asks;
            const auto whole = m_store.historyRow(row.number);
            if (!whole)
                return Failure(whole.error());
            group.request = *whole ? firstLine((*whole)->request) : std::string();
        }
        if (group.examples.size() < DoubtGroup::mostExamples) {
            group.examples.push_back(failedRecord(record));
            if (group.examples.back().keyText.empty())
                group.examples.back().keyText = row.keyText;
        }
        group.records.push_back(record.keyHash);
    }
    std::vector<DoubtGroup> sorted;
    for (auto& entry : groups)
        sorted.push_back(std::move(entry.second));
    return sorted;
}

Result<std::optional<StoppedPlan>> TroubleFinder::findStopped()
{
    const auto plan = m_store.openPlan(m_state);
    if (!plan)
        return Failure(plan.error());
    if (!*plan || (*plan)->status != state::PlanState::Stopped)
        return std::nullopt;
    StoppedPlan stopped;
    stopped.id = (*plan)->id;
    stopped.run = (*plan)->run;
    stopped.created = (*plan)->created;
    stopped.counts = plan::planCountsFromJson((*plan)->countsJson).value_or(plan::PlanCounts());
    for (const state::RunRow& run : m_runs)
        if (run.id == stopped.run)
            stopped.stops = stopsOf(run);
    HEADGATE_TRY(addSamples(**plan, stopped));
    return stopped;
}

Result<void> TroubleFinder::addSamples(const state::PlanRow& plan, StoppedPlan& stopped)
{
    auto spool = state::SpoolReader::open(plan.spoolPath);
    if (!spool)
        return Failure(spool.error());
    std::map<plan::Category, std::size_t> taken;
    for (std::uint64_t from = 0; from < mostBatches;) {
        const auto batches = m_store.openBatches(plan.id, from, batchesAtOnce);
        if (!batches)
            return Failure(batches.error());
        if (batches->empty())
            return {};
        for (const state::BatchRow& batch : *batches)
            for (const plan::BatchItem& item : plan::unpackItems(batch.items)) {
                if (item.removesOldMatch ||
                    taken[item.category]++ >= StoppedPlan::samplesPerCategory)
                    continue;
                auto records = (*spool)->read(item.offset, 1);
                if (!records)
                    return Failure(records.error());
                state::SpoolRecord& record = records->front();
                stopped.samples.push_back({item.category,
                                           batch.operation,
                                           record.keyText,
                                           record.match.text,
                                           record.payload,
                                           {},
                                           record.match.kind,
                                           record.previousMatch,
                                           record.requestValues});
            }
        from = batches->back().number + 1;
    }
    return {};
}

} // namespace headgate::service
