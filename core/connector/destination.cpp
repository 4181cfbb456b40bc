// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/destination.h"

#include "connector/spec_names.h"

#include <algorithm>

namespace headgate::connector {

const char* name(Operation operation)
{
    return nameOf(operation).data();
}

std::optional<Operation> operationFromName(std::string_view name)
{
    return fromName<Operation>(name);
}

bool Capabilities::can(Operation operation) const
{
    return std::find(operations.begin(), operations.end(), operation) != operations.end();
}

bool Capabilities::mayRepeat(Operation operation) const
{
    return std::find(repeatable.begin(), repeatable.end(), operation) != repeatable.end();
}

BatchLimits Capabilities::limitsOf(Operation operation) const
{
    const auto found = limits.find(operation);
    return found != limits.end() ? found->second
                                 : BatchLimits{batchRecords, batchBytes, recordBytes};
}

} // namespace headgate::connector
