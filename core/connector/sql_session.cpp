// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_session.h"

#include "base/text.h"
#include "warehouse/source_form.h"

#include <algorithm>

namespace headgate::connector {

const SqlColumn* SqlTable::find(const std::string& column) const
{
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const SqlColumn& c) { return c.name == column; });
    return found == columns.end() ? nullptr : &*found;
}

bool SqlTable::isUnique(const std::string& column) const
{
    const std::vector<std::string> alone{column};
    return std::find(uniqueKeys.begin(), uniqueKeys.end(), alone) != uniqueKeys.end();
}

SqlResult<std::vector<std::string>> SqlSession::tables()
{
    const auto done = run(tablesQuery(), {});
    if (!done)
        return tl::unexpected(done.error());
    std::vector<std::string> names;
    for (const auto& row : done->rows)
        names.push_back(row[0]);
    return names;
}

SqlError noTable(const std::string& id)
{
    return {SqlFault::Setup, "sql.table",
            Text::tr("The database has no table %1, or the account may not see it.")
                .arg(toQString(id))
                .toStdString()};
}

std::string authoritiesFor(const SqlAccount& account)
{
    return account.caFile.empty() ? warehouse::systemCertificates() : account.caFile;
}

} // namespace headgate::connector
