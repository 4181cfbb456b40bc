// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sql_shapes.h"
#include "fakes/test_servers.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::service {
namespace {

class CopiedSqlServers : public testing::TestWithParam<std::string>
{
protected:
    void SetUp() override
    {
        const std::string file = m_directory.filePath(QStringLiteral("shop")).toStdString();
        fillSqlite(file);
        for (const std::string& statement : statementsFor(GetParam(), file))
            runOnServer(statement);
    }
    void TearDown() override
    {
        for (const char* const table : {"customers", "products", "product_views", "orders"})
            runOnServer("drop table hg_copied_" + std::string(table));
    }
    static void runOnServer(const std::string& sql)
    {
        if (GetParam() == "mariadb")
            fakes::runOnMariadb(sql);
        else
            fakes::runOnPostgres(sql);
    }

    QTemporaryDir m_directory;
};

} // namespace

TEST_P(CopiedSqlServers, sayWhatTheShaperMakes)
{
    SqlShapeProject project(
        GetParam() == "mariadb" ? fakes::mariadbOptions() : fakes::postgresOptions(), "hg_copied_");
    for (const SqlShape& shape : sqlShapes())
        project.compare(shape);
}

INSTANTIATE_TEST_SUITE_P(Servers, CopiedSqlServers, testing::Values("postgresql", "mariadb"),
                         [](const auto& tested) { return tested.param; });

} // namespace headgate::service
