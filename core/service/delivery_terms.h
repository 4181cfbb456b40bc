// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "connector/spec_library.h"
#include "project/project.h"
#include "state/state_store.h"

#include <memory>
#include <string>

namespace headgate::service {

/// The sync's batch options narrow what the connector allows.
void narrow(connector::Capabilities& can, const project::BatchOptions& options);

/// StateIdentity::recordKey of a sync.
[[nodiscard]] std::string recordKeyDefinition(const project::Project& project,
                                              const project::SyncDefinition& sync);

/// StateIdentity::account of runs in which an inbox stands in for the account: what it took is not
/// what the account holds, so these states are never compared with, adopted for or sent on to it.
[[nodiscard]] std::string standInAccount(const std::string& accountIdentity);
[[nodiscard]] bool isStandIn(const state::StateIdentity& identity);

/// How a sync, which need not be saved, would deliver: found out without a secret and without
/// sending. Pointers are into the project.
struct ShownDelivery
{
    const project::SyncDefinition* sync = nullptr;
    const project::ModelDefinition* model = nullptr;
    const project::DestinationDefinition* account = nullptr;
    connector::SharedSpec spec;
    std::unique_ptr<connector::Destination> destination; ///< with stand-ins for its secrets
    connector::Capabilities capabilities;                ///< narrowed
    std::string requestValues;                           ///< of every record

    /// A batch of this sync, without records.
    [[nodiscard]] connector::DeliveryBatch emptyBatch(connector::Operation operation) const;
    /// What the operation is made by; null where the connector says none, as coded ones.
    [[nodiscard]] const connector::OperationSpec* specOf(connector::Operation operation) const;
};

} // namespace headgate::service
