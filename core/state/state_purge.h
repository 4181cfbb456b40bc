// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/plan_table.h"
#include "state/record_table.h"
#include "state/trace_scrubber.h"

#include <functional>

namespace headgate::state {

struct SpoolRecord;

/// Removes one person from a state folder. Rows of the key go, but for a suppression in each state
/// that knew it (in all of them if none did); texts about others lose the key and the match value;
/// plans not yet delivered that hold the key are discarded, all spools but those of open plans are
/// deleted,
/// and the file is rewritten so that no page keeps old bytes. Nobody else may be writing. Wherever
/// it is cut off, the same again completes it.
class StatePurge
{
public:
    StatePurge(Database& database, RecordTable& records, PlanTable& plans, std::string directory)
        : m_database(database), m_records(records), m_plans(plans),
          m_directory(std::move(directory))
    {}

    /// Rows, plans and texts that were changed. Errors: State "state.purge.unsettled" (a batch with
    /// the key has no answer yet), "state.purge.set_aside" (an old database is still there).
    [[nodiscard]] Result<std::uint64_t> run(const std::string& keyText, const Hash128& keyHash);

private:
    [[nodiscard]] Result<void> requireNothingSetAside() const;
    [[nodiscard]] Result<void> collectTraces(const std::string& keyText);
    [[nodiscard]] bool isOfThePerson(const SpoolRecord& record) const;
    void addTraces(const SpoolRecord& record);
    [[nodiscard]] Result<void> blankRecordsThatNameThePerson();
    [[nodiscard]] Result<void> blankRecordsOfThePerson();
    [[nodiscard]] Result<void> blankRecords(const std::function<bool(const SpoolRecord&)>& drops);
    [[nodiscard]] Result<std::vector<StateId>> statesThatKnow();
    [[nodiscard]] Result<void> suppress(StateId id);
    [[nodiscard]] Result<void> dropHistory(const std::string& keyText);
    [[nodiscard]] Result<void> scrubTable(const char* table, const char* key,
                                          const std::vector<std::string>& columns);
    [[nodiscard]] Result<void> scrubBodies();
    [[nodiscard]] Result<void> discardPlans();
    [[nodiscard]] Result<bool> spoolHolds(const PlanRow& plan);
    [[nodiscard]] Result<void> requireSettled(const PlanRow& plan);
    [[nodiscard]] Result<void> deleteCopies();
    [[nodiscard]] Result<void> rewriteFile();

    Database& m_database;
    RecordTable& m_records;
    PlanTable& m_plans;
    std::string m_directory;
    TraceScrubber m_scrubber;
    std::string m_keyText;
    Hash128 m_keyHash;
    std::uint64_t m_changed = 0;
};

} // namespace headgate::state
