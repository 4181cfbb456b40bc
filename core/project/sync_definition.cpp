// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/sync_definition.h"

namespace headgate::project {

const char* name(SyncMode mode)
{
    switch (mode) {
    case SyncMode::Upsert:
        return "upsert";
    case SyncMode::Update:
        return "update";
    case SyncMode::Insert:
        return "insert";
    case SyncMode::Mirror:
        return "mirror";
    case SyncMode::Replace:
        return "replace";
    case SyncMode::Append:
        return "append";
    case SyncMode::Delete:
        return "delete";
    }
    return "upsert";
}

const char* name(DeleteBehaviour behaviour)
{
    switch (behaviour) {
    case DeleteBehaviour::Nothing:
        return "nothing";
    case DeleteBehaviour::Clear:
        return "clear";
    case DeleteBehaviour::Archive:
        return "archive";
    case DeleteBehaviour::Delete:
        return "delete";
    }
    return "nothing";
}

const char* name(RelatedKind kind)
{
    switch (kind) {
    case RelatedKind::ToMany:
        return "to-many";
    case RelatedKind::ToOne:
        return "to-one";
    }
    return "to-many";
}

const char* name(InDoubtPolicy policy)
{
    switch (policy) {
    case InDoubtPolicy::Ask:
        return "ask";
    case InDoubtPolicy::Resend:
        return "resend";
    case InDoubtPolicy::Skip:
        return "skip";
    }
    return "ask";
}

std::optional<SyncMode> syncModeFromName(std::string_view text)
{
    for (const SyncMode mode :
         {SyncMode::Upsert, SyncMode::Update, SyncMode::Insert, SyncMode::Mirror, SyncMode::Replace,
          SyncMode::Append, SyncMode::Delete}) {
        if (text == name(mode))
            return mode;
    }
    return std::nullopt;
}

} // namespace headgate::project
