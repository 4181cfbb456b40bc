// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"
#include "plan/plan.h"
#include "run/outcome.h"
#include "state/state_store.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headgate::run {

enum class RunKind
{
    Run,
    DryRun,   ///< plans and shows; moves nothing
    Limit,    ///< the first N records, really sent
    Push,     ///< chosen keys, really sent
    Baseline, ///< marks as delivered without sending
    Retry     ///< refused records now, without their pauses
};

[[nodiscard]] const char* name(RunKind kind);
/// Limit and Push: they never infer removals, move a cursor or count for the SLA (semantics 13).
[[nodiscard]] bool isAdHoc(RunKind kind);

/// Records that fell out for one reason, with the first of them.
struct ReasonCount
{
    std::string code;
    std::string message;
    std::string example; ///< key text
    std::uint64_t count = 0;
};

/// One request and its answer as people see them: secrets masked, what is very long cut.
struct ShownExchange
{
    std::string request; ///< request line, headers, body
    std::string answer;  ///< status, headers, body; empty where no whole answer came
    int status = 0;      ///< 0: no whole answer came
    std::string failure; ///< http::name(Transport) where no whole answer came
    Milliseconds duration{0};
};

/// What a run did; the same value in window, command line and history.
struct RunReport
{
    state::RunId run;
    std::string sync; ///< slug
    std::string syncName;
    std::string target;
    RunKind kind = RunKind::Run;
    state::RunState state = state::RunState::Running;
    int exitCode = 0;
    WallTime started;
    WallTime ended;
    std::map<std::string, Milliseconds> durations; ///< "resume", "plan", "deliver"

    state::PlanId plan; ///< empty: none was made
    plan::PlanCounts planned;
    OutcomeCounts outcomes;
    std::uint64_t resumed = 0; ///< records of an earlier run that this one settled
    std::uint64_t parked = 0;  ///< of the held ones
    std::uint64_t paused = 0;  ///< of the held ones: refused before, their pause is not over
    std::uint64_t inDoubt = 0; ///< or await a decision, also of earlier runs
    std::uint64_t requests = 0;
    std::vector<plan::GateStop> stops;
    std::vector<ReasonCount> rejections;
    std::vector<ReasonCount> invalid;
    std::vector<std::string> absentKeys; ///< asked for, and no record was read that has them
    std::vector<QString> notes; ///< for people: what the destination or driver cannot say, ...
    std::vector<plan::PlanSample> samples;
    /// Of RunKind::Push: the first exchanges of it, retries too. Neither stored nor in toJson().
    std::vector<ShownExchange> exchanges;
    std::optional<WallTime> resumesAt;
    std::optional<Error> error;

    /// Both equations of the design's Run.
    [[nodiscard]] bool addsUp() const;
};

/// By the design's table of exit codes. `stopped` are gates.
[[nodiscard]] int exitCodeOf(const RunReport& report);
[[nodiscard]] state::RunState stateOf(const RunReport& report, bool cancelled);

/// The document of resources/schema/output/run.schema.json.
[[nodiscard]] data::JsonNode toJson(const RunReport& report);
[[nodiscard]] data::JsonNode toJson(const Error& error);

} // namespace headgate::run
