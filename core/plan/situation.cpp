// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/situation.h"

namespace headgate::plan {

namespace {

using state::KnownRecord;
using state::RecordStatus;

Situation ofAbsent(const KnownRecord& known, WallTime now)
{
    switch (known.status) {
    case RecordStatus::Purged:
    case RecordStatus::AwaitingDecision:
    case RecordStatus::SkippedAlways:
    case RecordStatus::Parked:
        return Situation::Absent;
    case RecordStatus::InDoubt:
        return Situation::Removed;
    case RecordStatus::Rejected:
        return mayBeThere(known) && (!known.retryAt || now >= *known.retryAt) ? Situation::Removed
                                                                              : Situation::Absent;
    case RecordStatus::Settled:
    case RecordStatus::SkippedOnce:
    case RecordStatus::Invalid:
        return mayBeThere(known) ? Situation::Removed : Situation::Absent;
    }
    return Situation::Absent;
}

Situation ofDelivered(const Seen& seen, const KnownRecord& known)
{
    const bool matchKnown = known.matchHash != Hash128();
    const bool isRekeyed =
        !known.alsoUnder.empty() || (matchKnown && seen.matchHash != known.matchHash);
    if (isRekeyed && mayBeThere(known))
        return Situation::Rekeyed;
    if (!known.delivered)
        return known.fingerprint == Hash128() ? Situation::New : Situation::Readded;
    return seen.fingerprint != known.fingerprint ? Situation::Changed : Situation::Unchanged;
}

Situation ofValid(const Seen& seen, const KnownRecord& known, WallTime now)
{
    const Situation plain = ofDelivered(seen, known);
    switch (known.status) {
    case RecordStatus::Purged:
        return Situation::Purged;
    case RecordStatus::SkippedAlways:
        return Situation::SkippedAlways;
    case RecordStatus::SkippedOnce:
        return Situation::SkippedOnce;
    case RecordStatus::AwaitingDecision:
        return Situation::AwaitingDecision;
    case RecordStatus::InDoubt:
        return Situation::InDoubt;
    case RecordStatus::Rejected:
        if (plain == Situation::Unchanged || seen.fingerprint != known.triedFingerprint)
            return plain;
        return known.retryAt && now < *known.retryAt ? Situation::RetryPaused : Situation::RetryDue;
    case RecordStatus::Parked:
        if (plain == Situation::Unchanged || seen.fingerprint != known.triedFingerprint)
            return plain;
        return Situation::Parked;
    case RecordStatus::Settled:
    case RecordStatus::Invalid:
        return plain;
    }
    return plain;
}

} // namespace

bool mayBeThere(const KnownRecord& known)
{
    return known.delivered || known.status == RecordStatus::InDoubt || !known.match.empty();
}

Situation situationOf(const std::optional<Seen>& seen, const KnownRecord* known, WallTime now)
{
    if (!seen)
        return known ? ofAbsent(*known, now) : Situation::Absent;
    if (known && known->status == RecordStatus::Purged)
        return Situation::Purged;
    switch (seen->kind) {
    case Seen::Kind::Invalid:
        return Situation::Invalid;
    case Seen::Kind::Filtered:
        return Situation::Filtered;
    case Seen::Kind::Valid:
        return known ? ofValid(*seen, *known, now) : Situation::New;
    }
    return Situation::Invalid;
}

} // namespace headgate::plan
