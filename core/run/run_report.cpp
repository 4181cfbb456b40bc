// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_report.h"

namespace headgate::run {

namespace {

data::JsonNode reasonsJson(const std::vector<ReasonCount>& reasons)
{
    data::JsonNode list = data::JsonNode::array();
    for (const ReasonCount& reason : reasons)
        list.push_back({{"code", reason.code},
                        {"message", reason.message},
                        {"count", reason.count},
                        {"example", reason.example}});
    return list;
}

data::JsonNode outcomesJson(const OutcomeCounts& outcomes)
{
    data::JsonNode json = data::JsonNode::object();
    for (const Outcome outcome : {Outcome::Successful, Outcome::Unconfirmed, Outcome::Rejected,
                                  Outcome::InDoubt, Outcome::Skipped, Outcome::Pending})
        json[name(outcome)] = outcomes[outcome];
    return json;
}

data::JsonNode stopsJson(const std::vector<plan::GateStop>& stops)
{
    data::JsonNode list = data::JsonNode::array();
    for (const plan::GateStop& stop : stops)
        list.push_back({{"code", stop.code}, {"message", stop.message.toStdString()}});
    return list;
}

data::JsonNode samplesJson(const std::vector<plan::PlanSample>& samples)
{
    data::JsonNode list = data::JsonNode::array();
    for (const plan::PlanSample& sample : samples)
        list.push_back({{"category", plan::name(sample.category)},
                        {"operation", sample.operation},
                        {"key", sample.keyText},
                        {"match", sample.match},
                        {"payload", sample.payload},
                        {"previous_payload", sample.previousPayload}});
    return list;
}

} // namespace

const char* name(RunKind kind)
{
    switch (kind) {
    case RunKind::Run:
        return "run";
    case RunKind::DryRun:
        return "dry_run";
    case RunKind::Limit:
        return "limit";
    case RunKind::Push:
        return "push";
    case RunKind::Baseline:
        return "baseline";
    case RunKind::Retry:
        return "retry";
    }
    return "run";
}

bool isAdHoc(RunKind kind)
{
    return kind == RunKind::Limit || kind == RunKind::Push;
}

bool RunReport::addsUp() const
{
    return planned.addUp() &&
           (stops.empty() && kind != RunKind::DryRun ? planned.sent() == outcomes.sum() : true);
}

int exitCodeOf(const RunReport& report)
{
    if (report.error)
        return exitCode(report.error->kind);
    if (!report.stops.empty() && report.kind != RunKind::DryRun)
        return exitCode(ErrorKind::Gate);
    const bool unfinished = report.outcomes[Outcome::Rejected] > 0 ||
                            report.outcomes[Outcome::InDoubt] > 0 ||
                            report.outcomes[Outcome::Pending] > 0;
    const bool troubled = report.planned[plan::Category::Invalid] > 0 || report.parked > 0 ||
                          report.paused > 0 || report.inDoubt > 0;
    return (unfinished && report.kind != RunKind::DryRun) || troubled ? 1 : 0;
}

state::RunState stateOf(const RunReport& report, bool cancelled)
{
    if (cancelled)
        return state::RunState::Cancelled;
    if (report.error)
        return state::RunState::Failed;
    if (!report.stops.empty() && report.kind != RunKind::DryRun)
        return state::RunState::Stopped;
    return report.exitCode == 0 ? state::RunState::Succeeded : state::RunState::Partial;
}

data::JsonNode toJson(const Error& error)
{
    data::JsonNode context = data::JsonNode::array();
    for (const QString& part : error.context)
        context.push_back(part.toStdString());
    return {{"kind", headgate::name(error.kind)},
            {"code", error.code},
            {"message", error.message.toStdString()},
            {"detail", error.detail.toStdString()},
            {"context", context}};
}

data::JsonNode toJson(const RunReport& report)
{
    data::JsonNode planned = data::JsonNode::parse(plan::toJson(report.planned));
    data::JsonNode durations = data::JsonNode::object();
    for (const auto& [phase, duration] : report.durations)
        durations[phase] = duration.count();
    data::JsonNode notes = data::JsonNode::array();
    for (const QString& note : report.notes)
        notes.push_back(note.toStdString());
    data::JsonNode json = {{"run", report.run},
                           {"sync", report.sync},
                           {"name", report.syncName},
                           {"target", report.target},
                           {"kind", name(report.kind)},
                           {"state", state::name(report.state)},
                           {"exit_code", report.exitCode},
                           {"started", toIso(report.started)},
                           {"ended", toIso(report.ended)},
                           {"milliseconds", durations},
                           {"plan", report.plan},
                           {"planned", planned},
                           {"outcomes", outcomesJson(report.outcomes)},
                           {"resumed", report.resumed},
                           {"parked", report.parked},
                           {"paused", report.paused},
                           {"in_doubt", report.inDoubt},
                           {"requests", report.requests},
                           {"stops", stopsJson(report.stops)},
                           {"rejections", reasonsJson(report.rejections)},
                           {"invalid", reasonsJson(report.invalid)},
                           {"absent_keys", report.absentKeys},
                           {"notes", notes},
                           {"samples", samplesJson(report.samples)}};
    if (report.resumesAt)
        json["resumes_at"] = toIso(*report.resumesAt);
    if (report.error)
        json["error"] = toJson(*report.error);
    return json;
}

} // namespace headgate::run
