// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"
#include "http/shown_request.h"
#include "state/state_store.h"

#include <set>
#include <string>
#include <vector>

namespace headgate::service {

/// Which records of a run; what is empty asks nothing.
struct RecordQuery
{
    std::string run;
    std::string outcome; ///< run::name(Outcome), or "invalid"
    std::string key;     ///< as people type it
    std::string after;   ///< RecordPage::next of the page before
    std::uint32_t limit = 200;
    bool bodies = false; ///< with row, payload, request and answer
};

/// What became of a record in a run.
struct RunRecord
{
    std::string place; ///< names it in recordTrace()
    state::HistoryRow row;
};

/// Some of a list that may be long.
struct RecordPage
{
    std::vector<RunRecord> records;
    std::string next; ///< empty: that was the last; a page may be short, or empty, before it
};

/// The way of one record: row, payload, request, answer, as far as they are kept.
struct RecordTrace
{
    state::HistoryRow row;
    http::CurlCommand curl;  ///< no text: the request is not kept, or not whole
    bool cutRequest = false; ///< longer than what is kept of one
};

/// Reads what is kept of runs: failures and what is remarkable from the history, then what was
/// accepted from the run's log. A page costs a bounded time.
class RunHistory
{
public:
    /// `store` outlives it.
    explicit RunHistory(state::StateStore& store) : m_store(store) {}

    /// `keys`: of what is typed in the query's key; empty: all records.
    [[nodiscard]] Result<RecordPage> find(const RecordQuery& query, const std::set<Hash128>& keys);
    /// Error: Usage "history.gone".
    [[nodiscard]] Result<RecordTrace> trace(const std::string& run, const std::string& place);

private:
    [[nodiscard]] Result<void> addHistory(const RecordQuery& query, const std::set<Hash128>& keys,
                                          RecordPage& page);
    [[nodiscard]] Result<void> addAccepted(const RecordQuery& query, const std::set<Hash128>& keys,
                                           RecordPage& page);
    [[nodiscard]] Result<bool> isInHistory(const RecordQuery& query, const Hash128& key);
    [[nodiscard]] Result<WallTime> timeOf(const std::string& run);

    state::StateStore& m_store;
};

enum class RecordFormat
{
    Csv, ///< RFC 4180: UTF-8, CR LF, a header
    JsonLines
};

/// Writes all records of a query, payloads and answers too, into a file beside it that takes its
/// place when it is whole: how many. Error: State "export.write", Cancelled.
[[nodiscard]] Result<std::uint64_t> exportRecords(RunHistory& history, RecordQuery query,
                                                  const std::set<Hash128>& keys,
                                                  RecordFormat format, const std::string& file,
                                                  const StopToken& stop);

} // namespace headgate::service
