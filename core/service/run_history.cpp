// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/run_history.h"

#include "base/text.h"
#include "plan/category.h"
#include "run/outcome.h"
#include "run/settlement_rules.h"
#include "state/accepted_log.h"
#include "state/spool.h"

#include <charconv>

namespace headgate::service {

namespace {

/// Of a run's log per page: one key among millions is found page by page.
constexpr std::uint32_t lookedAtPerPage = 20'000;
constexpr char historyPlace = 'h';
constexpr char acceptedPlace = 'a';

std::string placeOf(char kind, std::uint64_t number)
{
    return kind + std::to_string(number);
}

std::uint64_t numberOf(const std::string& place)
{
    std::uint64_t number = 0;
    if (place.size() > 1)
        std::from_chars(place.data() + 1, place.data() + place.size(), number);
    return number;
}

bool isPlace(const std::string& place, char kind)
{
    return !place.empty() && place.front() == kind;
}

state::HistoryRow acceptedRow(const std::string& run, WallTime at, state::SpoolRecord& record,
                              bool bodies)
{
    const bool unconfirmed = (record.category & run::unconfirmedBit) != 0;
    state::HistoryRow row;
    row.run = run;
    row.at = at;
    row.keyHash = record.keyHash;
    row.keyText = std::move(record.keyText);
    row.category = plan::name(static_cast<plan::Category>(record.category & ~run::unconfirmedBit));
    row.outcome = run::name(unconfirmed ? run::Outcome::Unconfirmed : run::Outcome::Successful);
    if (bodies) {
        row.row = std::move(record.rows);
        row.payload = std::move(record.payload);
    }
    return row;
}

/// A cut ends at a whole character: up to three bytes before the limit.
bool isCut(const std::string& request)
{
    constexpr std::size_t longestCharacter = 4;
    const auto endsAt = [&](std::size_t most) {
        return request.size() <= most && request.size() + longestCharacter > most;
    };
    return endsAt(run::keptOfExchange) || endsAt(run::keptOfAdHocExchange);
}

bool mayBeAccepted(const std::string& outcome)
{
    return outcome.empty() || outcome == run::name(run::Outcome::Successful) ||
           outcome == run::name(run::Outcome::Unconfirmed);
}

} // namespace

Result<RecordPage> RunHistory::find(const RecordQuery& query, const std::set<Hash128>& keys)
{
    RecordPage page;
    if (!isPlace(query.after, acceptedPlace))
        HEADGATE_TRY(addHistory(query, keys, page));
    if (page.next.empty() && mayBeAccepted(query.outcome))
        HEADGATE_TRY(addAccepted(query, keys, page));
    return page;
}

Result<void> RunHistory::addHistory(const RecordQuery& query, const std::set<Hash128>& keys,
                                    RecordPage& page)
{
    state::HistoryFilter filter;
    filter.run = query.run;
    filter.outcome = query.outcome;
    filter.before = static_cast<std::int64_t>(numberOf(query.after));
    filter.limit = query.limit;
    filter.bodies = query.bodies;
    const auto add = [&]() -> Result<void> {
        auto rows = m_store.findHistory(filter);
        if (!rows)
            return Failure(rows.error());
        for (state::HistoryRow& row : *rows) {
            std::string place = placeOf(historyPlace, static_cast<std::uint64_t>(row.number));
            page.records.push_back({std::move(place), std::move(row)});
        }
        return {};
    };
    if (keys.empty()) {
        HEADGATE_TRY(add());
        if (page.records.size() == query.limit)
            page.next = page.records.back().place;
        return {};
    }
    for (const Hash128& key : keys) {
        filter.keyHash = key;
        HEADGATE_TRY(add());
    }
    return {};
}

Result<void> RunHistory::addAccepted(const RecordQuery& query, const std::set<Hash128>& keys,
                                     RecordPage& page)
{
    const auto at = timeOf(query.run);
    if (!at)
        return Failure(at.error());
    const std::uint64_t from = isPlace(query.after, acceptedPlace) ? numberOf(query.after) : 0;
    std::uint32_t looked = 0;
    Result<void> result;
    HEADGATE_TRY(m_store.scanAcceptedFrom(
        query.run, from, [&](std::uint64_t reference, state::SpoolRecord& record) {
            if (page.records.size() >= query.limit || looked++ == lookedAtPerPage) {
                page.next = placeOf(acceptedPlace, reference);
                return false;
            }
            if (!keys.empty() && !keys.contains(record.keyHash))
                return true;
            state::HistoryRow row = acceptedRow(query.run, *at, record, query.bodies);
            if (!query.outcome.empty() && row.outcome != query.outcome)
                return true;
            const auto listed = isInHistory(query, row.keyHash);
            if (!listed) {
                result = Failure(listed.error());
                return false;
            }
            if (!*listed)
                page.records.push_back({placeOf(acceptedPlace, reference), std::move(row)});
            return true;
        }));
    return result;
}

Result<bool> RunHistory::isInHistory(const RecordQuery& query, const Hash128& key)
{
    const auto rows = m_store.findHistory({query.run, query.outcome, key, 0, 1, false});
    if (!rows)
        return Failure(rows.error());
    return !rows->empty();
}

/// When it ended, or began if it has not; the log of what it accepted keeps no times.
Result<WallTime> RunHistory::timeOf(const std::string& run)
{
    state::RunFilter filter;
    filter.id = run;
    filter.limit = 1;
    const auto runs = m_store.findRuns(filter);
    if (!runs)
        return Failure(runs.error());
    return runs->empty() ? WallTime() : runs->front().ended.value_or(runs->front().started);
}

Result<RecordTrace> RunHistory::trace(const std::string& run, const std::string& place)
{
    RecordTrace trace;
    bool found = false;
    if (isPlace(place, historyPlace)) {
        auto row = m_store.historyRow(static_cast<std::int64_t>(numberOf(place)));
        if (!row)
            return Failure(row.error());
        if (*row) {
            found = true;
            trace.row = std::move(**row);
        }
    } else if (isPlace(place, acceptedPlace)) {
        auto record = m_store.accepted(numberOf(place));
        const auto at = timeOf(run);
        if (!record || !at)
            return Failure(!record ? record.error() : at.error());
        if (*record) {
            found = true;
            trace.row = acceptedRow(run, *at, **record, true);
        }
    }
    if (!found)
        return fail(ErrorKind::Usage, "history.gone",
                    Text::tr("This record is no longer in the history."));
    trace.cutRequest = isCut(trace.row.request);
    if (!trace.cutRequest)
        trace.curl = http::curlOfShown(trace.row.request);
    return trace;
}

} // namespace headgate::service
