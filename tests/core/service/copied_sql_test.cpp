// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sql_shapes.h"
#include "fakes/test_servers.h"
#include "service/copied_sql.h"
#include "service/record_sample.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::service {
namespace {

class CopiedSql : public testing::TestWithParam<SqlShape>
{
protected:
    static void SetUpTestSuite()
    {
        s_directory = std::make_unique<QTemporaryDir>();
        fillSqlite(file());
    }
    static void TearDownTestSuite() { s_directory.reset(); }
    static std::string file()
    {
        return s_directory->filePath(QStringLiteral("shop")).toStdString();
    }

    static inline std::unique_ptr<QTemporaryDir> s_directory;
};

/// A sample without rows over one table.
RecordSample emptySample()
{
    RecordSample sample;
    sample.models.main.columns = {{"id", data::ValueKind::Integer, {}, {}},
                                  {"name", data::ValueKind::Text, {}, {}}};
    sample.models.rowKey = {"id"};
    sample.models.recordKey = {"id"};
    return sample;
}

} // namespace

TEST_P(CopiedSql, saysInSqliteWhatTheShaperMakes)
{
    SqlShapeProject(fakes::sqliteOptions(file()), {}).compare(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Sample, CopiedSql, testing::ValuesIn(sqlShapes()),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(CopiedSqlOf, otherWarehousesIsUnsaid)
{
    for (const char* const id :
         {"mysql", "redshift", "snowflake", "bigquery", "sqlserver", "odbc"}) {
        SyncReaderProject world;
        warehouse::SourceOptions options;
        options.warehouse = id;
        world.addSource("other", options);
        world.addModel("things", "other", "select id, name from things", "id");
        world.sync.model = "things";
        world.sync.related.clear();
        world.setShape(
            R"({"kind":"object","fields":[{"name":"n","kind":"column","column":"name"}]})");
        world.project.syncs = {world.sync};
        const auto copied = copiedSql(world.project, world.sync.slug, emptySample());
        ASSERT_TRUE(copied) << copied.error().toString().toStdString();
        EXPECT_EQ(copied->sql, "") << id;
        ASSERT_EQ(copied->notes.size(), 1U) << id;
        EXPECT_FALSE(copied->notes.front().text.isEmpty());
    }
}

TEST(CopiedSqlOf, quotesWhatNamesHold)
{
    SyncReaderProject world;
    warehouse::SourceOptions postgres;
    postgres.warehouse = "postgresql";
    postgres.fields = {{"host", "localhost"}, {"database", "shop"}, {"user", "me"}};
    world.addSource("shop", postgres);
    world.addModel("things", "shop", "", "id");
    world.project.models.back().table = project::TableReference{"my \"schema\"", "thi;ngs", {}};
    world.sync.model = "things";
    world.sync.related.clear();
    world.setShape(
        R"({"kind":"object","fields":[{"name":"it's","kind":"column","column":"na\"me"}]})");
    world.project.syncs = {world.sync};
    RecordSample sample = emptySample();
    sample.models.main.columns[1].name = "na\"me";
    const auto copied = copiedSql(world.project, world.sync.slug, sample);
    ASSERT_TRUE(copied) << copied.error().toString().toStdString();
    EXPECT_TRUE(copied->notes.empty());
    EXPECT_EQ(copied->sql, R"(WITH hg_main AS (
  SELECT m.*, m."id" AS hg_k1
  FROM (
SELECT * FROM "my ""schema"""."thi;ngs"
  ) AS m
  WHERE m."id" IS NOT NULL
)
SELECT
  e.hg_k1 AS "id",
  json_build_object('it''s', e."na""me") AS payload
FROM hg_main AS e
)");
}

TEST(CopiedSqlOf, severalSourcesIsUnsaid)
{
    SyncReaderProject world;
    world.addSource("one", fakes::sqliteOptions("one.sqlite"));
    world.addSource("two", fakes::sqliteOptions("two.sqlite"));
    world.addModel("things", "one", "select id, name from things", "id");
    world.addModel("others", "two", "select id, name from others", "id");
    world.sync.model = "things";
    world.sync.related.clear();
    world.relate("others", project::RelatedKind::ToOne, "id", "id");
    world.setShape(R"({"kind":"object","fields":[{"name":"n","kind":"column","column":"name"}]})");
    world.project.syncs = {world.sync};
    const auto copied = copiedSql(world.project, world.sync.slug, emptySample());
    ASSERT_TRUE(copied);
    EXPECT_EQ(copied->sql, "");
    EXPECT_EQ(copied->notes.size(), 1U);
}

} // namespace headgate::service
