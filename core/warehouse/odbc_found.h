// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/found_connection.h"

namespace headgate::warehouse {

/// Of odbc.ini: every data source, as the generic ODBC form takes it. The driver reads the rest of
/// a data source, its password too, by itself.
[[nodiscard]] std::vector<FoundConnection> readDataSources(std::string_view bytes,
                                                           const std::string& file);

} // namespace headgate::warehouse
