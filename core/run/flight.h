// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "plan/batch_items.h"
#include "state/spool.h"
#include "state/state_store.h"

#include <memory>
#include <vector>

namespace headgate::run {

/// A frozen batch between the spool and its settlement. `records` are views of `frames`, and
/// `batch` holds some of them; hence never copied or moved.
struct Flight
{
    state::BatchRow row;
    std::string frames;
    std::vector<state::SpoolView> records;
    std::vector<plan::BatchItem> items;
    connector::DeliveryBatch batch;
    std::unique_ptr<connector::Exchange> exchange;
    std::optional<http::Request> nextRequest; ///< waits for a slot
    http::Request request;                    ///< the last one that was sent
    http::Answer answer;                      ///< to it
    std::uint64_t requestId = 0;
    std::uint32_t attempts = 0; ///< sends in this run that counted
    SteadyTime notBefore;
    SteadyTime sentAt;
    bool marked = false;       ///< the durable started mark is set
    bool wasInDoubt = false;   ///< counted as in doubt by an earlier run
    bool mayBeApplied = false; ///< an attempt of this run may have been applied

    [[nodiscard]] bool removes() const
    {
        return !items.empty() &&
               (items.front().category == plan::Category::Removed || items.front().removesOldMatch);
    }
};

/// What all batches of a run have in common.
struct BatchTarget
{
    std::string object;
    std::string matchField;
    std::vector<std::string> fillOnly; ///< as in DeliveryBatch
};

/// Reads the batch's records and builds what goes to the destination. Error: State "spool.*".
[[nodiscard]] Result<std::unique_ptr<Flight>>
loadFlight(state::BatchRow row, state::SpoolReader& spool, const BatchTarget& target);

/// Those of the batch's items as a batch of their own, under a key of its own.
[[nodiscard]] state::BatchRow childOf(const Flight& parent, const std::vector<std::size_t>& items,
                                      std::uint64_t number, Random& random);

} // namespace headgate::run
