// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/connector_spec.h"

#include <algorithm>

namespace headgate::connector {

bool PayloadEncoding::isVerbatim() const
{
    return !numbersAsText && !boolsAsText && !objectsAsText && nulls == NullForm::Keep &&
           lists == ListForm::Keep;
}

const OperationSpec* ObjectSpec::find(Operation operation, std::string_view matchField) const
{
    for (const OperationSpec& candidate : operations) {
        const auto& on = candidate.matchOn;
        if (candidate.operation == operation &&
            (on.empty() || std::find(on.begin(), on.end(), matchField) != on.end()))
            return &candidate;
    }
    return nullptr;
}

const MatchField* ObjectSpec::findMatchField(std::string_view fieldName) const
{
    for (const MatchField& field : matchFields)
        if (field.name == fieldName)
            return &field;
    return nullptr;
}

const FormField* ConnectorSpec::findField(std::string_view key) const
{
    for (const FormField& field : account)
        if (field.key == key)
            return &field;
    return nullptr;
}

const ObjectSpec* ConnectorSpec::findObject(std::string_view objectId) const
{
    for (const ObjectSpec& object : objects)
        if (!object.discovered && object.id == objectId)
            return &object;
    for (const ObjectSpec& object : objects)
        if (object.discovered || implementation != Implementation::Declarative)
            return &object;
    return nullptr;
}

} // namespace headgate::connector
