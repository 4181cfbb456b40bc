// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "connector/destination.h"
#include "plan/batch_items.h"
#include "plan/external_sorter.h"
#include "state/state_store.h"

#include <vector>

namespace headgate::plan {

/// A record that goes to the destination.
struct SendEntry
{
    connector::Operation operation = connector::Operation::Upsert;
    bool removal =
        false; ///< after every write: a re-keyed record is added before its old is removed
    std::uint32_t size = 0; ///< bytes that it adds to its request's body
    /// Within its operation; below 2^56. Where it says nothing, the place in the spool counts.
    std::uint64_t order = 0;
    BatchItem item;

    [[nodiscard]] std::uint64_t sortPrefix() const
    {
        return std::uint64_t(removal) << 63 | std::uint64_t(operation) << 56 | order;
    }
    bool operator<(const SendEntry& other) const
    {
        if (removal != other.removal)
            return other.removal;
        if (operation != other.operation)
            return operation < other.operation;
        return order != other.order ? order < other.order : item.offset < other.item.offset;
    }
};

/// Brings the records of a plan into the order of sending and cuts them into frozen batches: one
/// operation each, within the limits of count and bytes, every batch with an idempotency key of its
/// own.
class BatchCutter
{
public:
    BatchCutter(std::string scratchDirectory, const connector::Capabilities& limits,
                std::size_t envelopeBytes, state::PlanId plan, Random& random);

    [[nodiscard]] Result<void> add(const SendEntry& entry) { return m_entries.add(entry); }
    [[nodiscard]] Result<void> finishAdding() { return m_entries.finish(); }
    /// At most `most` batches, and none after so many records; nothing at the end.
    [[nodiscard]] Result<std::vector<state::BatchRow>> cut(std::size_t most, std::uint64_t records);
    [[nodiscard]] std::uint64_t batches() const { return m_number; }
    [[nodiscard]] std::uint64_t bytes() const { return m_totalBytes; }

private:
    [[nodiscard]] bool fits(const SendEntry& entry) const;
    [[nodiscard]] state::BatchRow close();

    ExternalSorter<SendEntry> m_entries;
    connector::Capabilities m_limits;
    std::size_t m_envelopeBytes;
    state::PlanId m_plan;
    Random& m_random;
    std::vector<BatchItem> m_items;
    SendEntry m_first;
    std::size_t m_bytes = 0;
    std::uint64_t m_number = 0;
    std::uint64_t m_totalBytes = 0;
};

} // namespace headgate::plan
