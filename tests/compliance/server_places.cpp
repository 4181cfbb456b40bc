// SPDX-License-Identifier: GPL-3.0-or-later
#include "compliance/coded_place.h"
#include "fakes/scratch_database.h"

#include <stdexcept>

namespace headgate::compliance {

namespace {

std::unique_ptr<CodedPlace> tableOn(const fakes::ScratchDatabase& database, fakes::SqlOpener open)
{
    auto side = open(database.account());
    if (!side)
        throw std::runtime_error(side.error().message);
    return std::make_unique<TablePlace>(database.account(), std::move(*side));
}

std::unique_ptr<CodedPlace> postgresPlace()
{
    static const fakes::ScratchDatabase database("HEADGATE_TEST_PG",
                                                 &connector::openPostgresSession);
    return tableOn(database, &connector::openPostgresSession);
}

std::unique_ptr<CodedPlace> mariaPlace()
{
    static const fakes::ScratchDatabase database("HEADGATE_TEST_MARIADB",
                                                 &connector::openMySqlSession);
    return tableOn(database, &connector::openMySqlSession);
}

} // namespace

std::vector<NamedPlace> codedPlaces()
{
    return {{"postgresql", "postgresql", &postgresPlace}, {"mariadb", "mysql", &mariaPlace}};
}

} // namespace headgate::compliance
