// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/destination_factory.h"

#include "connector/declarative_destination.h"
#include "connector/files_destination.h"
#include "connector/sql_table_destination.h"

namespace headgate::connector {

Result<std::unique_ptr<Destination>> openDestination(SharedSpec spec, DestinationConfig config,
                                                     const Clock& clock)
{
    switch (spec->implementation) {
    case Implementation::Declarative:
        return DeclarativeDestination::open(std::move(spec), std::move(config), clock);
    case Implementation::Files:
        return FilesDestination::open(std::move(spec), config);
    case Implementation::Postgres:
        return SqlTableDestination::open(std::move(spec), config, &openPostgresSession);
    case Implementation::MySql:
        return SqlTableDestination::open(std::move(spec), config, &openMySqlSession);
    case Implementation::Sqlite:
        break;
    }
    return SqlTableDestination::open(std::move(spec), config, &openSqliteSession);
}

} // namespace headgate::connector
