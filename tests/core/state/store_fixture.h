// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fake_clock.h"
#include "fakes/fake_random.h"
#include "fakes/print_to.h"
#include "state/state_store.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <memory>

namespace headgate::state {

/// A folder that goes with the test, and a store in it.
class StoreTest : public testing::Test
{
protected:
    StoreTest();
    /// Closes and opens the store, as the next process would.
    void reopen();
    [[nodiscard]] std::string folder() const;
    [[nodiscard]] std::string path(const std::string& name) const { return folder() + '/' + name; }

    QTemporaryDir m_temporary;
    fakes::FakeClock m_clock;
    fakes::FakeRandom m_random{7};
    std::unique_ptr<StateStore> m_store;
};

[[nodiscard]] StateIdentity sampleIdentity(const std::string& syncId = "sync");
/// A record whose every member differs from the default.
[[nodiscard]] KnownRecord fullRecord(std::uint64_t seed);
/// Delivered and settled, as most are.
[[nodiscard]] KnownRecord plainRecord(std::uint64_t seed);
[[nodiscard]] Hash128 hashOf(std::uint64_t seed);
[[nodiscard]] RecordChange replacing(const KnownRecord& record);
[[nodiscard]] BatchRow sampleBatch(const PlanId& plan, std::uint64_t number);
[[nodiscard]] RunRow sampleRun(const RunId& id, StateId state, const std::string& syncId = "sync");
[[nodiscard]] HistoryRow sampleHistory(const RunId& run, std::uint64_t seed,
                                       const std::string& outcome);

[[nodiscard]] bool same(const KnownRecord& a, const KnownRecord& b);
[[nodiscard]] std::vector<KnownRecord> scanAll(StateStore& store, StateId id);

/// The value, or a failed test and an empty value.
template <typename T>
T valueOf(Result<T> result)
{
    if (result)
        return std::move(*result);
    ADD_FAILURE() << result.error().code << ": " << result.error().message.toStdString() << " ["
                  << result.error().detail.toStdString() << ']';
    return T();
}

inline void require(const Result<void>& result)
{
    if (!result)
        ADD_FAILURE() << result.error().code << ": " << result.error().message.toStdString() << " ["
                      << result.error().detail.toStdString() << ']';
}

/// The code of a failure; "" where there was none.
template <typename T>
std::string codeOf(const Result<T>& result)
{
    return result ? std::string() : result.error().code;
}

} // namespace headgate::state
