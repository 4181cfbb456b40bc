// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/run_world.h"

#include <string>
#include <vector>

namespace headgate::fakes {

/// k0 to k(count-1), matched on their key at example.com.
inline std::vector<shape::ShapedRecord> manyRecords(int count, const std::string& payload = "{}")
{
    std::vector<shape::ShapedRecord> records;
    for (int i = 0; i < count; ++i)
        records.push_back(record("k" + std::to_string(i), payload));
    return records;
}

/// Mirror that deletes.
inline void mirror(RunWorldFixture& world)
{
    world.sync.mode = project::SyncMode::Mirror;
    world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
}

/// The destination applies the request and the connection breaks before its answer.
inline http::Answer appliedWithoutAnswer(FakeSaas& saas, const http::Request& request)
{
    static_cast<void>(saas.handle(request));
    return unanswered(request.body->size());
}

} // namespace headgate::fakes
