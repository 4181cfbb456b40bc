// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_error.h"

#include <algorithm>

namespace headgate::warehouse {

StatementFault postgresStatementFault(std::string_view sqlState, bool ranOut)
{
    const auto isOneOf = [&](std::initializer_list<std::string_view> states) {
        return std::any_of(states.begin(), states.end(),
                           [&](std::string_view state) { return sqlState.starts_with(state); });
    };
    if (sqlState == "57014")
        return ranOut ? StatementFault::Timeout : StatementFault::Ended;
    if (sqlState.empty() || isOneOf({"57P", "08", "25P03"}))
        return StatementFault::Lost;
    if (isOneOf({"25006"}))
        return StatementFault::ReadOnly;
    if (isOneOf({"42501", "28"}))
        return StatementFault::Permission;
    if (isOneOf({"42P01", "42703", "42883", "42704", "3F", "42P02", "42702"}))
        return StatementFault::UnknownName;
    if (isOneOf({"42", "26", "0A"}))
        return StatementFault::Syntax;
    if (isOneOf({"22", "23"}))
        return StatementFault::Value;
    if (isOneOf({"40", "55P03", "55006"}))
        return StatementFault::Busy;
    if (isOneOf({"53", "54"}))
        return StatementFault::Resources;
    return StatementFault::Other;
}

ConnectFault postgresConnectFault(std::string_view sqlState)
{
    if (sqlState.starts_with("28"))
        return ConnectFault::Auth;
    if (sqlState.starts_with("3D") || sqlState == "42501")
        return ConnectFault::Database;
    if (sqlState.starts_with("53") || sqlState.starts_with("57P"))
        return ConnectFault::Busy;
    return ConnectFault::Other;
}

std::string postgresConnectState(std::string_view text)
{
    const auto isStateChar = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    };
    for (std::size_t colon = text.find(":  "); colon != std::string_view::npos;
         colon = text.find(":  ", colon + 1)) {
        const std::string_view state = text.substr(colon + 3, 5);
        if (state.size() == 5 && std::all_of(state.begin(), state.end(), isStateChar) &&
            text.substr(colon + 8, 1) == ":")
            return std::string(state);
    }
    return {};
}

} // namespace headgate::warehouse
