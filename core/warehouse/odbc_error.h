// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/odbc_api.h"
#include "warehouse/source_error.h"
#include "warehouse/warehouse_spec.h"

namespace headgate::warehouse {

/// `ranOut`: the statement timeout was up when the statement failed.
[[nodiscard]] StatementFault odbcStatementFault(OdbcFamily family, const OdbcDiagnosis& diagnosis,
                                                bool ranOut);
/// Other where neither code nor text tells.
[[nodiscard]] ConnectFault odbcConnectFault(OdbcFamily family, const OdbcDiagnosis& diagnosis);

} // namespace headgate::warehouse
