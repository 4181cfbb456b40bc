// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headgate::warehouse {

struct IniSection
{
    std::string name;
    std::vector<std::pair<std::string, std::string>> entries;

    /// The first of that key, in any case; empty if there is none.
    [[nodiscard]] std::string_view value(std::string_view key) const;
};

/// "[section]" and "key = value" lines, as in odbc.ini and pg_service.conf. Lines that begin with #
/// or ; are comments; what is neither is passed over, and so is everything before the first
/// section.
[[nodiscard]] std::vector<IniSection> readIni(std::string_view bytes);

} // namespace headgate::warehouse
