// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/profiles.h"
#include "fuzz/hold.h"
#include "warehouse/dbeaver_found.h"
#include "warehouse/odbc_found.h"
#include "warehouse/postgres_found.h"

#include <cstdint>
#include <map>
#include <string>

using namespace headgate;
using namespace headgate::warehouse;

namespace {

/// Every second variable is set.
std::optional<std::string> halfSet(const std::string& name)
{
    return name.size() % 2 == 0 ? std::optional<std::string>("set") : std::nullopt;
}

/// Read once: an input may name thousands of connections.
const Result<WarehouseSpec>& specOf(const std::string& warehouse)
{
    static std::map<std::string, Result<WarehouseSpec>> specs;
    const auto known = specs.find(warehouse);
    return known != specs.end()
               ? known->second
               : specs.emplace(warehouse, loadWarehouseSpec(warehouse)).first->second;
}

void check(const std::vector<FoundConnection>& all)
{
    fuzz::hold(all.size() <= mostFound, "no file names endlessly many connections");
    for (const FoundConnection& each : all) {
        fuzz::hold(!each.warehouse.empty() || !each.notes.empty(),
                   "where there is no warehouse it is said why");
        if (each.warehouse.empty())
            continue;
        const auto& spec = specOf(each.warehouse);
        fuzz::hold(spec.has_value(), "a warehouse that is named is there");
        FoundConnection fitted = each;
        fitToForm(fitted, *spec);
        for (const auto& [field, value] : fitted.fields)
            fuzz::hold(spec->field(field)->kind != WarehouseFieldKind::Secret && !value.empty(),
                       "no secret is a field");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto passwords = readPasswordFile(text);
    check(connectionsOf(passwords, "f"));
    check(readServiceFile(text, "f", passwords));
    check(readDataSources(text, "f"));
    if (const auto found = readDBeaver(text, "f"))
        check(*found);
    if (const auto found = dbt::readProfiles(text, "f", halfSet))
        check(*found);
    return 0;
}
