// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/repeat_rule.h"

#include <utility>

namespace headgate::simulation {

void RepeatRule::onProcessBegun()
{
    for (auto& [record, last] : m_last)
        if (last.word == Word::Given)
            last.word = Word::None;
}

/// A Replace writes all of it with each plan.
void RepeatRule::onPlanned(const std::string& plan)
{
    if (plan == std::exchange(m_plan, plan))
        return;
    for (auto& [record, last] : m_last) {
        last.application.idempotencyKey.clear();
        if (m_scenario.mode == project::SyncMode::Replace)
            last.word = Word::None;
    }
}

/// Writing it under its match value and giving it that match value are two things.
void RepeatRule::onApplied(const std::string& record, Application application)
{
    m_recordOf[application.fingerprint] = record;
    const auto found = m_last.find(record);
    if (found != m_last.end()) {
        const Application& before = found->second.application;
        const bool sameWrite = before.fingerprint == application.fingerprint &&
                               before.operation == application.operation;
        if (m_scenario.creates() || sameWrite)
            checkRepeat(record, found->second, application);
    }
    m_last[record] = {std::move(application), Word::None};
}

void RepeatRule::checkRepeat(const std::string& record, const Last& last, const Application& now)
{
    const std::string& key = last.application.idempotencyKey;
    if (last.word == Word::Committed)
        m_trace.violation("I3", record + " was applied again, though the state has its answer");
    else if (last.word == Word::Given)
        m_trace.violation("I3", record + " was applied again by the run that had its answer");
    else if (!m_scenario.mayApplyAgain())
        m_trace.violation("I3", record + " was created again, though nobody took that risk");
    else if (!key.empty() && key != now.idempotencyKey)
        m_trace.violation("I3", record + " was applied again under another key");
}

void RepeatRule::onAnswered(const std::string& record, const Hash128& fingerprint)
{
    const auto last = m_last.find(record);
    if (last != m_last.end() && last->second.application.fingerprint == fingerprint)
        last->second.word = Word::Given;
}

void RepeatRule::onPutOff(const std::string& record)
{
    if (const auto last = m_last.find(record); last != m_last.end())
        last->second.application.idempotencyKey.clear();
}

void RepeatRule::onCommitted(const Hash128& fingerprint,
                             const std::function<bool(const std::string& match)>& is)
{
    const auto record = m_recordOf.find(fingerprint);
    if (record == m_recordOf.end())
        return;
    Last& last = m_last.at(record->second);
    if (last.application.fingerprint == fingerprint && is(last.application.match))
        last.word = Word::Committed;
}

} // namespace headgate::simulation
