// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/flight.h"

#include "base/text.h"
#include "state/spool_frame.h"

namespace headgate::run {

namespace {

Failure damaged(const state::BatchRow& row)
{
    return fail(
        ErrorKind::State, "state.batch.damaged",
        Text::tr("Batch %1 of plan %2 cannot be read back. Nothing of it was sent; run again "
                 "with --full to plan anew.")
            .arg(row.number)
            .arg(toQString(row.plan)));
}

void buildBatch(Flight& flight, connector::Operation operation, const BatchTarget& target)
{
    flight.batch.operation = operation;
    flight.batch.object = target.object;
    flight.batch.matchField = target.matchField;
    flight.batch.fillOnly = target.fillOnly;
    flight.batch.idempotencyKey = flight.row.idempotencyKey;
    flight.batch.number = flight.row.number;
    flight.batch.records.reserve(flight.records.size());
    for (const state::SpoolView& record : flight.records)
        flight.batch.records.push_back({record.keyText, record.match, record.previousMatch,
                                        record.payload, record.requestValues});
}

} // namespace

Result<std::unique_ptr<Flight>> loadFlight(state::BatchRow row, state::SpoolReader& spool,
                                           const BatchTarget& target)
{
    const auto operation = connector::operationFromName(row.operation);
    auto flight = std::make_unique<Flight>();
    flight->items = plan::unpackItems(row.items);
    if (!operation || flight->items.size() != row.count)
        return damaged(row);
    std::vector<std::size_t> ends;
    ends.reserve(flight->items.size());
    for (const plan::BatchItem& item : flight->items) {
        HEADGATE_TRY(spool.readFrame(item.offset, flight->frames));
        ends.push_back(flight->frames.size());
        if (ends.size() == 1)
            flight->frames.reserve(ends.front() * flight->items.size() * 9 / 8);
    }
    flight->records.reserve(flight->items.size());
    for (std::size_t begin = 0; const std::size_t end : ends) {
        const auto view =
            state::viewFrame(std::string_view(flight->frames).substr(begin, end - begin));
        if (!view)
            return damaged(row);
        flight->records.push_back(*view);
        begin = end;
    }
    flight->row = std::move(row);
    buildBatch(*flight, *operation, target);
    return flight;
}

state::BatchRow childOf(const Flight& parent, const std::vector<std::size_t>& items,
                        std::uint64_t number, Random& random)
{
    std::vector<plan::BatchItem> chosen;
    chosen.reserve(items.size());
    for (const std::size_t index : items)
        chosen.push_back(parent.items[index]);
    state::BatchRow child;
    child.plan = parent.row.plan;
    child.number = number;
    child.parent = parent.row.number;
    child.operation = parent.row.operation;
    child.idempotencyKey = makeUuid(random);
    child.count = static_cast<std::uint32_t>(chosen.size());
    child.items = plan::packItems(chosen);
    return child;
}

} // namespace headgate::run
