// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_found.h"

#include "warehouse/ini_text.h"

#include <array>

namespace headgate::warehouse {

namespace {

constexpr std::array<std::string_view, 4> odbcUserKeys{"UID", "UserName", "User", "Username"};
constexpr std::array<std::string_view, 2> odbcPasswordKeys{"PWD", "Password"};

} // namespace

std::vector<FoundConnection> readDataSources(std::string_view bytes, const std::string& file)
{
    std::vector<FoundConnection> all;
    for (const IniSection& section : readIni(bytes)) {
        const bool isList = section.name == "ODBC" || section.name == "ODBC Data Sources";
        if (section.name.empty() || isList || all.size() == mostFound)
            continue;
        FoundConnection found;
        found.place = FoundIn::OdbcDataSources;
        found.file = file;
        found.name = section.name;
        found.warehouse = "odbc";
        found.fields["dsn"] = section.name;
        for (const std::string_view key : odbcUserKeys)
            if (!section.value(key).empty())
                found.fields["user"] = std::string(section.value(key));
        for (const std::string_view key : odbcPasswordKeys)
            found.driverHasPassword = found.driverHasPassword || !section.value(key).empty();
        if (const std::string_view about = section.value("Description"); !about.empty())
            found.notes.push_back(
                QString::fromUtf8(about.data(), static_cast<qsizetype>(about.size())));
        all.push_back(std::move(found));
    }
    return all;
}

} // namespace headgate::warehouse
