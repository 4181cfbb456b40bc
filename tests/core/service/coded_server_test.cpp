// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/coded_runs.h"
#include "fakes/scratch_database.h"

namespace headgate::service {
namespace {

void mirrorOnto(const fakes::ScratchDatabase& database, const char* connectorId,
                fakes::SqlOpener open, const char* columns)
{
    CodedWorld world;
    const connector::SqlAccount& account = database.account();
    world.secrets.values["env:DB_PASSWORD"] = account.password;
    world.writeDestination({{"connector", connectorId},
                            {"fields",
                             {{"host", account.host},
                              {"port", std::to_string(account.port)},
                              {"database", account.database},
                              {"user", account.user}}},
                            {"secrets", {{"password", "env:DB_PASSWORD"}}}});
    auto side = open(account);
    ASSERT_TRUE(side) << side.error().message;
    rowsOf(**side, std::string("CREATE TABLE people (") + columns + ')');
    mirrorIntoATable(world, **side);
}

TEST(PostgresRuns, mirrorsIntoATable)
{
    const fakes::ScratchDatabase database("HEADGATE_TEST_PG", &connector::openPostgresSession);
    mirrorOnto(database, "postgresql", &connector::openPostgresSession,
               "id varchar(40) PRIMARY KEY, name varchar(10), amount numeric(38,10), views json");
}

TEST(MariaDbRuns, mirrorsIntoATable)
{
    const fakes::ScratchDatabase database("HEADGATE_TEST_MARIADB", &connector::openMySqlSession);
    mirrorOnto(database, "mysql", &connector::openMySqlSession,
               "id varchar(40) PRIMARY KEY, name varchar(10), amount decimal(38,10), views json");
}

} // namespace
} // namespace headgate::service
