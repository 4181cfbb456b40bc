// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "simulation/scenario.h"
#include "simulation/trace.h"

#include <functional>
#include <map>
#include <string>

namespace headgate::simulation {

/// I3, held for each single application of a record by the server and not for its keys alone: what
/// was answered is not applied again; what was not is repeated only under the key of its frozen
/// batch until it is planned anew; and a creation only where the scenario takes that risk.
class RepeatRule
{
public:
    struct Application
    {
        Hash128 fingerprint;
        std::string operation;
        std::string match;
        std::string idempotencyKey;
    };

    RepeatRule(const Scenario& scenario, Trace& trace) : m_scenario(scenario), m_trace(trace) {}

    /// A process begins: of an answer that was not committed nobody knows any more.
    void onProcessBegun();
    /// A plan with batches of its own, and so with keys of its own.
    void onPlanned(const std::string& plan);
    /// `record` is its key in the model; removals are none of these.
    void onApplied(const std::string& record, Application application);
    /// A whole answer says that the record is there.
    void onAnswered(const std::string& record, const Hash128& fingerprint);
    /// An answer asks for the record once more, in a batch without the others.
    void onPutOff(const std::string& record);
    /// The state has it as delivered, durably, by an answer; under the match value for which `is`
    /// holds. While that is an older one, which a Mirror has still to remove, it may go again.
    void onCommitted(const Hash128& fingerprint,
                     const std::function<bool(const std::string& match)>& is);

    /// Of a mode that creates.
    [[nodiscard]] bool wasCreated(const std::string& record) const
    {
        return m_scenario.creates() && m_last.contains(record);
    }

private:
    enum class Word
    {
        None,
        Given,    ///< to the process that runs
        Committed ///< and in its state
    };
    struct Last
    {
        Application application; ///< without a key: any one may follow
        Word word = Word::None;
    };
    void checkRepeat(const std::string& record, const Last& last, const Application& now);

    const Scenario& m_scenario;
    Trace& m_trace;
    std::string m_plan;
    std::map<std::string, Last> m_last;        ///< by record
    std::map<Hash128, std::string> m_recordOf; ///< by fingerprint
};

} // namespace headgate::simulation
