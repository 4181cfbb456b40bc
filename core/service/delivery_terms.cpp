// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/delivery_terms.h"

#include "data/canonical_key.h"
#include "project/mode_operations.h"

#include <type_traits>

namespace headgate::service {

namespace {

/// No identity of a connector has a space.
constexpr std::string_view standInPrefix = "stand-in for ";

} // namespace

void narrow(connector::Capabilities& can, const project::BatchOptions& options)
{
    const auto smaller = [](auto& limit, auto wanted) {
        if (wanted > 0 && wanted < limit)
            limit = static_cast<std::remove_reference_t<decltype(limit)>>(wanted);
    };
    smaller(can.batchRecords, options.records);
    smaller(can.batchBytes, options.bytes);
    smaller(can.rate.inFlight, options.inFlight);
    for (auto& entry : can.limits) {
        smaller(entry.second.records, options.records);
        smaller(entry.second.bytes, options.bytes);
    }
}

std::string standInAccount(const std::string& accountIdentity)
{
    return std::string(standInPrefix) + accountIdentity;
}

bool isStandIn(const state::StateIdentity& identity)
{
    return identity.account.starts_with(standInPrefix);
}

std::string recordKeyDefinition(const project::Project& project,
                                const project::SyncDefinition& sync)
{
    const project::ModelDefinition* model = project.model(sync.model);
    std::string definition;
    for (const std::string& column :
         sync.recordKey.empty() && model ? model->rowKey : sync.recordKey)
        definition += column + '\n';
    return definition + std::to_string(data::canonicalKeyVersion);
}

connector::DeliveryBatch ShownDelivery::emptyBatch(connector::Operation operation) const
{
    connector::DeliveryBatch batch;
    batch.operation = operation;
    batch.object = sync->object;
    batch.matchField = sync->matching.field;
    if (sync->shape)
        batch.fillOnly = sync->shape->setIfEmptyMembers();
    batch.idempotencyKey = "00000000-0000-4000-8000-000000000000";
    batch.number = 1;
    return batch;
}

const connector::OperationSpec* ShownDelivery::specOf(connector::Operation operation) const
{
    const connector::ObjectSpec* object = spec->findObject(sync->object);
    return object ? object->find(operation, sync->matching.field) : nullptr;
}

} // namespace headgate::service
