// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/gates.h"

#include "base/text.h"

namespace headgate::plan {

namespace {

QString percent(double share)
{
    return QString::number(share * 100, 'f', 1) + QStringLiteral(" %");
}

double shareOf(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The removals of one period against what was delivered when it began.
bool removesTooMuch(const project::Gates& gates, std::uint64_t removed, std::uint64_t delivered)
{
    return removed >= gates.removedMinimum && shareOf(removed, delivered) > gates.removedShare;
}

void checkRemoved(const project::Gates& gates, const GateInput& input, std::vector<GateStop>& stops)
{
    const std::uint64_t removed = input.counts[Category::Removed];
    if (removed == 0)
        return;
    if (removesTooMuch(gates, removed, input.deliveredBefore)) {
        stops.push_back(
            {"gate.removed",
             Text::tr("%1 of %2 delivered records (%3) would be removed; the limit is %4.")
                 .arg(removed)
                 .arg(input.deliveredBefore)
                 .arg(percent(shareOf(removed, input.deliveredBefore)),
                      percent(gates.removedShare))});
        return;
    }
    const std::uint64_t inADay = removed + input.removedLastDay;
    if (input.removedLastDay > 0 && removesTooMuch(gates, inADay, input.deliveredDayBefore))
        stops.push_back({"gate.removed_day",
                         Text::tr("With this run %1 of %2 records (%3) would be removed within 24 "
                                  "hours; the limit is %4.")
                             .arg(inADay)
                             .arg(input.deliveredDayBefore)
                             .arg(percent(shareOf(inADay, input.deliveredDayBefore)),
                                  percent(gates.removedShare))});
}

void checkChanged(const project::Gates& gates, const GateInput& input, std::vector<GateStop>& stops)
{
    if (input.declaredFull || input.wholeSet || !input.complete)
        return;
    const std::uint64_t changed = input.counts[Category::Changed] + input.counts[Category::Rekeyed];
    if (shareOf(changed, input.counts.read) > gates.changedShare)
        stops.push_back(
            {"gate.changed",
             Text::tr("%1 of %2 records (%3) would be sent again as changed; the limit is "
                      "%4. If the shape was changed on purpose, confirm the plan.")
                 .arg(changed)
                 .arg(input.counts.read)
                 .arg(percent(shareOf(changed, input.counts.read)), percent(gates.changedShare))});
}

void checkInvalid(const project::Gates& gates, const GateInput& input, std::vector<GateStop>& stops)
{
    const std::uint64_t invalid = input.counts[Category::Invalid];
    if (shareOf(invalid, input.counts.read) > gates.invalidShare)
        stops.push_back(
            {"gate.invalid",
             Text::tr("%1 of %2 records (%3) are invalid; the limit is %4.")
                 .arg(invalid)
                 .arg(input.counts.read)
                 .arg(percent(shareOf(invalid, input.counts.read)), percent(gates.invalidShare))});
}

void checkRelated(const project::Gates& gates, const RelatedCount& related,
                  std::vector<GateStop>& stops)
{
    if (related.rowsBefore == 0 || related.rows >= related.rowsBefore)
        return;
    const std::uint64_t lost = related.rowsBefore - related.rows;
    if (related.rows == 0 || shareOf(lost, related.rowsBefore) > gates.relatedShrinkShare)
        stops.push_back(
            {"gate.related",
             Text::tr("The related model '%1' has %2 rows; at the last complete read it "
                      "had %3.")
                 .arg(toQString(related.name))
                 .arg(related.rows)
                 .arg(related.rowsBefore)});
}

} // namespace

std::vector<GateStop> gateStops(const project::Gates& gates, const GateInput& input)
{
    std::vector<GateStop> stops;
    if (gates.emptyAfterNonEmpty && input.complete && input.counts.read == 0 &&
        input.deliveredBefore > 0)
        stops.push_back(
            {"gate.empty",
             Text::tr("The model returned no rows, but %1 records were delivered before.")
                 .arg(input.deliveredBefore)});
    checkRemoved(gates, input, stops);
    checkChanged(gates, input, stops);
    checkInvalid(gates, input, stops);
    if (input.complete)
        for (const RelatedCount& related : input.related)
            checkRelated(gates, related, stops);
    return stops;
}

} // namespace headgate::plan
