// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/mode_operations.h"

namespace headgate::project {

using connector::Operation;

Operation writeOperation(SyncMode mode)
{
    switch (mode) {
    case SyncMode::Upsert:
    case SyncMode::Mirror:
        return Operation::Upsert;
    case SyncMode::Update:
        return Operation::Update;
    case SyncMode::Insert:
        return Operation::Insert;
    case SyncMode::Replace:
        return Operation::Replace;
    case SyncMode::Append:
        return Operation::Append;
    case SyncMode::Delete:
        return Operation::Delete;
    }
    return Operation::Upsert;
}

std::optional<Operation> removeOperation(DeleteBehaviour behaviour)
{
    switch (behaviour) {
    case DeleteBehaviour::Nothing:
        return std::nullopt;
    case DeleteBehaviour::Clear:
        return Operation::Clear;
    case DeleteBehaviour::Archive:
        return Operation::Archive;
    case DeleteBehaviour::Delete:
        return Operation::Delete;
    }
    return std::nullopt;
}

bool mayRename(SyncMode mode)
{
    switch (mode) {
    case SyncMode::Upsert:
    case SyncMode::Update:
    case SyncMode::Mirror:
        return true;
    case SyncMode::Insert:
    case SyncMode::Append:
    case SyncMode::Replace:
    case SyncMode::Delete:
        return false;
    }
    return false;
}

} // namespace headgate::project
