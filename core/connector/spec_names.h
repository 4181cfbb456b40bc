// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector_spec.h"

#include <optional>
#include <span>
#include <string_view>

namespace headgate::connector {

/// One word of a spec file for each value of its enums.
template <typename E>
struct EnumName
{
    std::string_view name;
    E value;
};

[[nodiscard]] std::span<const EnumName<Implementation>> enumNames(Implementation);
[[nodiscard]] std::span<const EnumName<FieldKind>> enumNames(FieldKind);
[[nodiscard]] std::span<const EnumName<AuthKind>> enumNames(AuthKind);
[[nodiscard]] std::span<const EnumName<OAuth2Grant>> enumNames(OAuth2Grant);
[[nodiscard]] std::span<const EnumName<ListLayout>> enumNames(ListLayout);
[[nodiscard]] std::span<const EnumName<Operation>> enumNames(Operation);
[[nodiscard]] std::span<const EnumName<ValueForm>> enumNames(ValueForm);
[[nodiscard]] std::span<const EnumName<BodyKind>> enumNames(BodyKind);
[[nodiscard]] std::span<const EnumName<Normalisation>> enumNames(Normalisation);
[[nodiscard]] std::span<const EnumName<NullForm>> enumNames(NullForm);
[[nodiscard]] std::span<const EnumName<ListForm>> enumNames(ListForm);
[[nodiscard]] std::span<const EnumName<Meaning>> enumNames(Meaning);
[[nodiscard]] std::span<const EnumName<Matching>> enumNames(Matching);
[[nodiscard]] std::span<const EnumName<RetryForm>> enumNames(RetryForm);

template <typename E>
[[nodiscard]] std::optional<E> fromName(std::string_view text)
{
    for (const EnumName<E>& entry : enumNames(E{}))
        if (entry.name == text)
            return entry.value;
    return std::nullopt;
}

template <typename E>
[[nodiscard]] std::string_view nameOf(E value)
{
    for (const EnumName<E>& entry : enumNames(E{}))
        if (entry.value == value)
            return entry.name;
    return {};
}

} // namespace headgate::connector
