// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/state_store.h"

namespace headgate::state {

const char* name(RunState state)
{
    switch (state) {
    case RunState::Running:
        return "running";
    case RunState::Succeeded:
        return "succeeded";
    case RunState::Partial:
        return "partial";
    case RunState::Failed:
        return "failed";
    case RunState::Stopped:
        return "stopped";
    case RunState::Cancelled:
        return "cancelled";
    case RunState::Interrupted:
        return "interrupted";
    }
    return "unknown";
}

const char* name(RecordStatus status)
{
    switch (status) {
    case RecordStatus::Settled:
        return "settled";
    case RecordStatus::Rejected:
        return "rejected";
    case RecordStatus::Parked:
        return "parked";
    case RecordStatus::SkippedAlways:
        return "skipped_always";
    case RecordStatus::SkippedOnce:
        return "skipped_once";
    case RecordStatus::InDoubt:
        return "in_doubt";
    case RecordStatus::AwaitingDecision:
        return "awaiting_decision";
    case RecordStatus::Invalid:
        return "invalid";
    case RecordStatus::Purged:
        return "purged";
    }
    return "unknown";
}

} // namespace headgate::state
