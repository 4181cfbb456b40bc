// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inbox/applied_store.h"
#include "inbox/spec_routes.h"

#include <optional>
#include <string>
#include <vector>

namespace headgate::inbox {

/// One record of a request, as the destination would understand it.
struct ReadItem : AppliedItem
{
    std::string trace;      ///< where the connector sends one
    std::string matchField; ///< that `match` was found under; empty: the delivery's
};

/// A request that asks for records to be written, understood.
struct Delivery
{
    const connector::ObjectSpec* object = nullptr;
    const connector::OperationSpec* operation = nullptr;
    std::string objectId;
    std::string matchField;
    std::string idempotencyKey; ///< empty: the request names none
    std::vector<ReadItem> items;
};

/// What the inbox was told about its sender; whatever is empty is found out from the requests.
struct Expectation
{
    SenderAccount account;
    std::string object;
    std::optional<connector::Operation> operation;
    std::string matchField;
};

/// Reads `request`, which fits all of `matches` by method and path, by the route that
/// explains most of its query and body. The items' payloads are views of the request's body,
/// or of the delivery itself where it is not JSON.
/// Error: Destination "inbox.request", naming what is wrong.
[[nodiscard]] Result<Delivery> readDelivery(const std::vector<RouteMatch>& matches,
                                            const HttpRequest& request, const Target& target,
                                            const Expectation& expected);

} // namespace headgate::inbox
