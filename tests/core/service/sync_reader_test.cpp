// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sync_reader_project.h"
#include "fakes/test_servers.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::service;

namespace {

class SyncReaderTest : public testing::Test
{
protected:
    void SetUp() override
    {
        fakes::runOnSqlite(m_world.path("shop.sqlite"),
                           "create table customers (id integer primary key, email text, plan_id "
                           "integer); insert into customers values (1,'a@x',7),(2,'b@x',8),"
                           "(3,'c@x',null)");
        fakes::runOnSqlite(m_world.path("web.sqlite"),
                           "create table views (view_id integer primary key, customer integer, sku "
                           "text, price integer); insert into views values (10,1,'s1',5),"
                           "(11,1,'s2',9),(12,3,'s3',1),(13,99,'s4',1)");
        fakes::runOnSqlite(m_world.path("crm.sqlite"),
                           "create table plans (plan_id integer primary key, plan text); "
                           "insert into plans values (7,'gold'),(9,'tin')");
        for (const char* source : {"shop", "web", "crm"})
            m_world.addSource(source,
                              fakes::sqliteOptions(m_world.path(source + std::string(".sqlite"))));
        m_world.addModel("customers", "shop", "select * from customers", "id");
        m_world.addModel("views", "web", "select * from views", "view_id");
        m_world.addModel("plans", "crm", "select * from plans", "plan_id");
        m_world.relate("views", project::RelatedKind::ToMany, "id", "customer");
        m_world.relate("plans", project::RelatedKind::ToOne, "plan_id", "plan_id");
    }

    SyncReaderProject m_world;
};

} // namespace

TEST_F(SyncReaderTest, relatedModelsComeFromTheirOwnConnections)
{
    EXPECT_EQ(
        m_world.read(),
        (SyncReaderProject::Payloads{
            {"1", R"({"email":"a@x","plan":"gold","viewed":[{"sku":"s2","price":9,"by":"a@x"},)"
                  R"({"sku":"s1","price":5,"by":"a@x"}]})"},
            {"2", R"({"email":"b@x","plan":"none","viewed":[]})"},
            {"3", R"({"email":"c@x","plan":"none","viewed":[{"sku":"s3","price":1,"by":"c@x"}]})"},
        }));
    EXPECT_EQ(m_world.relatedRows(),
              (std::map<std::string, std::uint64_t>{{"plans", 2}, {"views", 4}}));
}

TEST_F(SyncReaderTest, aRelatedSourceThatFailsEndsTheRead)
{
    m_world.project.models[1].sql = "select * from gone";
    EXPECT_EQ(m_world.read().count("error"), 1U);
    m_world.project.models[1].source = "nowhere";
    EXPECT_EQ(m_world.read(), (SyncReaderProject::Payloads{{"error", "model.source"}}));
}

TEST_F(SyncReaderTest, aLookUpThatFindsTwoRowsIsInvalid)
{
    m_world.project.models[2].sql = "select plan_id, plan from plans union all select 7, 'silver'";
    const auto payloads = m_world.read();
    ASSERT_EQ(payloads.size(), 3U);
    EXPECT_EQ(payloads.at("1").find('{'), std::string::npos) << payloads.at("1");
    EXPECT_NE(payloads.at("2").find('{'), std::string::npos) << payloads.at("2");
}

TEST_F(SyncReaderTest, theZoneOfAModelMakesItsTimestampsInstants)
{
    fakes::runOnSqlite(m_world.path("shop.sqlite"),
                       "create table logins (id integer primary key, at timestamp); insert into "
                       "logins values (1,'2026-07-01 12:00:00'),(2,'2026-12-01 12:00:00.25'),"
                       "(3,'2026-10-25 02:30:00'),(4,null)");
    m_world.addModel("logins", "shop", "select id, at from logins", "id");
    m_world.project.models.back().cursor = project::ModelCursor{"at", 3600, {}};
    m_world.sync.model = "logins";
    m_world.sync.related.clear();
    m_world.setShape(R"({"kind":"object","fields":[{"name":"at","kind":"column","column":"at"}]})");
    EXPECT_EQ(m_world.read().at("1"), R"({"at":"2026-07-01T12:00:00"})");

    m_world.project.models.back().zone = "Europe/Berlin";
    EXPECT_EQ(m_world.read(),
              (SyncReaderProject::Payloads{{"1", R"({"at":"2026-07-01T10:00:00+00:00"})"},
                                           {"2", R"({"at":"2026-12-01T11:00:00.25+00:00"})"},
                                           {"3", R"({"at":"2026-10-25T00:30:00+00:00"})"},
                                           {"4", R"({"at":null})"}}));
    const auto news = m_world.read("2026-10-25T01:30:00+00:00");
    EXPECT_EQ(news.size(), 2U) << "from an hour before, as the zone's clock shows it";
    EXPECT_EQ(news.count("2") + news.count("3"), 2U);
}
