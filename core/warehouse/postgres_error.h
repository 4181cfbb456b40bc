// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/source_error.h"

#include <string_view>

namespace headgate::warehouse {

/// From an SQLSTATE. 57014 is Timeout or Ended: `ranOut` says whether the time was up.
[[nodiscard]] StatementFault postgresStatementFault(std::string_view sqlState, bool ranOut);
/// From an SQLSTATE of the server while connecting.
[[nodiscard]] ConnectFault postgresConnectFault(std::string_view sqlState);
/// The SQLSTATE in a connection's error text, which libpq shows in verbose mode only as
/// "FATAL:  28P01: ..." and in no other way. Empty if the server said nothing.
[[nodiscard]] std::string postgresConnectState(std::string_view text);

} // namespace headgate::warehouse
