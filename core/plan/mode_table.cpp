// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/mode_table.h"

#include "project/mode_operations.h"

namespace headgate::plan {

namespace {

using connector::Operation;
using project::DeleteBehaviour;
using project::SyncMode;

/// Insert, Append and Delete act once per record: what is settled stays settled.
bool actsOnce(SyncMode mode)
{
    return mode == SyncMode::Insert || mode == SyncMode::Append || mode == SyncMode::Delete;
}

Decision write(const ModeOptions& options, Category category)
{
    return {category, project::writeOperation(options.mode), {}};
}

Decision ofUnchanged(const ModeOptions& options)
{
    if (options.mode == SyncMode::Replace || (options.resendAll && !actsOnce(options.mode)))
        return write(options, Category::Changed);
    return {Category::Unchanged, {}, {}};
}

Decision ofRekeyed(const ModeOptions& options)
{
    if (options.mode == SyncMode::Insert || options.mode == SyncMode::Append)
        return {Category::Unchanged, {}, {}};
    if (options.canRename && project::mayRename(options.mode))
        return {Category::Rekeyed, Operation::Rename, {}};
    Decision decision = write(options, Category::Rekeyed);
    if (options.mode == SyncMode::Mirror)
        decision.removeOld = project::removeOperation(options.deleteBehaviour);
    return decision;
}

Decision ofRetried(const ModeOptions& options, bool matchChanged)
{
    Decision decision = matchChanged ? ofRekeyed(options) : write(options, Category::Retried);
    if (decision.operation)
        decision.category = Category::Retried;
    return decision;
}

Decision ofRemoved(const ModeOptions& options)
{
    if (options.mode != SyncMode::Mirror)
        return {};
    const auto operation = project::removeOperation(options.deleteBehaviour);
    return operation ? Decision{Category::Removed, operation, {}} : Decision{};
}

} // namespace

Decision decide(const ModeOptions& options, Situation situation, bool matchChanged)
{
    switch (situation) {
    case Situation::New:
    case Situation::Readded:
        return write(options, Category::Added);
    case Situation::Changed:
        return actsOnce(options.mode) ? Decision{Category::Unchanged, {}, {}}
                                      : write(options, Category::Changed);
    case Situation::Rekeyed:
        return ofRekeyed(options);
    case Situation::Unchanged:
        return ofUnchanged(options);
    case Situation::Removed:
        return ofRemoved(options);
    case Situation::Absent:
        return {};
    case Situation::Invalid:
        return {Category::Invalid, {}, {}};
    case Situation::Filtered:
        return {Category::Filtered, {}, {}};
    case Situation::RetryDue:
        return ofRetried(options, matchChanged);
    case Situation::InDoubt:
        return options.mayRepeat ? ofRetried(options, matchChanged)
                                 : Decision{Category::Held, {}, {}};
    case Situation::RetryPaused:
    case Situation::Parked:
        return options.retryNow ? ofRetried(options, matchChanged)
                                : Decision{Category::Held, {}, {}};
    case Situation::AwaitingDecision:
    case Situation::SkippedAlways:
    case Situation::SkippedOnce:
    case Situation::Purged:
        return {Category::Held, {}, {}};
    }
    return {};
}

} // namespace headgate::plan
